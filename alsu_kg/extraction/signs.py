"""Signs: what the words of a sentence say about which rules it can interest, found before any regular expression runs.

A rule asks for a *sign*: one of a few stems must stand in any text that its patterns match. Which signs a word carries is worked
out once for each distinct word and kept as the bits of a number; the signs of a sentence are those of its words together, so asking
costs one ``&``. ``EVERY_SIGN`` belongs to a text whose words were not looked at: nothing is ruled out for it.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import Final

import msgspec

from alsu_kg.extraction.stems import tree_pattern, with_shorter

EVERY_SIGN: Final = -1
_MOST_WORDS: Final = 50_000
_SHORTEST: Final = 3
# Letters that stand for ASCII ones when case is ignored (long s, Kelvin sign, i with and without dot).
_LIKE_ASCII: Final = frozenset("\u017f\u212a\u0131\u0130")
_PLAIN_TOKEN = re.compile(r"\w+(?:[.'’]\w+)*\+?")  # the same for text without underscores, and faster
_TOKEN = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\+?")
_AROUND: Final = ".,;:!?()[]{}\"“”'‘’*%/"  # what may stand around a word without being part of it
_LETTERS = re.compile("[a-z]+|[$€£]")

# The signs that rules written as code ask for. A stem may stand anywhere in a word; ``=we`` must be all of its letters.
RULES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "grade": "grade assign",
        "money": "=$ =€ =£ =usd =eur =gbp =cad =aud =chf dollar =euro =euros =pounds",
        # clauses
        "conjunction": "=but although though whereas however =yet while because without =so",
        "and": "=and",
        "auxiliary": (
            "=is =are =was =were =has =have =had =can =may =might =do =does =did =date =not cannot fail "
            "could would will show found suggest reported indicat"
        ),
        "do": "=do =does =did",
        # cases
        "person": "patient pals pwals people person individual user case participant respondent member =man =men =woman =women",
        "online": "patientslikeme online forum facebook social",
        "own-patients": "member =care communication =our reviewer =we",
        "website": "web blog",
        "measure": "alsfrs fvc svc capacity snip mmt mrc =ck weight nfl neurofilament",
        "taken": "treated also taking took cocktail combination together along addition well starting started receiv",
        "fared": "improv regain increas slow stabili declin worsen recover died",
        "untold": "information detail data reported stated known provided",
        "no-effect": "effect benefit change improvement slowing",
        "validated": "validated confirmed",
        # trials
        "participant": "patient pals pwals people participant subject person individual adult volunteer =men =women cases",
        "left": "withdrew dropped discontinued stopped left withdrawn lost complete",
        "trial": "trial study studies nct",
        "registry": "nct isrctn euctr actrn jprn",
        "comparator": "control placebo treatment care riluzole history sham",
        "result": "difference effect benefit change improvement slowing",
        "changed": "improv slow prolong increas decreas stabili benefi declin worsen tolerated safe",
        "beside": "preceding before followed prior combin plus together addition added =add alongside",
        "given": "treated given received randomi administered took taking",
        "follow-up": "follow",
        "aged": "=old",
        "time": "day week month year hour",
        # risks, dosing
        "authority": "iarc international food fda european ema world =who centers canada toxicology federal",
        # something monitored, or both that something must be or is, and what is done
        "monitored": "monitor genotyp screen check require",
        "must": "blood =should =must =need =needs =has =have =is =are",
        "done": "work test performed measured obtained =done repeated assessed advised recommended needed suggested",
        "banned": "contraindicated avoid caution =not cannot",
        "animals": "mice mouse =rat =rats animal =dogs monkeys rabbits",
        "warning": "warning",
        "fatal": "fatal deadly lethal death died",
        "harms": "effect event reaction risk toxicit complication cause fatal case warning",
        "occurs": "occur develop appear arise happen ensue lead =led result induc caus trigger precipit provok "
        "worsen aggravat exacerbat "
        "reported seen observed described noted recorded documented",
        "serious": "serious severe threatening carcinogen",
        "oral": "oral mouth tablet capsule",
        "intravenous": "intravenous =iv infusion",
        "subcutaneous": "subcutaneous skin",
        "intramuscular": "intramuscular",
        "intrathecal": "intrathecal",
        "topical": "topical",
        "inhaled": "inhal",
        "sublingual": "sublingual",
        "intranasal": "nasal",
        "rectal": "rectal enema",
        "transdermal": "transdermal patch",
        "advised": "should advis recommend endors advocat condon support discourag avoid caution warn encourag favor "
        "favour look hope deserv merit justif call need reasonabl =urge =urges worth until insufficient sufficient enough "
        "little adequate lack limited =more time indicated welcome warrant "
        "aconsej respald apoy aval recomend recomiend prueba evidencia datos",
        "dosed": "dos administ given take recommend titrat infus inject ingest spray",
    }
)


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word: where it starts and ends, as printed, and folded (see ``fold_word``)."""

    start: int
    end: int
    printed: str
    folded: str


