"""The words that the reader works with. They are data (data/lexicon/*.tsv); this module only indexes them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar, cast

from alsu_kg.extraction.citation_words import (
    NO_WORDS,
    WEIGHTS_FILE,
    WORDS_FILE,
    CitationWords,
    parse_citation_words,
)
from alsu_kg.extraction.hints import find_hints, find_leads, find_places
from alsu_kg.extraction.signs import RULE_STEMS, WordSigns
from alsu_kg.extraction.terms import (
    KnownStarts,
    Start,
    Term,
    TermIndex,
    TermMatch,
    find_starts,
    index_terms,
    match_terms,
    starting_words,
)
from alsu_kg.extraction.treatment_identifiers import GROUNDINGS_FILE, KnownTreatments, parse_groundings
from alsu_kg.model.errors import AssetError
from alsu_kg.model.review import Polarity, Predicate, Status, TreatmentKind

_T = TypeVar("_T")
_ADVICE: Final = "advice"
FILES: Final = (
    "terms.tsv",
    "predicates.tsv",
    "cues.tsv",
    WORDS_FILE,
    WEIGHTS_FILE,
    "treatment_kinds.tsv",
    "failures.tsv",
    "endpoints.tsv",
    GROUNDINGS_FILE,
)


class PredicateWords(NamedTuple):
    """Words that state a relation. They hold one of ``hints`` and start with one of ``leads``, if that is sure."""

    pattern: re.Pattern[str]
    predicate: Predicate
    polarity: Polarity
    voice: str
    hints: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()

    def matches(self, text: str, span: tuple[int, int], lower: str) -> list[re.Match[str]]:
        """Find these words within ``span`` of ``text``; ``lower`` is all of it in lower case, or nothing if that is not known.

        >>> words = PredicateWords(re.compile("slows?", re.IGNORECASE), "affects", "decreases", "active", ("slow",), ("slow",))
        >>> [m.span() for m in words.matches("A slows", (0, 7), "a slows")]
        [(2, 7)]
        """
        start, end = span
        if not self.leads or len(lower) != len(text):
            return list(self.pattern.finditer(text, start, end))
        for hint in self.hints:
            if lower.find(hint, start, end) >= 0:
                break
        else:
            return []
        found = []
        for at in find_places(self.leads, lower, span):
            match = self.pattern.match(text, at, end) if at >= start else None
            if match is not None:
                found.append(match)
                start = match.end()
        return found


class Cue(NamedTuple):
    """Words that show how a source states something; ``hints`` and ``leads`` as of relation words."""

    kind: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()

    def stands_in(self, text: str, lower: str) -> bool:
        """Say whether these words stand in ``text``, which is ``lower`` in lower case.

        >>> Cue("negation", re.compile("not"), (), ("not",)).stands_in("It is not.", "it is not.")
        True
        """
        if self.hints:
            for hint in self.hints:
                if hint in lower:
                    break
            else:
                return False
        if not self.leads or len(lower) != len(text):
            return self.pattern.search(text) is not None
        match, span = self.pattern.match, (0, len(text))
        return any([match(text, at) for at in find_places(self.leads, lower, span)])  # noqa: C419 - faster for so few


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by their first word, relation words, cues of status, and weights of container words.

    ``signs`` gives each word its signs: those of the rules, then one bit for each predicate and each cue, then that of the terms;
    ``starts`` gives each word the terms that may start in it.
    """

    terms: TermIndex = field(default_factory=dict)
    predicates: tuple[PredicateWords, ...] = ()
    cues: tuple[Cue, ...] = ()
    journal_words: CitationWords = NO_WORDS
    treatment_kinds: tuple[tuple[TreatmentKind, re.Pattern[str]], ...] = ()
    signs: WordSigns = field(default_factory=lambda: WordSigns(RULE_STEMS))
    starts: KnownStarts = field(default_factory=lambda: KnownStarts({}, WordSigns([])))
    treatments: KnownTreatments = field(default_factory=dict)

    def likely_predicates(self, signs: int) -> list[PredicateWords]:
        r"""Give the relation words that may stand in a text with these signs.

        >>> words = parse_vocabulary({"predicates.tsv": "p\tq\tr\ts\nslow(?:s|ed)?\taffects\tdecreases\tactive"})
        >>> [len(words.likely_predicates(words.signs.of(text.split()))) for text in ("it slows", "it does not")]
        [1, 0]
        """
        return _chosen(self.predicates, signs >> len(RULE_STEMS))

    def likely_cues(self, signs: int) -> list[Cue]:
        r"""Give the cues that may stand in a text with these signs, in their order.

        >>> words = parse_vocabulary({"cues.tsv": "kind\tpattern\nspeculated\tperhaps"})
        >>> len(words.likely_cues(words.signs.of(["Perhaps"]))), len(words.likely_cues(words.signs.of(["No"])))
        (1, 0)
        """
        return _chosen(self.cues, signs >> len(RULE_STEMS) + len(self.predicates))

    def term_starts(self, words: Iterable[str], more: TermIndex) -> dict[str, tuple[Start, ...]]:
        r"""Give those of the printed ``words`` in which a term starts, of ``more`` or of the lexicon, with what may start there.

        >>> vocabulary = parse_vocabulary({"terms.tsv": "label\tkind\tsynonyms\nNF-kB\tprocess\t"})
        >>> sorted(vocabulary.term_starts(["foo", "NF-kB", "barns"], index_terms([("barn", Term("barn", "chemical"))])))
        ['NF-kB', 'barns']
        """
        own = {word: find_starts(word, (more, self.terms)) for word in starting_words(words, more)}
        return {word: starts for word in words if (starts := self.starts[word])} | own

    def find_terms(
        self,
        text: str,
        more: TermIndex | None = None,
        *,
        words: Sequence[str] = (),
        starting: Mapping[str, Sequence[Start]] | None = None,
    ) -> list[TermMatch]:
        r"""Find terms, the longest first at each word; ``more`` are terms of this document (its treatment).

        Where they are known already, ``words`` are those between the spaces of ``text`` and ``starting`` what ``term_starts`` gives
        for them.

        >>> vocabulary = parse_vocabulary({"terms.tsv": "label\tkind\tsynonyms\nNF-kB\tprocess\tNF-κB pathway"})
        >>> [(m.start, m.end, m.term.label) for m in vocabulary.find_terms("The NF-κB pathways act.")]
        [(4, 18, 'NF-kB')]
        """
        words = words or text.split()
        return match_terms(text, words, self.term_starts(words, more or {}) if starting is None else starting)


