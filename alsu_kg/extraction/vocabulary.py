"""The words that the reader works with. They are data (data/lexicon/*.tsv); this module only indexes them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, cast

from alsu_kg.extraction.hints import find_hints, find_leads
from alsu_kg.extraction.known_words import KnownWords, TextWords
from alsu_kg.extraction.lead_words import LeadWords, Started, by_order
from alsu_kg.extraction.own_terms import OwnTerms
from alsu_kg.extraction.references.citation_words import (
    NO_WORDS,
    WEIGHTS_FILE,
    WORDS_FILE,
    CitationWords,
    parse_citation_words,
)
from alsu_kg.extraction.relation_words import Cue, PredicateWords, status_at
from alsu_kg.extraction.signs import EVERY_SIGN, RULE_STEMS, WordSigns
from alsu_kg.extraction.terms import (
    Term,
    TermIndex,
    TermMatch,
    index_terms,
    match_terms,
)
from alsu_kg.extraction.treatment_identifiers import GROUNDINGS_FILE, KnownTreatments, parse_groundings
from alsu_kg.model.errors import AssetError
from alsu_kg.model.review import Polarity, Predicate, Status, TreatmentKind

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

_NONE_OWN: Final = OwnTerms()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by their first word, relation words, cues of status, and weights of container words.

    ``words`` tells of each word its signs (those of the rules, then one bit for each predicate and each cue, then that of the
    terms), and what may start in it.
    """

    terms: TermIndex = field(default_factory=dict)
    predicates: tuple[PredicateWords, ...] = ()
    cues: tuple[Cue, ...] = ()
    journal_words: CitationWords = NO_WORDS
    treatment_kinds: tuple[tuple[TreatmentKind, re.Pattern[str]], ...] = ()
    treatments: KnownTreatments = field(default_factory=dict)
    leads: LeadWords = field(default_factory=LeadWords)
    words: KnownWords = field(default_factory=lambda: KnownWords(WordSigns(RULE_STEMS), LeadWords(), {}))

    def find_started(self, lower: str, words: TextWords | None) -> Started:
        r"""Give which relation words may stand where in a text in lower case, and which cues; without its ``words`` any, anywhere.

        >>> words = parse_vocabulary({"predicates.tsv": "p\tq\tr\ts\nslow(?:s|ed)?\taffects\tdecreases\tactive"})
        >>> relations, cues = words.find_started("it slows", words.words.of("It slows"))
        >>> [(start, order, row.predicate) for start, order, row, _ in relations], cues
        ([(3, 0, 'affects')], [])
        """
        if words is None or words.signs == EVERY_SIGN:
            return self.leads.find_all(lower)
        return self.leads.find(lower, words.leads, words.signs)

    def status_of(self, text: str, words: TextWords | None = None) -> Status:
        r"""Give how ``text`` states what it says; ``words`` as of ``find_terms``.

        >>> words = parse_vocabulary({"cues.tsv": "kind\tpattern\nspeculated\tperhaps"})
        >>> words.status_of("Perhaps it helps"), words.status_of("It helps")
        ('speculated', 'asserted')
        """
        if words is None or words.signs == EVERY_SIGN:
            _, cues = self.leads.find_all(text)
        else:
            _, cues = self.leads.find(text, words.leads, words.signs & self.leads.of_cues)
        return status_at(text, by_order(cues), (0, len(text)))[0]

    def own_terms(self, own: TermIndex) -> OwnTerms:
        """Put the terms of one document (``own``) before those of the lexicon, for ``find_terms``."""
        return OwnTerms(own, self.terms)

    def find_terms(self, text: str, own: OwnTerms = _NONE_OWN, words: TextWords | None = None) -> list[TermMatch]:
        r"""Find terms, the longest first at each word; ``own`` are those of this document (``own_terms``).

        ``words`` are those of ``text``, if they are looked up already.

        >>> vocabulary = parse_vocabulary({"terms.tsv": "label\tkind\tsynonyms\nNF-kB\tprocess\tNF-κB pathway"})
        >>> [(m.start, m.end, m.term.label) for m in vocabulary.find_terms("The NF-κB pathways act.")]
        [(4, 18, 'NF-kB')]
        >>> own = vocabulary.own_terms(index_terms([("foo", Term("Foo", "treatment"))]))
        >>> [m.term.label for m in vocabulary.find_terms("Foo blocks the NF-κB pathway.", own)]
        ['Foo', 'NF-kB']
        """
        told = words or self.words.of(text)
        return match_terms(text, told.printed, own.starting(text, told), is_even=told.is_even)


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
            _pattern(pattern, "predicates.tsv", re.NOFLAG),
            cast(Predicate, predicate),
            cast(Polarity, polarity),
            voice,
            find_hints(pattern),
            find_leads(pattern),
            looks_ahead="$" in pattern or "(?!" in pattern,
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
    leads = LeadWords(predicates, cues)
    kinds = tuple(
        (cast(TreatmentKind, kind), _pattern(pattern, "treatment_kinds.tsv"))
        for kind, pattern in _rows(files, "treatment_kinds.tsv", 2)
    )
    words = parse_citation_words(files)
    treatments = parse_groundings(files.get(GROUNDINGS_FILE, ""))
    known = KnownWords(signs, leads, index)
    return Vocabulary(index, tuple(predicates), cues, words, kinds, treatments, leads, known)


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
    r"""Give the stem of a pattern that is one short word, or ends in a letter after an apostrophe: too short for a hint.

    >>> _short_word(re.compile(r"(?:\bnot\b)")), _short_word(re.compile(r"(?:(?:is|do)n['’]t\b)"))
    (('=not',), ('=t',))
    """
    word = re.search(r"\(\?:\\b([a-z]{1,3})\\b\)|[a-z]\['’\]([a-z])\\b\)", pattern.pattern)
    return (f"={word[1] or word[2]}",) if word else ()


def _pattern(pattern: str, name: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    try:
        end = "" if pattern.endswith((" )?", ".")) else r"(?![A-Za-z])"
        return re.compile(rf"(?<![A-Za-z])(?:{pattern}){end}", flags)
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
