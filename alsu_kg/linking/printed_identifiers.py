"""Identifiers printed in a reference, and the reference without them."""

import re
from typing import Final

from alsu_kg.model.identifier import normalise_doi, normalise_pmid

_DOI: Final = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>,;\]}]+(?:<[^\s>]{1,40}>[^\s\"<>,;\]}]*)*", re.IGNORECASE)
_PMID: Final = re.compile(r"\b(?:PMID|PubMed(?: ID)?)\s*:?\s*(\d{4,9})\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"(?<![\w./-])(\d{7,8})(?![\w/-])")
_ARXIV: Final = re.compile(r"\barXiv\s*:\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})", re.IGNORECASE)
_URL: Final = re.compile(r"(?:https?://|ftp://|www\.)\S+", re.IGNORECASE)
_WEB_WORDS: Final = re.compile(
    r"\[(?:internet|online|serial online|cited[^\]]*|accessed[^\]]*)\]|\b(?:available (?:from|at)|retrieved from)\b:?",
    re.IGNORECASE,
)
_ARXIV_DOI: Final = "10.48550/arxiv."


def find_dois(text: str) -> tuple[str, ...]:
    """Find the DOIs in a string, canonical, without the punctuation that follows them; arXiv ids as DataCite's DOIs.

    >>> find_dois("Acta 2013. doi:10.1111/ANE.12125."), find_dois("arXiv:1706.03762")
    (('10.1111/ane.12125',), ('10.48550/arxiv.1706.03762',))
    """
    found = [normalise_doi(_trim(match.group())) for match in _DOI.finditer(text)]
    found += [_ARXIV_DOI + match.group(1).lower() for match in _ARXIV.finditer(text)]
    return tuple(dict.fromkeys(doi for doi in found if doi))


def find_pmids(text: str, *, bare: bool = False) -> tuple[str, ...]:
    """Find the PubMed identifiers that are named as such; with ``bare`` also what may be one: numbers of seven or eight figures.

    >>> find_pmids("Nature 2017. PMID: 29158945"), find_pmids("Nature 2017. 29158945.", bare=True)
    (('29158945',), ('29158945',))
    """
    patterns = (_PMID, _NUMBER) if bare else (_PMID,)
    found = (normalise_pmid(match.group(1)) for pattern in patterns for match in pattern.finditer(text))
    return tuple(dict.fromkeys(pmid for pmid in found if pmid))


def find_url(text: str) -> str:
    """Give the first web address that is not a DOI's, or ``""``.

    >>> find_url("Drugs.com: https://www.drugs.com/monograph/AZA.html. Accessed 1 May")
    'https://www.drugs.com/monograph/AZA.html'
    """
    for match in _URL.finditer(text):
        if not _DOI.search(match.group()):
            return match.group().rstrip(".,;)>")
    return ""


def without_identifiers(text: str) -> str:
    """Give the string without DOIs, PMIDs, arXiv ids and web addresses: their digits look like volumes and pages.

    >>> without_identifiers("Liu T. Nature 2017;2:3. doi:10.1038/x.2017.23")
    'Liu T. Nature 2017;2:3. doi: '
    """
    if "/" not in text and ":" not in text and "PM" not in text.upper():
        return text
    for pattern in (_URL, _DOI, _PMID, _ARXIV, _WEB_WORDS):
        text = pattern.sub(" ", text)
    return text


def _trim(doi: str) -> str:
    """Leave out punctuation that ends the sentence; a closing bracket stays if it was opened (SICI DOIs)."""
    while doi and (doi[-1] in ".:'’”" or (doi[-1] == ")" and doi.count(")") > doi.count("("))):
        doi = doi[:-1]
    return doi
