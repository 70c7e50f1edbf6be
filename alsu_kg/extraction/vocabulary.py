"""The words that the reader works with. They are data (data/lexicon/*.tsv); this module only indexes them."""

import itertools
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from alsu_kg.extraction.signs import RULE_STEMS, Word, WordSigns, find_words
from alsu_kg.model.errors import AssetError
from alsu_kg.model.review import Polarity, Predicate, Status, TreatmentKind

FILES: Final = ("terms.tsv", "predicates.tsv", "cues.tsv", "journal_words.tsv", "treatment_kinds.tsv")
_STOPS: Final = frozenset(",.;:()")


class Term(NamedTuple):
    """A recognised thing: its label and what kind of thing it is."""

    label: str
    kind: str


class PredicateWords(NamedTuple):
    """Words that state a relation. ``leading`` are the letters that all of them start with, if that is sure."""

    pattern: re.Pattern[str]
    predicate: Predicate
    polarity: Polarity
    voice: str
    hints: tuple[str, ...] = ()
    leading: str = ""

    def matches(self, text: str, span: tuple[int, int], lower: str) -> Iterator[re.Match[str]]:
        """Find these words within ``span`` of ``text``; ``lower`` is all of it in lower case, or nothing if that is not known.

        >>> words = PredicateWords(re.compile("slows?", re.IGNORECASE), "affects", "decreases", "active", ("slow",), "slow")
        >>> [m.span() for m in words.matches("A slows", (0, 7), "a slows")]
        [(2, 7)]
        """
        start, end = span
        if not self.leading or len(lower) != len(text):
            yield from self.pattern.finditer(text, start, end)
            return
        while (start := lower.find(self.leading, start, end)) >= 0:
            match = self.pattern.match(text, start, end)
            if match is not None:
                yield match
            start = match.end() if match is not None else start + 1


class Cue(NamedTuple):
    """Words that show how a source states something."""

    kind: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()


TermForm = tuple[tuple[str, ...], Term, bool]
"""The words of a form of a term, the term, and whether it is another word in lower case."""


class TermForms(NamedTuple):
    """The forms that start with one word: those that are this word ``alone``, and the ``longer`` ones by their second word,
    the longest first."""

    alone: tuple[TermForm, ...]
    longer: Mapping[str, tuple[TermForm, ...]]


TermIndex = Mapping[str, TermForms]
"""Forms by their first word."""


