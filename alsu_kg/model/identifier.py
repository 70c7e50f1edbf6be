"""Identifiers of works, people and trials: recognise, normalise, check and print, in one canonical form each.

============  ==================================================  =========================================
scheme        canonical form                                      source of the rule
============  ==================================================  =========================================
``doi``       lower case, no prefix: ``10.1002/mus.24143``        DOI Handbook 3.2 (case-insensitive)
``shortdoi``  ``10/`` and letters or digits: ``10/aabbe``         shortdoi.org (a handle alias of a DOI)
``pmid``      digits                                              NLM
``pmcid``     ``PMC`` and digits, no version                      NLM
``arxiv``     ``2304.05376``, ``hep-th/9901001``, with ``v2``     arxiv.org, "Understanding the identifier"
``nct``       ``NCT`` and eight digits                            clinicaltrials.gov
``isbn``      thirteen digits, check digit right                  ISO 2108
``issn``      ``1234-567X``, check digit right                    ISO 3297
``orcid``     ``0000-0002-1825-0097``, check digit right          ISO 7064 MOD 11-2
============  ==================================================  =========================================
"""

import re
from collections.abc import Callable
from typing import Final, Literal
from urllib.parse import quote

import msgspec

from alsu_kg.model.check_digits import (
    has_isbn10_check,
    has_isbn13_check,
    has_issn_check,
    has_orcid_check,
    isbn10_to_isbn13,
)
from alsu_kg.model.doi import find_doi as find_doi
from alsu_kg.model.doi import normalise_doi as normalise_doi
from alsu_kg.model.doi import normalise_short_doi as normalise_short_doi
from alsu_kg.model.doi import plain_text

Scheme = Literal["doi", "shortdoi", "pmid", "pmcid", "arxiv", "nct", "isbn", "issn", "orcid"]

_URL_OF: Final[dict[str, str]] = {
    "doi": "https://doi.org/",
    "shortdoi": "https://doi.org/",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/",
    "arxiv": "https://arxiv.org/abs/",
    "nct": "https://clinicaltrials.gov/study/",
    "isbn": "urn:isbn:",
    "issn": "https://portal.issn.org/resource/ISSN/",
    "orcid": "https://orcid.org/",
}


class Identifier(msgspec.Struct, frozen=True, order=True, gc=False):
    """A scheme and a value in that scheme's canonical form (``datacite:Identifier`` with ``usesIdentifierScheme``).

    >>> str(Identifier("doi", "10.1002/mus.24143")), Identifier("pmid", "31280619").url
    ('doi:10.1002/mus.24143', 'https://pubmed.ncbi.nlm.nih.gov/31280619')
    """

    scheme: Scheme
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"

    @property
    def url(self) -> str:
        """The address of the identifier, percent-encoded once."""
        return _URL_OF[self.scheme] + quote(self.value, safe="/" if self.scheme in ("doi", "shortdoi", "arxiv") else "")


