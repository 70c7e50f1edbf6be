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
from html import unescape
from typing import Final, Literal
from urllib.parse import quote, unquote

import msgspec

from alsu_kg.model.check_digits import (
    has_isbn10_check,
    has_isbn13_check,
    has_issn_check,
    has_orcid_check,
    isbn10_to_isbn13,
)

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


class Identifier(msgspec.Struct, frozen=True, order=True):
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


# Characters that print no ink: zero-width (joiners, BOM, soft hyphen, word joiner) and direction marks.
_INVISIBLE = dict.fromkeys([0xAD, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_PLAIN = str.maketrans({chr(code): new or "" for code, new in {**_INVISIBLE, **_DASHES, **_SPACES}.items()})
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

_DOI_URL = re.compile(r"^<?(?:https?:/{1,3})?(?:www\.|dx\.)?(?:doi\.org|doi\.crossref\.org|hdl\.handle\.net)/+(?:doi:\s*)?", re.I)
_DOI_LABEL = re.compile(r"^(?:urn:doi:|info:doi/|doi\s*[:=.]?\s*(?=10[./])|doi:/*\s*)", re.I)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f]+")
_DOI_IN_TEXT = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2F)[^\s\x00-\x1f\x7f]+", re.I)
_SHORT_DOI = re.compile(r"10/[a-z0-9]{3,12}")
_SHORT_DOI_URL_PART = re.compile(r"[a-z0-9]{3,10}")
_ENCODED_RESERVED = re.compile(r"%(?:2[2368-9CF]|3[A-F]|5[BDE]|7[B-D])", re.I)
_LANDING_PAGE_ENDING = re.compile(r"/(?:full|abstract|pdf|epdf|meta|html|summary|references|fulltext)$|\.(?:pdf|full)$", re.I)
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<", "»": "«", "”": "“", "’": "‘"}
_NEVER_LAST = ".,;:!?'\"*_\\|`…"

_PMID = re.compile(r"[1-9][0-9]{0,8}")
_PMID_TEXT = re.compile(
    r"(?:(?:https?://)?(?:(?:www\.)?pubmed(?:\.ncbi\.nlm\.nih)?\.gov/|(?:www\.|m\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/"
    r"(?:\?term=)?)|pmid\s*[:=]?\s*|pubmed\s*:\s*|info:pmid/|medline:\s*)?([1-9][0-9]{0,8})(?:[/?#].*)?", re.I)
_PMCID = re.compile(r"PMC[1-9][0-9]{0,9}")
_PMCID_TEXT = re.compile(
    r"(?:(?:https?://)?(?:(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/|pmc\.ncbi\.nlm\.nih\.gov/|(?:www\.)?europepmc\.org/)"
    r"(?:articles?/)(?:pmc/)?|pmcid\s*[:=]?\s*)?(PMC[1-9][0-9]{0,9})(?:\.[0-9]+)?(?:[/?#].*)?", re.I)