class TermMatch(NamedTuple):
    """A term found at characters ``start`` to ``end``."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by their first word, relation words, cues of status, and weights of container words.

    ``signs`` gives each word its signs: those of the rules, then one bit for each predicate and each cue, then that of the terms.
    """

    terms: TermIndex = field(default_factory=dict)
    predicates: tuple[PredicateWords, ...] = ()
    cues: tuple[Cue, ...] = ()
    journal_words: Mapping[str, float] = field(default_factory=dict)
    treatment_kinds: tuple[tuple[TreatmentKind, re.Pattern[str]], ...] = ()
    signs: WordSigns = field(default_factory=lambda: WordSigns(RULE_STEMS))

    def likely_predicates(self, signs: int) -> list[PredicateWords]:
        r"""Give the relation words that may stand in a text with these signs.

        >>> words = parse_vocabulary({"predicates.tsv": "p\tq\tr\ts\nslow(?:s|ed)?\taffects\tdecreases\tactive"})
        >>> [len(words.likely_predicates(words.signs.of(text.split()))) for text in ("it slows", "it does not")]
        [1, 0]
        """
        return [self.predicates[i] for i in _bits(signs >> len(RULE_STEMS), len(self.predicates))]

    def likely_cues(self, signs: int) -> list[Cue]:
        r"""Give the cues that may stand in a text with these signs, in their order.

        >>> words = parse_vocabulary({"cues.tsv": "kind\tpattern\nspeculated\tperhaps"})
        >>> len(words.likely_cues(words.signs.of(["Perhaps"]))), len(words.likely_cues(words.signs.of(["No"])))
        (1, 0)
        """
        return [self.cues[i] for i in _bits(signs >> len(RULE_STEMS) + len(self.predicates), len(self.cues))]

    def find_terms(
        self, text: str, more: TermIndex | None = None, *, words: Sequence[str] = (), own: Container[str] | None = None
    ) -> list[TermMatch]:
        r"""Find terms, the longest first at each word; ``more`` are terms of this document (its treatment).

        Where they are known already, ``words`` are those between the spaces of ``text`` and ``own`` those among them in which terms
        of ``more`` may start.

        >>> vocabulary = parse_vocabulary({"terms.tsv": "label\tkind\tsynonyms\nNF-kB\tprocess\tNF-κB pathway"})
        >>> [(m.start, m.end, m.term.label) for m in vocabulary.find_terms("The NF-κB pathways act.")]
        [(4, 18, 'NF-kB')]
        """
        words = words or text.split()
        if own is None:
            own = starting_words(words, more or {})
        signs, bit = self.signs, 1 << len(RULE_STEMS) + len(self.predicates) + len(self.cues)
        starts = [i for i, word in enumerate(words) if signs[word] & bit or word in own]
        if not starts:
            return []
        ends = _ends(text, words)
        sources = [source for source in (more, self.terms) if source]
        found: list[TermMatch] = []
        done = 0
        for i in starts:
            place = ends[i] - len(words[i])
            for k, word in enumerate(find_words(words[i])):
                start = place + word.start
                if start < done:
                    continue
                best: tuple[int, int, Term] | None = None
                for source in sources:
                    if word.folded in source:
                        best = _longest(text, (words, ends, i, k), source[word.folded], best)
                if best is not None:
                    done = best[1]
                    found.append(TermMatch(start, done, best[2]))
        return found


def starting_words(words: Iterable[str], terms: TermIndex) -> frozenset[str]:
    """Give those of the printed ``words`` in which one of ``terms`` may start.

    >>> starting_words(["Foo-like", "bar"], index_terms([("foo", Term("foo", "chemical"))]))
    frozenset({'Foo-like'})
    """
    printed = "\n".join(words)
    folded = printed.casefold().replace("’", "'")
    likely = _lines_with(terms, printed, folded) if len(folded) == len(printed) else printed.split("\n")
    return frozenset([word for word in likely if any(part.folded in terms for part in find_words(word))])


def _lines_with(parts: Iterable[str], text: str, folded: str) -> set[str]:
    """Give the lines of ``text`` that hold one of ``parts`` when they are folded, as in ``folded``."""
    found = set()
    for part in parts:
        at = folded.find(part)
        while at >= 0:
            start, end = folded.rfind("\n", 0, at) + 1, folded.find("\n", at)
            end = end if end >= 0 else len(folded)
            found.add(text[start:end])
            at = folded.find(part, end)
    return found


def _ends(text: str, words: Sequence[str]) -> Sequence[int]:
    """Give where each of ``words``, which are those between the spaces of ``text``, ends."""
    lengths = [len(word) + 1 for word in words]
    if sum(lengths) == len(text) + 1:  # nothing but single spaces between them
        return list(itertools.accumulate(lengths, initial=-1))[1:]
    return [match.end() for match in re.finditer(r"\S+", text)]


_At = tuple[Sequence[str], Sequence[int], int, int]
"""The printed words of a text, where they end, the position of one of them, and that of a word in it."""