_PMID = re.compile(r"[1-9][0-9]{0,8}")
_PMID_TEXT = re.compile(
    r"(?:(?:https?://)?(?:(?:www\.)?pubmed(?:\.ncbi\.nlm\.nih)?\.gov/|(?:www\.|m\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    r"(?:\?term=)?)|pmid\s*[:=]?\s*|pubmed\s*:\s*|info:pmid/|medline:\s*)?([1-9][0-9]{0,8})(?:[/?#].*)?",
    re.I,
)
_PMCID = re.compile(r"PMC[1-9][0-9]{0,9}")
_PMCID_TEXT = re.compile(
    r"(?:(?:https?://)?(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/|pmc\.ncbi\.nlm\.nih\.gov/|(?:www\.)?europepmc\.org/)"
    r"(?:articles?/)(?:pmc/)?|pmcid\s*[:=]?\s*)?(PMC[1-9][0-9]{0,9})(?:\.[0-9]+)?(?:[/?#].*)?",
    re.I,
)
_ARXIV_NEW = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/[0-9]{7}"
_ARXIV_TEXT = re.compile(
    rf"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv\s*[:=]?\s*)?"
    rf"((?:{_ARXIV_NEW}|{_ARXIV_OLD})(?:v[1-9][0-9]*)?)(?:\.pdf)?(?:\s*\[[\w.-]+\])?(?:[?#].*)?",
    re.I,
)
_NCT_TEXT = re.compile(
    r"(?:.*clinicaltrials\.gov/(?:ct2/show/|study/|show/|api/v2/studies/)|nct(?:id)?\s*[:=]\s*)?(NCT[0-9]{8})"
    r"(?:[/?#].*)?",
    re.I,
)
_ISBN_TEXT = re.compile(r"(?:urn:isbn:|isbn(?:-1[03])?\s*[:=]?\s*)?((?:97[89][\s-]?)?(?:[0-9][\s-]?){9}[0-9X])", re.I)
_ISSN_TEXT = re.compile(
    r"(?:https?://portal\.issn\.org/resource/issn/|(?:urn:)?e?-?issn(?:-l)?\s*[:=]?\s*)?([0-9]{4})-?([0-9]{3}[0-9X])",
    re.I,
)
_ORCID_TEXT = re.compile(
    r"(?:https?://(?:www\.)?orcid\.org/|orcid(?:\s*id)?\s*[:=]?\s*)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])",
    re.I,
)


def normalise_pmid(text: str) -> str | None:
    """Give the canonical PMID, or ``None`` if ``text`` is none.

    >>> normalise_pmid("31280619"), normalise_pmid("PMC31"), normalise_pmid("https://pubmed.ncbi.nlm.nih.gov/31280619/")
    ('31280619', None, '31280619')
    """
    if _PMID.fullmatch(text):
        return text
    match = _PMID_TEXT.fullmatch(plain_text(text).strip().rstrip(".,;)"))
    return match.group(1) if match else None


def normalise_pmcid(text: str) -> str | None:
    """Give the canonical PMCID, or ``None`` if ``text`` is none.

    >>> normalise_pmcid("pmc5661633"), normalise_pmcid("5661633"), normalise_pmcid("PMCID: PMC5661633.2")
    ('PMC5661633', None, 'PMC5661633')
    """
    match = _PMCID_TEXT.fullmatch(plain_text(text).strip().rstrip(".,;)"))
    return match.group(1).upper() if match else None


def normalise_arxiv(text: str) -> str | None:
    """Give the canonical arXiv identifier, version kept, or ``None``.

    >>> normalise_arxiv("https://arxiv.org/abs/2304.05376v3"), normalise_arxiv("arXiv:HEP-TH/9901001 [hep-th]")
    ('2304.05376v3', 'hep-th/9901001')
    """
    match = _ARXIV_TEXT.fullmatch(plain_text(text).strip())
    return match.group(1).lower() if match else None


def normalise_nct(text: str) -> str | None:
    """Give the canonical NCT number, or ``None``.

    >>> normalise_nct("https://clinicaltrials.gov/study/nct02576665?tab=results")
    'NCT02576665'
    """
    match = _NCT_TEXT.fullmatch(plain_text(text).strip().rstrip(".,;)"))
    return match.group(1).upper() if match else None


def normalise_isbn(text: str) -> str | None:
    """Give the ISBN-13 of an ISBN-10 or ISBN-13 whose check digit is right, or ``None``.

    >>> normalise_isbn("ISBN 0-306-40615-2"), normalise_isbn("978-0-306-40615-8")
    ('9780306406157', None)
    """
    match = _ISBN_TEXT.fullmatch(plain_text(text).strip().rstrip(".,;)"))
    digits = re.sub(r"[\s-]", "", match.group(1)).upper() if match else ""
    if len(digits) == 13 and "X" not in digits:
        return digits if has_isbn13_check(digits) else None
    return isbn10_to_isbn13(digits) if len(digits) == 10 and has_isbn10_check(digits) else None


def normalise_issn(text: str) -> str | None:
    """Give the ISSN with its hyphen if its check digit is right, or ``None``.

    >>> normalise_issn("issn 0378-4371"), normalise_issn("0378-4372")
    ('0378-4371', None)
    """
    match = _ISSN_TEXT.fullmatch(plain_text(text).strip().rstrip(".,;)"))
    digits = "".join(match.groups()).upper() if match else ""
    return f"{digits[:4]}-{digits[4:]}" if digits and has_issn_check(digits) else None


def normalise_orcid(text: str) -> str | None:
    """Give the ORCID iD in groups of four if its check digit is right, or ``None``.

    >>> normalise_orcid("https://orcid.org/0000-0002-1825-0097"), normalise_orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    match = _ORCID_TEXT.fullmatch(plain_text(text).strip().rstrip(".,;)/"))
    parts = match.groups() if match else ()
    return "-".join(parts).upper() if parts and has_orcid_check("".join(parts)) else None


# The order matters: a DOI may hold what looks like another identifier, eight bare digits are a PMID and not an ISSN
# (an ISSN is printed with its hyphen), and sixteen digits are an ORCID iD and not an ISBN.
_RECOGNISERS: Final[tuple[tuple[Scheme, Callable[[str], str | None]], ...]] = (
    ("doi", normalise_doi),
    ("pmid", normalise_pmid),
    ("pmcid", normalise_pmcid),
    ("nct", normalise_nct),
    ("arxiv", normalise_arxiv),
    ("orcid", normalise_orcid),
    ("issn", normalise_issn),
    ("isbn", normalise_isbn),
    ("shortdoi", normalise_short_doi),
    ("doi", find_doi),
)


def recognise(text: str) -> Identifier | None:
    """Recognise the identifier that ``text`` is, or, for a DOI, holds; ``None`` if it is none or its check digit is wrong.

    >>> [str(recognise(t)) for t in ("PMID: 31280619", "pmc5661633", "see 10.1002/MUS.24143, p. 3", "NCT02576665")]
    ['pmid:31280619', 'pmcid:PMC5661633', 'doi:10.1002/mus.24143', 'nct:NCT02576665']
    """
    for scheme, normalise in _RECOGNISERS:
        value = normalise(text)
        if value is not None:
            return Identifier(scheme, value)
    return None
