"""Candidate selection: the search terms of records and of references, and which of them to look up.

A record is indexed under its title words, and under pairs that are rare by themselves however large the index is:
neighbouring words, surname and year, volume and first page, year and first page. A reference is not parsed first: every
pair that its string could mean is formed. Rare terms are looked up until a budget of postings is spent, so that the time
of a look-up hardly depends on the size of the index; plain BM25 over all words is linear in it (shared measurements and
``make bench-linking``).
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from alsu_kg.linking.normalisation import STOP_WORDS, number, words
from alsu_kg.model.candidate import Candidate

POSTINGS_BUDGET: Final = 5_000
"""Postings read for one reference, at most, unless the rarest ``LEAST_TERMS`` alone have more."""

LEAST_TERMS: Final = 4
CANDIDATES: Final = 20
"""Candidates taken from the search for one reference."""

WORTH_READING: Final = 0.35
"""Share of the best search score below which a hit is not read. No true work of 5,000 labelled references was below."""

_WEIGHTS: Final = ((":", 2.5), ("/", 2.0), ("#", 1.5), ("@", 1.2))
MOST_WORDS: Final = 160
MOST_AUTHORS: Final = 6
_FIRST_LETTERS: Final = 4


def record_terms(candidate: Candidate) -> list[str]:
    """Give the terms under which a record is indexed.

    >>> work = Candidate(id="1", title="NF-κB signaling", authors=(("Liu", "T"),), year=2017, volume="2",
    ...                  first_page="17023", short_container="Signal Transduct Target Ther")
    >>> [t for t in record_terms(work) if not t.isalpha()][:5]
    ['nf_kappab', 'kappab_signaling', 'signal_transduct', 'transduct_target', 'target_ther']
    """
    title = words(candidate.title)[:MOST_WORDS]
    paired, starts = container_words(candidate.container or candidate.short_container)
    names = [name for family, _ in candidate.authors[:MOST_AUTHORS] if (name := last_name(family))]
    terms = [word for word in title if word not in STOP_WORDS]
    terms += names
    terms += _pairs(title)
    terms += _pairs(paired)
    year = str(candidate.year or "")
    volume, page = number(candidate.volume), number(candidate.first_page)
    if year:
        terms += [f"{name}@{year}" for name in names[:3]]
        terms += [f"{start}~{year}" for start in starts]
    if page:
        if volume:
            terms.append(f"{volume}:{page}")
        if year:
            terms.append(f"{year}/{page}")
        terms += [f"{name}#{page}" for name in names[:2]]
    if volume:
        terms += [f"{start}^{volume}" for start in starts]
    return terms


def reference_terms(text: str) -> list[str]:
    """Give every term under which the work that ``text`` cites may be indexed, each once.

    >>> "liu@2017" in reference_terms("Liu T. NF-κB signaling. Signal Transduct 2017;2:17023."), reference_terms("")
    (True, [])
    """
    found = words(text)[:MOST_WORDS]
    numbers = [
        word.lstrip("0") for word in found if len(word) < 10 and not word.isalpha() and any(map(str.isdigit, word))
    ]
    years = [word for word in dict.fromkeys(numbers) if len(word) == 4 and word.isdigit() and "1500" < word < "2100"][
        :3
    ]
    spelled = [word for word in found if word.isalpha()]
    terms = [word for word in found if len(word) > 1 and word not in STOP_WORDS]
    terms += _pairs(found)
    if len(spelled) < len(found):
        terms += _pairs(spelled)
    names = [word for word in dict.fromkeys(spelled) if len(word) > 1]
    for year in years:
        terms += [f"{name}@{year}" for name in names[:14]]
        terms += [f"{year}/{page}" for page in numbers if page != year]
        terms += [f"{name[:_FIRST_LETTERS]}~{year}" for name in names[-14:] if len(name) >= _FIRST_LETTERS]
    for place, volume in enumerate(numbers):
        terms += [f"{volume}:{page}" for page in numbers[place + 1 : place + 4]]
    for figure in dict.fromkeys(numbers[-5:]):
        if figure not in years:
            terms += [f"{name}#{figure}" for name in names[:4]]
            terms += [f"{name[:_FIRST_LETTERS]}^{figure}" for name in names[-6:] if len(name) >= _FIRST_LETTERS]
    return list(dict.fromkeys(terms))


def term_weight(term: str) -> float:
    """Give the weight of a term in the search: pairs of numbers say more than their rarity tells.

    A journal with a long name would otherwise outweigh the right volume and page in it.

    >>> term_weight("2:17023"), term_weight("signaling")
    (2.5, 1.0)
    """
    for sign, weight in _WEIGHTS:
        if sign in term:
            return weight
    return 1.0


@lru_cache(maxsize=50_000)
def container_words(container: str) -> tuple[list[str], list[str]]:
    """Give the words of a container that are paired, and the starts of its first words: many records share one.

    >>> container_words("The Journal of Physiology")
    (['the', 'journal', 'of', 'physiology'], ['jour', 'phys'])
    """
    found = words(container)[:12]
    return found, [word[:_FIRST_LETTERS] for word in found if len(word) >= _FIRST_LETTERS][:4]


def _pairs(found: Sequence[str]) -> list[str]:
    return list(map("_".join, pairwise(found)))


@lru_cache(maxsize=100_000)
def last_name(family: str) -> str:
    """Give the last word of a family name: particles are printed or left out at will."""
    if family.isascii() and family.isalpha():
        return family.lower()
    return (words(family) or [""])[-1]