def _longest(
    text: str, at: _At, forms: TermForms, best: tuple[int, int, Term] | None
) -> tuple[int, int, Term] | None:
    """Give the longest of ``forms`` at a word of ``text`` (how many words it has, where it ends, the term) if longer than ``best``."""
    words, ends, i, k = at
    parts = find_words(words[i])
    first = parts[k]
    small = first.printed.islower()
    if forms.longer:
        second = parts[k + 1] if k + 1 < len(parts) else _next(words, i + 1)
        for form, term, exact in forms.longer.get(second.folded, ()) if second is not None else ():
            if (best is None or len(form) > best[0]) and not (exact and small):
                end = _end_of(text, at, form)
                if end is not None:
                    best = (len(form), end, term)
    if best is None:
        for _, term, exact in forms.alone:
            if not (exact and small):
                return 1, ends[i] - len(words[i]) + first.end, term
    return best


def _next(words: Sequence[str], i: int) -> Word | None:
    """Give the first word of the printed words from ``i`` on."""
    return next((parts[0] for printed in words[i:] if (parts := find_words(printed))), None)


def _end_of(text: str, at: _At, form: Sequence[str]) -> int | None:
    """Give where ``form`` ends in ``text``, whose first word is known to stand there, if the others follow without a stop."""
    words, ends, i, k = at
    parts = find_words(words[i])
    place = ends[i] - len(words[i])
    end = place + parts[k].end
    for folded in form[1:]:
        k += 1
        while k >= len(parts):
            i, k = i + 1, 0
            if i >= len(words):
                return None
            parts, place = find_words(words[i]), ends[i] - len(words[i])
        if parts[k].folded != folded:
            return None
        between = text[end : place + parts[k].start]
        if between != " " and not _STOPS.isdisjoint(between):
            return None
        end = place + parts[k].end
    return end


def _bits(signs: int, count: int) -> Iterator[int]:
    signs &= (1 << count) - 1
    while signs:
        low = signs & -signs
        yield low.bit_length() - 1
        signs ^= low


def index_terms(
    entries: "Iterator[tuple[str, Term]] | list[tuple[str, Term]]",
) -> TermIndex:
    """Index (surface form, term) pairs by first word. Short all-capital forms must not match lower-case words.

    >>> list(index_terms([("ALS", Term("amyotrophic lateral sclerosis", "disease"))]))
    ['als']
    """
    index: dict[str, list[TermForm]] = {}
    for surface, term in entries:
        words = tuple(word.folded for word in find_words(surface))
        if words:
            index.setdefault(words[0], []).append((words, term, len(surface) <= 5 and surface.isupper()))
    return MappingProxyType({word: _sorted_forms(forms) for word, forms in index.items()})


def _sorted_forms(forms: Sequence[TermForm]) -> TermForms:
    longer: dict[str, list[TermForm]] = {}
    for form in sorted(forms, key=lambda f: -len(f[0])):
        if len(form[0]) > 1:
            longer.setdefault(form[0][1], []).append(form)
    alone = tuple(form for form in forms if len(form[0]) == 1)
    return TermForms(alone, MappingProxyType({second: tuple(those) for second, those in longer.items()}))


def parse_vocabulary(files: Mapping[str, str]) -> Vocabulary:
    r"""Read the texts of data/lexicon (file name -> text); an absent file gives an empty part.

    Raises ``AssetError`` naming file and line where a line has not the columns of its file.

    >>> parse_vocabulary({"journal_words.tsv": "word\tlog_odds\nacta\t5.2"}).journal_words["acta"]
    5.2
    """
    terms: list[tuple[str, Term]] = []
    for label, kind, synonyms in _rows(files, "terms.tsv", 3):
        terms += [(surface, Term(label, kind)) for surface in (label, *synonyms.split("|")) if surface]
    predicates = [
        PredicateWords(
            _pattern(pattern, "predicates.tsv"),
            cast(Predicate, predicate),
            cast(Polarity, polarity),
            voice,
            find_hints(pattern),
            next((hint for hint in find_hints(pattern) if pattern.startswith(hint)), ""),
        )
        for pattern, predicate, polarity, voice in _rows(files, "predicates.tsv", 4)
    ]
    cues = tuple(
        Cue(kind, _pattern(pattern, "cues.tsv"), find_hints(pattern)) for kind, pattern in _rows(files, "cues.tsv", 2)
    )
    words = {word: float(weight) for word, weight in _rows(files, "journal_words.tsv", 2)}
    index = index_terms(terms)
    return Vocabulary(
        index,
        tuple(predicates),
        cues,
        MappingProxyType(words),
        tuple(
            (cast(TreatmentKind, kind), _pattern(pattern, "treatment_kinds.tsv"))
            for kind, pattern in _rows(files, "treatment_kinds.tsv", 2)
        ),
        WordSigns([*RULE_STEMS, *(row.hints or _short_word(row.pattern) for row in (*predicates, *cues))], index),
    )


