"""Identifiers of works in one canonical form each.

DOI: lower case without prefix (DOI Handbook 3.2: DOIs are case-insensitive); PMID: digits; PMCID: ``PMC`` and digits.
"""

import re

_DOI_PREFIX = re.compile(r"^(?:https?://)?(?:dx\.)?doi\.org/|^doi:\s*|^info:doi/", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f]+")
_PMID = re.compile(r"[1-9][0-9]{0,8}")
_PMCID = re.compile(r"PMC[1-9][0-9]{0,9}")


def normalise_doi(text: str) -> str | None:
    """Give the canonical DOI in ``text`` (a DOI with or without prefix), or ``None`` if it is not a DOI.

    >>> normalise_doi("https://doi.org/10.5414/NP300493")
    '10.5414/np300493'
    >>> normalise_doi("10.5414") is None
    True
    """
    bare = _DOI_PREFIX.sub("", text.strip()).lower()
    return bare if _DOI.fullmatch(bare) else None


def normalise_pmid(text: str) -> str | None:
    """Give the canonical PMID, or ``None`` if ``text`` is none.

    >>> normalise_pmid("31280619"), normalise_pmid("PMC31")
    ('31280619', None)
    """
    bare = text.strip().removeprefix("PMID:").strip()
    return bare if _PMID.fullmatch(bare) else None


def normalise_pmcid(text: str) -> str | None:
    """Give the canonical PMCID, or ``None`` if ``text`` is none.

    >>> normalise_pmcid("pmc5661633"), normalise_pmcid("5661633")
    ('PMC5661633', None)
    """
    bare = text.strip().upper()
    return bare if _PMCID.fullmatch(bare) else None