def _chosen(things: Sequence[_T], signs: int) -> list[_T]:
    """Give those of ``things`` whose bit is set in ``signs``."""
    signs &= (1 << len(things)) - 1
    chosen = []
    while signs:
        low = signs & -signs
        chosen.append(things[low.bit_length() - 1])
        signs ^= low
    return chosen


def parse_vocabulary(files: Mapping[str, str]) -> Vocabulary:
    r"""Read the texts of data/lexicon (file name -> text); an absent file gives an empty part.

    Raises ``AssetError`` naming file and line where a line has not the columns of its file.

    >>> parse_vocabulary({"cues.tsv": "status\tpattern\nhypothesised\tmay"}).cues[0].kind
    'hypothesised'
    """
    terms: list[tuple[str, Term]] = []
    bad = {word for word, more_is, _ in _rows(files, "endpoints.tsv", 3) if more_is == "bad"}
    for label, kind, synonyms in _rows(files, "terms.tsv", 3):
        term = Term(label, kind, bad=label in bad)
        terms += [(surface, term) for surface in (label, *synonyms.split("|")) if surface]
    terms += _failures(files, {term.label: term.kind for _, term in terms})
    predicates = [
        PredicateWords(
            _pattern(pattern, "predicates.tsv"),
            cast(Predicate, predicate),
            cast(Polarity, polarity),
            voice,
            find_hints(pattern),
            find_leads(pattern),
        )
        for pattern, predicate, polarity, voice in _rows(files, "predicates.tsv", 4)
    ]
    cues = tuple(
        Cue(kind, _pattern(pattern, "cues.tsv"), find_hints(pattern), find_leads(pattern))
        for kind, pattern in _rows(files, "cues.tsv", 2)
    )
    index = index_terms(terms)
    stems = [*RULE_STEMS, *(row.hints for row in predicates), *(cue.hints or _short_word(cue.pattern) for cue in cues)]
    signs = WordSigns(stems, index)
    kinds = tuple(
        (cast(TreatmentKind, kind), _pattern(pattern, "treatment_kinds.tsv"))
        for kind, pattern in _rows(files, "treatment_kinds.tsv", 2)
    )
    words = parse_citation_words(files)
    treatments = parse_groundings(files.get(GROUNDINGS_FILE, ""))
    return Vocabulary(index, tuple(predicates), cues, words, kinds, signs, KnownStarts(index, signs), treatments)


def _failures(files: Mapping[str, str], kinds: Mapping[str, str]) -> Iterator[tuple[str, Term]]:
    """Read the words that name the failure of a term; ``kinds`` gives the kind of each label."""
    for surface, label in _rows(files, "failures.tsv", 2):
        if label not in kinds:
            raise AssetError(
                f"{label!r}, which {surface!r} is the failure of, is no term",
                place="data/lexicon/failures.tsv",
                repair="write the label as in terms.tsv",
            )
        yield surface, Term(label, kinds[label], failing=True)


def _short_word(pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Give the stem of a pattern that is nothing but one short word, which is too short for a hint."""
    word = re.search(r"\(\?:\\b([a-z]{1,3})\\b\)", pattern.pattern)
    return (f"={word[1]}",) if word else ()


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
    for cue in cues:
        if cue.kind != _ADVICE and cue.stands_in(text, lower):
            return "negated" if cue.kind == "negation" else cast(Status, cue.kind)
    return "asserted"


def advises(text: str, cues: Sequence[Cue]) -> bool:
    """Say whether ``text`` recommends or waits for something: what it names on the way is not claimed.

    >>> advises("we cannot endorse it", [Cue("advice", re.compile("endorse"))])
    True
    """
    said = [cue for cue in cues if cue.kind == _ADVICE]
    return bool(said) and any(cue.stands_in(text, text.lower()) for cue in said)