_ARXIV_NEW = r"[0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_ARXIV_OLD = r"[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?/[0-9]{7}"
_ARXIV_TEXT = re.compile(
    rf"(?:(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf|html)/|arxiv\s*[:=]?\s*)?"
    rf"((?:{_ARXIV_NEW}|{_ARXIV_OLD})(?:v[1-9][0-9]*)?)(?:\.pdf)?(?:\s*\[[\w.-]+\])?(?:[?#].*)?", re.I)
_NCT_TEXT = re.compile(r"(?:.*clinicaltrials\.gov/(?:ct2/show/|study/|show/|api/v2/studies/)|nct(?:id)?\s*[:=]\s*)?(NCT[0-9]{8})"
                       r"(?:[/?#].*)?", re.I)
_ISBN_TEXT = re.compile(r"(?:urn:isbn:|isbn(?:-1[03])?\s*[:=]?\s*)?((?:97[89][\s-]?)?(?:[0-9][\s-]?){9}[0-9X])", re.I)
_ISSN_TEXT = re.compile(r"(?:https?://portal\.issn\.org/resource/issn/|(?:urn:)?e?-?issn(?:-l)?\s*[:=]?\s*)?([0-9]{4})-?([0-9]{3}[0-9X])", re.I)
_ORCID_TEXT = re.compile(r"(?:https?://(?:www\.)?orcid\.org/|orcid(?:\s*id)?\s*[:=]?\s*)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9X])", re.I)


def normalise_doi(text: str) -> str | None:
    """Give the canonical DOI of ``text``, which holds one DOI and nothing else but its wrapping; ``None`` if there is none.

    Prefixes and addresses are taken off, an address is percent-decoded once, HTML entities are decoded, dashes and
    spaces become plain ones, zero-width characters go, trailing punctuation and unbalanced brackets go (SICI keep theirs).

    >>> normalise_doi("https://doi.org/10.5414/NP300493")
    '10.5414/np300493'
    >>> normalise_doi("10.5414") is None
    True
    >>> normalise_doi("(doi: 10.1002/(SICI)1097-4571(199806)49:8&lt;693::AID-ASI4&gt;3.0.CO;2-O).")
    '10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o'
    """
    bare = _plain(text).strip().lstrip("([{<\"'“‘")
    address = _DOI_URL.match(bare)
    if address:
        bare = unquote(re.split(r"[?#]", bare[address.end():], maxsplit=1)[0])
    bare = _DOI_LABEL.sub("", bare).lstrip()
    return _checked_doi(bare)


def find_doi(text: str) -> str | None:
    """Give the canonical DOI that stands anywhere in messy ``text`` (the first one), or ``None``.

    >>> find_doi("Neurology 2018;91: e123. https://www.example.org/doi/full/10.1212/WNL.0000000000005606?x=1 (free)")
    '10.1212/wnl.0000000000005606'
    """
    whole = normalise_doi(text)
    if whole is not None:
        return whole
    plain = _plain(text)
    for match in _DOI_IN_TEXT.finditer(plain):
        found = match.group()
        before = plain[:match.start()].rsplit(None, 1)[-1:] or [""]
        if "://" in before[0]:
            found = _LANDING_PAGE_ENDING.sub("", unquote(re.split(r"[?#]", found, maxsplit=1)[0]))
        doi = _checked_doi(found)
        if doi is not None:
            return doi
    return None


def _plain(text: str) -> str:
    text = text.translate(_PLAIN)
    return unescape(text) if re.search(r"&(?:lt|gt|amp|#\d+|#x[0-9a-f]+);", text, re.I) else text


def _checked_doi(text: str) -> str | None:
    while _ENCODED_RESERVED.search(text):
        text = _ENCODED_RESERVED.sub(lambda found: unquote(found.group()), text)
    bare = _without_trailing_punctuation(text.strip()).translate(_ASCII_LOWER)
    return bare if _DOI.fullmatch(bare) else None


def _without_trailing_punctuation(text: str) -> str:
    while text:
        last = text[-1]
        opener = _CLOSERS.get(last)
        unbalanced = opener is not None and text.count(last) > text.count(opener)
        if not (last in _NEVER_LAST or unbalanced or last.isspace()):
            break
        text = text[:-1]
    return text


def normalise_short_doi(text: str) -> str | None:
    """Give the canonical shortDOI (``10/aabbe``) of ``text``, or ``None``.

    >>> normalise_short_doi("https://doi.org/10/AABBE"), normalise_short_doi("https://doi.org/aabbe")
    ('10/aabbe', '10/aabbe')
    """
    bare = _plain(text).strip()
    address = _DOI_URL.match(bare)
    bare = (bare[address.end():] if address else _DOI_LABEL.sub("", bare)).translate(_ASCII_LOWER).rstrip("/.")
    if address and _SHORT_DOI_URL_PART.fullmatch(bare):
        return f"10/{bare}"
    return bare if _SHORT_DOI.fullmatch(bare) else None


def normalise_pmid(text: str) -> str | None:
    """Give the canonical PMID, or ``None`` if ``text`` is none.

    >>> normalise_pmid("31280619"), normalise_pmid("PMC31"), normalise_pmid("https://pubmed.ncbi.nlm.nih.gov/31280619/")
    ('31280619', None, '31280619')
    """
    match = _PMID_TEXT.fullmatch(_plain(text).strip().rstrip(".,;)"))
    return match.group(1) if match else None


def normalise_pmcid(text: str) -> str | None:
    """Give the canonical PMCID, or ``None`` if ``text`` is none.

    >>> normalise_pmcid("pmc5661633"), normalise_pmcid("5661633"), normalise_pmcid("PMCID: PMC5661633.2")
    ('PMC5661633', None, 'PMC5661633')
    """
    match = _PMCID_TEXT.fullmatch(_plain(text).strip().rstrip(".,;)"))
    return match.group(1).upper() if match else None


def normalise_arxiv(text: str) -> str | None:
    """Give the canonical arXiv identifier, version kept, or ``None``.

    >>> normalise_arxiv("https://arxiv.org/abs/2304.05376v3"), normalise_arxiv("arXiv:HEP-TH/9901001 [hep-th]")
    ('2304.05376v3', 'hep-th/9901001')
    """
    match = _ARXIV_TEXT.fullmatch(_plain(text).strip())
    return match.group(1).lower() if match else None


def normalise_nct(text: str) -> str | None:
    """Give the canonical NCT number, or ``None``.

    >>> normalise_nct("https://clinicaltrials.gov/study/nct02576665?tab=results")
    'NCT02576665'
    """
    match = _NCT_TEXT.fullmatch(_plain(text).strip().rstrip(".,;)"))
    return match.group(1).upper() if match else None


def normalise_isbn(text: str) -> str | None:
    """Give the ISBN-13 of an ISBN-10 or ISBN-13 whose check digit is right, or ``None``.

    >>> normalise_isbn("ISBN 0-306-40615-2"), normalise_isbn("978-0-306-40615-8")
    ('9780306406157', None)
    """
    match = _ISBN_TEXT.fullmatch(_plain(text).strip().rstrip(".,;)"))
    digits = re.sub(r"[\s-]", "", match.group(1)).upper() if match else ""
    if len(digits) == 13 and "X" not in digits:
        return digits if has_isbn13_check(digits) else None
    return isbn10_to_isbn13(digits) if len(digits) == 10 and has_isbn10_check(digits) else None


def normalise_issn(text: str) -> str | None:
    """Give the ISSN with its hyphen if its check digit is right, or ``None``.

    >>> normalise_issn("issn 0378-4371"), normalise_issn("0378-4372")
    ('0378-4371', None)
    """
    match = _ISSN_TEXT.fullmatch(_plain(text).strip().rstrip(".,;)"))
    digits = "".join(match.groups()).upper() if match else ""
    return f"{digits[:4]}-{digits[4:]}" if digits and has_issn_check(digits) else None


def normalise_orcid(text: str) -> str | None:
    """Give the ORCID iD in groups of four if its check digit is right, or ``None``.

    >>> normalise_orcid("https://orcid.org/0000-0002-1825-0097"), normalise_orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    match = _ORCID_TEXT.fullmatch(_plain(text).strip().rstrip(".,;)/"))
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
