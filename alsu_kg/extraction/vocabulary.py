"""The words that the reader works with. They are data (data/lexicon/*.tsv); this module only indexes them."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from alsu_kg.extraction.citation_words import (
    NO_WORDS,
    WEIGHTS_FILE,
    WORDS_FILE,
    CitationWords,
    parse_citation_words,
)
from alsu_kg.model.errors import AssetError
from alsu_kg.model.review import Polarity, Predicate, Status, TreatmentKind

FILES: Final = ("terms.tsv", "predicates.tsv", "cues.tsv", WORDS_FILE, WEIGHTS_FILE, "treatment_kinds.tsv")
_PLAIN_TOKEN = re.compile(r"\w+(?:[.'’]\w+)*\+?")  # the same for text without underscores, and faster
_TOKEN = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*\+?")


class Term(NamedTuple):
    """A recognised thing: its label and what kind of thing it is."""

    label: str
    kind: str


class PredicateWords(NamedTuple):
    """Words that state a relation."""

    pattern: re.Pattern[str]
    predicate: Predicate
    polarity: Polarity
    voice: str
    hints: tuple[str, ...] = ()


class Cue(NamedTuple):
    """Words that show how a source states something."""

    kind: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()


class TermMatch(NamedTuple):
    """A term found at characters ``start`` to ``end``."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by their first word, relation words, cues of status, and weights of container words."""

    terms: Mapping[str, tuple[tuple[tuple[str, ...], Term, bool], ...]] = field(default_factory=dict)
    predicates: tuple[PredicateWords, ...] = ()
    hints: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    cues: tuple[Cue, ...] = ()
    journal_words: CitationWords = NO_WORDS
    treatment_kinds: tuple[tuple[TreatmentKind, re.Pattern[str]], ...] = ()

    def likely_predicates(self, text: str) -> list[PredicateWords]:
        r"""Give the relation words that may stand in ``text`` (lower case), by a test that costs little.

        >>> files = {"predicates.tsv": "p\tq\tr\ts\nslow(?:s|ed)?\taffects\tdecreases\tactive"}
        >>> len(parse_vocabulary(files).likely_predicates("it slows")), len(parse_vocabulary(files).likely_predicates("no"))
        (1, 0)
        """
        found = {i for hint, positions in self.hints.items() if hint in text for i in positions}
        return [self.predicates[i] for i in sorted(found)]

    def find_terms(
        self, text: str, more: "Mapping[str, tuple[tuple[tuple[str, ...], Term, bool], ...]] | None" = None
    ) -> list[TermMatch]:
        r"""Find terms, the longest first at each word; ``more`` are terms of this document (its treatment).

        >>> vocabulary = parse_vocabulary({"terms.tsv": "label\tkind\tsynonyms\nNF-kB\tprocess\tNF-κB pathway"})
        >>> [(m.start, m.end, m.term.label) for m in vocabulary.find_terms("The NF-κB pathways act.")]
        [(4, 18, 'NF-kB')]
        """
        spans = [match.span() for match in (_TOKEN if "_" in text else _PLAIN_TOKEN).finditer(text)]
        words = [text[start:end] for start, end in spans]
        folded = list(map(_singular, words))
        sources = [source for source in (more, self.terms) if source]
        starts = [i for i, word in enumerate(folded) if any([word in source for source in sources])]  # noqa: C419
        if not starts:
            return []
        found: list[TermMatch] = []
        following = 0
        for i in starts:
            if i < following:
                continue
            best = None
            for form, term, exact in (form for source in sources for form in source.get(folded[i], ())):
                size = len(form)
                if (
                    (best is None or size > best[0])
                    and (size == 1 or tuple(folded[i : i + size]) == form)
                    and not (exact and words[i].islower())
                    and (size == 1 or _joined(text, spans[i : i + size]))
                ):
                    best = (size, term)
            if best is not None:
                following = i + best[0]
                found.append(TermMatch(spans[i][0], spans[following - 1][1], best[1]))
        return found


def _joined(text: str, tokens: list[tuple[int, int]]) -> bool:
    return not any(set(text[a[1] : b[0]]) & set(",.;:()") for a, b in itertools.pairwise(tokens))


@lru_cache(maxsize=20_000)
def _singular(word: str) -> str:
    folded = word.casefold().replace("’", "'")
    if len(folded) > 4 and folded.endswith("s") and not folded.endswith(("ss", "us", "is")):
        return folded[:-1]
    return folded


def index_terms(
    entries: "Iterator[tuple[str, Term]] | list[tuple[str, Term]]",
) -> Mapping[str, tuple[tuple[tuple[str, ...], Term, bool], ...]]:
    """Index (surface form, term) pairs by first word. Short all-capital forms must not match lower-case words.

    >>> list(index_terms([("ALS", Term("amyotrophic lateral sclerosis", "disease"))]))
    ['als']
    """
    index: dict[str, list[tuple[tuple[str, ...], Term, bool]]] = {}
    for surface, term in entries:
        words = tuple(_singular(word) for word in _TOKEN.findall(surface))
        if words:
            index.setdefault(words[0], []).append((words, term, len(surface) <= 5 and surface.isupper()))
    return MappingProxyType({word: tuple(sorted(forms, key=lambda f: -len(f[0]))) for word, forms in index.items()})


def parse_vocabulary(files: Mapping[str, str]) -> Vocabulary:
    r"""Read the texts of data/lexicon (file name -> text); an absent file gives an empty part.

    Raises ``AssetError`` naming file and line where a line has not the columns of its file.

    >>> parse_vocabulary({"cues.tsv": "status\tpattern\nhypothesised\tmay"}).cues[0].kind
    'hypothesised'
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
        )
        for pattern, predicate, polarity, voice in _rows(files, "predicates.tsv", 4)
    ]
    cues = tuple(
        Cue(kind, _pattern(pattern, "cues.tsv"), find_hints(pattern)) for kind, pattern in _rows(files, "cues.tsv", 2)
    )
    hints: dict[str, list[int]] = {}
    for i, row in enumerate(predicates):
        for hint in row.hints or ("",):
            hints.setdefault(hint, []).append(i)
    return Vocabulary(
        index_terms(terms),
        tuple(predicates),
        {hint: tuple(at) for hint, at in hints.items()},
        cues,
        parse_citation_words(files),
        tuple(
            (cast(TreatmentKind, kind), _pattern(pattern, "treatment_kinds.tsv"))
            for kind, pattern in _rows(files, "treatment_kinds.tsv", 2)
        ),
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


def status_of(text: str, cues: tuple[Cue, ...]) -> Status:
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