class _WordsOf(dict[str, tuple[Word, ...]]):
    """The words of each text met so far, found when they are first asked for."""

    def __missing__(self, text: str) -> tuple[Word, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        self[text] = words = (Word(0, len(text), text, fold_word(text)),) if text.isalpha() else _cut_words(text)
        return words


def _cut_words(text: str) -> tuple[Word, ...]:
    matches = (_TOKEN if "_" in text else _PLAIN_TOKEN).finditer(text)
    return tuple([Word(m.start(), m.end(), m[0], fold_word(m[0])) for m in matches])


WORDS_OF: Final = _WordsOf()
"""What ``find_words`` gives for each text, for those that look up many."""


def find_words(text: str) -> tuple[Word, ...]:
    """Give the words of ``text`` as the lexicon counts them; ``text`` should be short, what stands between two spaces.

    >>> [word.printed for word in find_words("(NF-κB/PALS'+5")], find_words("cells)")
    (['NF', 'κB', 'PALS', '5'], (Word(start=0, end=5, printed='cells', folded='cell'),))
    """
    return WORDS_OF[text]


def fold_word(word: str) -> str:
    """Give ``word`` without case, possessive and plural.

    >>> fold_word("Neurons"), fold_word("is"), fold_word("mitosis"), fold_word("Lunasin’s")
    ('neuron', 'is', 'mitosis', 'lunasin')
    """
    folded = word.casefold().replace("’", "'").removesuffix("'s")
    if len(folded) > 4 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        return folded[:-1]
    return folded


class WordSigns:
    """The signs of printed words (what stands between spaces).

    ``stems`` lists the stems of each sign, by its bit; a sign without stems (``of_all``) belongs to every text, whatever its
    words are. The bit after them belongs to the words (folded) of ``names``.
    """

    def __init__(self, stems: Sequence[Sequence[str]], names: Container[str] = ()) -> None:
        self._names = names
        self._name_bit = 1 << len(stems)
        self._whole: dict[str, int] = {}
        self.of_all = 0
        parts: dict[str, int] = {}
        for i, alternatives in enumerate(stems):
            for stem in alternatives:
                _add(self._whole if stem.startswith("=") else parts, stem.removeprefix("="), 1 << i)
            self.of_all |= 0 if alternatives else 1 << i
        short = [stem for stem in parts if len(stem) < _SHORTEST]
        if short:
            raise ValueError(f"the stem {short[0]!r} is too short to tell anything")
        self._parts = with_shorter(parts)
        self._longest = re.compile(f"(?=({tree_pattern(parts)}))")

    def of_word(self, printed: str) -> int:
        """Give the signs of one printed word.

        >>> bin(WordSigns([("inhibit",), ("=we",)]).of_word("Disinhibition"))
        '0b1'
        """
        core = printed.lower().strip(_AROUND)
        if not (core.isalpha() and core.isascii()):
            return self._of_any(printed)
        signs = self._of_letters(core)
        folded = fold_word(core) if core[-1] == "s" else core
        return signs | self._name_bit if folded in self._names else signs

    def _of_letters(self, letters: str) -> int:
        signs = self._whole.get(letters, 0)
        for stem in self._longest.findall(letters):
            signs |= self._parts[stem]
        return signs

    def _of_any(self, printed: str) -> int:
        if not _LIKE_ASCII.isdisjoint(printed):
            return EVERY_SIGN
        names = any(word.folded in self._names for word in find_words(printed))
        signs = self._name_bit if names else 0
        for letters in _LETTERS.findall(printed.lower()):
            signs |= self._of_letters(letters)
        return signs

    def may_name(self, signs: int) -> bool:
        """Say whether one of the names may start in a printed word with these ``signs``.

        >>> cells = WordSigns([], {"cell"})
        >>> cells.may_name(cells.of_word("(cells")), cells.may_name(cells.of_word("mice"))
        (True, False)
        """
        return signs & self._name_bit != 0

    def of(self, words: Iterable[str]) -> int:
        """Give the signs of a text with all these ``words``.

        >>> bin(WordSigns([("inhibit",), ("=we",)]).of(["We", "weigh", "inhibitors"]))
        '0b11'
        """
        return reduce(or_, map(self.of_word, words), self.of_all)


def _add(known: dict[str, int], stem: str, bit: int) -> None:
    known[stem] = known.get(stem, 0) | bit


RULE_STEMS: Final = tuple(tuple(stems.split()) for stems in RULES.values())
_BITS: Final = MappingProxyType({name: 1 << i for i, name in enumerate(RULES)})


def sign(*names: str) -> int:
    """Give the bits of the signs ``names``, to be tested with ``signs & …``.

    >>> bool(WordSigns(RULE_STEMS).of(["Twelve", "patients"]) & sign("person")), EVERY_SIGN & sign("trial") != 0
    (True, True)
    """
    bits = 0
    for name in names:
        bits |= _BITS[name]
    return bits