def find_hints(pattern: str) -> tuple[str, ...]:
    """Give letters of which one run must stand in any text that ``pattern`` matches: a test that costs little.

    >>> find_hints("reduc(?:es|ed)(?! expression)"), find_hints("(?:is|are) (?:found|seen) in")
    (('reduc',), ('found', 'seen'))
    """
    if _has_alternatives(pattern):
        return ()
    needed = re.sub(r"\(\?[!=][^)]*\)|\(\?:[^()]*\)\?|\\.[?+*]?|[a-z]\?", " ", pattern)
    bare = re.sub(r"\(\?:[^()]*\)", " ", needed)
    if "(" in bare or "|" in bare:  # groups in groups: what must stand there cannot be told so simply
        return ()
    outside = re.findall(r"[a-z]{4,}", bare)
    if outside:
        return (max(outside, key=len),)
    groups = [
        [re.split(r"[^a-z]", part.strip())[0] for part in group.split("|")]
        for group in re.findall(r"\(\?:([^()]*)\)", needed)
    ]
    usable = [group for group in groups if all(len(part) >= 3 for part in group)]
    return tuple(max(usable, key=lambda group: min(map(len, group)))) if usable else ()


def _short_word(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Give the stem of a pattern that is nothing but one short word, which is too short for a hint."""
    word = re.search(r"\(\?:\\b([a-z]{1,3})\\b\)", pattern.pattern)
    return (f"={word[1]}",) if word else ()


def _has_alternatives(pattern: str) -> bool:
    depth = 0
    for char in re.sub(r"\\.", "", pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            return True
    return False


def _pattern(pattern: str, name: str) -> re.Pattern[str]:
    try:
        end = "" if pattern.endswith((" )?", ".")) else r"(?![A-Za-z])"
        return re.compile(rf"(?<![A-Za-z])(?:{pattern}){end}", re.IGNORECASE)
    except re.error as error:
        raise AssetError(
            f"the pattern {pattern!r} is no regular expression: {error}",
            place=f"data/lexicon/{name}",
            repair="correct the pattern",
        ) from None


def _rows(files: Mapping[str, str], name: str, columns: int) -> Iterator[tuple[str, ...]]:
    lines = [
        (i, line)
        for i, line in enumerate(files.get(name, "").split("\n"), 1)
        if line.strip() and not line.startswith("#")
    ]
    for number, line in lines[1:]:
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len(cells) == columns - 1:
            cells = (*cells, "")
        if len(cells) != columns:
            raise AssetError(
                f"{len(cells)} columns instead of {columns}",
                place=f"data/lexicon/{name}:{number}",
                repair="separate the columns by tabs",
            )
        yield cells


def status_of(text: str, cues: Sequence[Cue]) -> Status:
    """Give how ``text`` states what it says; the first cue decides, negation words only if no other cue is there.

    >>> status_of("AZA may help", (Cue("hypothesised", re.compile("may")), Cue("negation", re.compile("not"))))
    'hypothesised'
    """
    lower = text.lower()
    for kind, pattern, hints in cues:
        if hints:
            for hint in hints:
                if hint in lower:
                    break
            else:
                continue
        if kind != "context" and pattern.search(text):
            return "negated" if kind == "negation" else cast(Status, kind)
    return "asserted"
