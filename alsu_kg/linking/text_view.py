"""A reference or a record laid out for comparison: computed once, compared with many."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from alsu_kg.linking.alignment import content_words
from alsu_kg.linking.normalisation import STOP_WORDS, find_words, fold, number, words
from alsu_kg.linking.printed_identifiers import without_identifiers
from alsu_kg.linking.printed_names import comparable_name, find_names, name_words
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.reference import Reference

_RANGE = re.compile(r"([A-Za-z]{0,3}\d{1,7})\s?(?:--?|[\u2010-\u2015\u2212])\s?([A-Za-z]{0,3}\d{1,7})(?!\d)")
_BEFORE_PAGE = re.compile(r"(?:\bp{1,2}|\bpages?|[:,;])\.?\s*$", re.IGNORECASE)
_ROMAN_PAGE = re.compile(r"(?<=\d)\)?[,:;]?\s?([ivxlc]{1,6})\b(?!\.?[A-Z])", re.IGNORECASE)
_DATE_AT_END = re.compile(
    r"(?:\b(?:19|20)\d\d|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d\d?)\D*$"
)
MARKERS: Final = {
    **dict.fromkeys(("erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections"), "erratum"),
    **dict.fromkeys(("retraction", "retracted", "withdrawn"), "retraction"),
    **dict.fromkeys(("reply", "response", "replies", "rejoinder"), "reply"),
    **dict.fromkeys(("comment", "comments", "commentary"), "comment"),
    **dict.fromkeys(("recommendation", "opinions"), "recommendation"),
    **dict.fromkeys(("supplement", "suppl", "supp", "supplementary"), "supplement"),
    **dict.fromkeys(("abstract", "abstracts"), "abstract"),
    **dict.fromkeys(("biorxiv", "medrxiv", "arxiv", "preprint", "preprints", "ssrn"), "preprint"),
}
"""Words that mark a note about a work, or another version of it."""

GROUPS: Final = frozenset(
    ("association", "collaboration", "collaborative", "collaborators", "committee", "consortium", "group", "initiative",
     "investigators", "network", "organization", "project", "society", "team")
)  # fmt: skip
"""Words that mark a group as author: it is named or left out at will, and so is whoever signs for it."""

_START: Final = 20
_MOST_NAMES: Final = 40
_MARKER_WORDS: Final = frozenset(MARKERS)
_NO_MARKERS: Final = frozenset[str]()
_LONGEST_TEXT: Final = 6000
"""Characters of a string that are compared: enough for 300 authors; what follows cannot be part of one reference."""


class ReferenceView(NamedTuple):
    """A reference as words and numbers. ``fields`` holds tagged values (compared as such); empty for plain strings.

    ``first_pages`` are the numbers that stand where a page does, and Roman ones behind another number.

    ``has_title``: a title may stand there (tagged fields without one have none). ``ahead_of_print``: pages from 1, and no
    volume before them: the numbers that the work had before it had its place in the journal.
    """

    tokens: tuple[str, ...]
    content: tuple[str, ...]
    vocabulary: frozenset[str]
    letters: str
    long_words: frozenset[str]
    lower_case: frozenset[str]
    numbers: tuple[str, ...]
    damaged: tuple[str, ...]
    pages: frozenset[str]
    first_pages: frozenset[str]
    last_pages: frozenset[str]
    years: frozenset[str]
    fields: dict[str, str]
    has_title: bool
    ahead_of_print: bool
    names: frozenset[str]
    groups: frozenset[str]
    markers: frozenset[str]
    joined: dict[str, list[str]]
    capitals: frozenset[str]


class CandidateView:
    """A record as words and numbers; what only a full comparison asks for is made when it is asked for."""

    def __init__(self, candidate: Candidate) -> None:
        self._candidate = candidate
        self.title = tuple(words(candidate.title))
        self.title_content = content_words(self.title)
        self.title_words = frozenset(self.title_content)
        self.title_size = sum(map(len, self.title_words))
        containers = {_container(name) for name in (candidate.container, candidate.short_container) if name}
        self._containers = containers
        self.containers = tuple(container.joined for container in sorted(containers))
        self.year = str(candidate.year or "")
        self.volume = number(candidate.volume)
        self.issue = number(candidate.issue)
        self.page = number(candidate.first_page)
        self.pmid = candidate.pmid

    @cached_property
    def title_letters(self) -> str:
        """The letters of the title."""
        return "".join(self.title)

    @cached_property
    def first_name(self) -> str:
        """The comparable part of the first name that has one, or nothing."""
        names = (comparable_name(family) for family, _ in self._candidate.authors[:_MOST_NAMES])
        return next(filter(None, names), "")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The comparable parts of the authors' names."""
        return tuple(filter(None, [comparable_name(family) for family, _ in self._candidate.authors[:_MOST_NAMES]]))

    @cached_property
    def first_author(self) -> frozenset[str]:
        """The words by which the first author may be cited."""
        authors = self._candidate.authors
        return name_words(authors[0][0]) if authors else frozenset()

    @cached_property
    def has_group(self) -> bool:
        """Whether the first author is a group."""
        authors = self._candidate.authors
        return bool(authors) and not GROUPS.isdisjoint(authors[0][0].lower().split())

    @cached_property
    def markers(self) -> frozenset[str]:
        """What the record says that it is: a note about a work, or another version of it."""
        return _candidate_markers(self._candidate, self.title, self._containers)

    @cached_property
    def all_markers(self) -> frozenset[str]:
        """The words of such notes anywhere in the title."""
        return find_markers(self.title)


@lru_cache(maxsize=4_000)
def view_reference(reference: Reference) -> ReferenceView:
    """Lay out a reference.

    >>> view = view_reference(Reference(id="1", unstructured="Liu T. NF-κB. Nature 2017;2:17023-31."))
    >>> view.numbers, sorted(view.pages), sorted(view.years)
    (('2017', '2', '17023', '31'), ['17023'], ['2017'])
    """
    folded = fold(without_identifiers(reference.text[:_LONGEST_TEXT]))
    found = find_words(folded)
    tokens = tuple(match.group().lower() for match in found)
    numbers = tuple(token.lstrip("0") for token in tokens if len(token) < 12 and any(map(str.isdigit, token)))
    ranges = _RANGE.findall(folded)
    last_pages = frozenset(last.lower().lstrip("0") for _, last in ranges)
    first_pages = frozenset(
        match.group().lower().lstrip("0")
        for match in found
        if match.group()[-1].isdigit() and _BEFORE_PAGE.search(folded, max(0, match.start() - 8), match.start())
    ).union(page.lower() for page in _ROMAN_PAGE.findall(folded))
    fields = _fields(reference)
    names = find_names(folded, reference)
    pages = {first.group(1).lower().lstrip("0"): first.start() for first in _RANGE.finditer(folded)}
    years = {
        n[:4]
        for n in numbers
        if (len(n) == 4 or (len(n) == 5 and n[4].isalpha())) and n[:4].isdigit() and "1500" < n[:4] < "2100"
    }
    return ReferenceView(
        tokens=tokens,
        content=content_words(tokens),
        vocabulary=frozenset(tokens),
        letters="".join(tokens),
        long_words=frozenset([t for t in tokens if len(t) > 3 and t.isalpha() and t not in STOP_WORDS]) - names,
        lower_case=frozenset(
            m.group() for m in found if len(m.group()) > 3 and m.group().isalpha() and m.group().islower()
        ),
        numbers=numbers,
        damaged=_damaged_numbers(tokens),
        pages=frozenset(
            page
            for page in (first.lower().lstrip("0") for first, _ in ranges)
            if page in first_pages or not _is_year_range(page)
        ),
        first_pages=first_pages,
        last_pages=last_pages,
        years=frozenset({fields["year"][:4]} if fields.get("year") else years),
        fields=fields,
        has_title=not fields or bool(reference.unstructured or reference.title),
        ahead_of_print=pages.keys() == {"1"} and bool(_DATE_AT_END.search(folded, 0, pages["1"])),
        names=names,
        groups=GROUPS.intersection(m.group().lower() for m in found[:_START] if m.group()[0].isupper()),
        markers=find_markers(tokens),
        joined=_by_letter(join_initials(tokens)),
        capitals=frozenset(m.group().lower() for m in found if 3 <= len(m.group()) <= 8 and m.group().isupper()),
    )


@lru_cache(maxsize=20_000)
def view_candidate(candidate: Candidate) -> CandidateView:
    """Lay out a record; the last 20,000 are kept, since the same records come up again and again."""
    return CandidateView(candidate)


class _Container(NamedTuple):
    """The name of a container: its words, those that are compared, and its markers."""

    words: tuple[str, ...]
    joined: tuple[str, ...]
    markers: frozenset[str]


@lru_cache(maxsize=20_000)
def _container(name: str) -> _Container:
    found = tuple(words(name))
    return _Container(found, join_initials([word for word in found if word not in STOP_WORDS]), find_markers(found))


def find_markers(tokens: Iterable[str]) -> frozenset[str]:
    """Find the words that tell a note *about* a work, or another version of it, from the work itself.

    >>> sorted(find_markers("correction to nf kappab signaling suppl".split()))
    ['erratum', 'supplement']
    """
    present = _MARKER_WORDS.intersection(tokens)
    return frozenset([MARKERS[token] for token in present]) if present else _NO_MARKERS


def join_initials(tokens: Iterable[str]) -> tuple[str, ...]:
    """Join single letters that follow each other: ``U S A`` and ``USA`` are the same.

    >>> join_initials("proc natl acad sci u s a 98".split())
    ('proc', 'natl', 'acad', 'sci', 'usa', '98')
    """
    joined: list[str] = []
    open_run = False
    for token in tokens:
        single = len(token) == 1 and token.isalpha()
        if single and open_run:
            joined[-1] += token
        else:
            joined.append(token)
        open_run = single
    return tuple(joined)


def _by_letter(tokens: Iterable[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for token in tokens:
        groups.setdefault(token[0], []).append(token)
    return groups


def _candidate_markers(candidate: Candidate, title: tuple[str, ...], containers: set[_Container]) -> frozenset[str]:
    found = find_markers(title[:4] + title[-2:])
    for container in containers:
        found |= container.markers
    if candidate.issue and not candidate.issue.isdigit():
        found |= find_markers(words(candidate.issue))
    if candidate.first_page[:1] in "Ss" and candidate.first_page[1:2].isdigit():
        found |= {"supplement"}
    return found


def _fields(reference: Reference) -> dict[str, str]:
    values = {
        "title": reference.title,
        "container": reference.container,
        "year": number(reference.year),
        "volume": number(reference.volume),
        "issue": number(reference.issue),
        "first_page": number(reference.first_page),
    }
    return {name: value for name, value in values.items() if value}


def _damaged_numbers(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Give the numbers that may have been damaged: letters among the figures, or a gap within (``8 1`` for 81)."""
    mixed = [token for token in tokens if len(token) < 8 and not token.isdigit() and any(map(str.isdigit, token))]
    gaps = [one + two for one, two in pairwise(tokens) if one.isdigit() and two.isdigit() and len(one) + len(two) <= 5]
    return (*mixed, *gaps)


def _is_year_range(first: str) -> bool:
    return len(first) == 4 and first.isdigit() and "1900" <= first <= "2099"
