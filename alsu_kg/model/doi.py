"""DOIs and shortDOIs: found in clean or messy text, normalised (DOI Handbook 3.2: case-insensitive, ASCII folding)."""

import re
from html import unescape
from urllib.parse import unquote

# Characters that print no ink: zero-width (joiners, BOM, soft hyphen, word joiner) and direction marks.
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)]
)
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
_SPACES = dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_PLAIN = str.maketrans({chr(code): new or "" for code, new in {**_INVISIBLE, **_DASHES, **_SPACES}.items()})
_ASCII_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

_DOI_URL = re.compile(
    r"^<?(?:https?:/{1,3})?(?:www\.|dx\.)?(?:doi\.org|doi\.crossref\.org|hdl\.handle\.net)/+(?:doi:\s*)?", re.I
)
_DOI_LABEL = re.compile(r"^(?:urn:doi:|info:doi/|doi\s*[:=.]?\s*(?=10[./])|doi:/*\s*)", re.I)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\x00-\x1f\x7f]+")
_PLAIN_DOI = re.compile(  # canonical as it stands, or after the address: most DOIs are
    r"(?:https?://doi\.org/)?(10\.[0-9]{4,9}/[a-z0-9][a-z0-9._/-]*[a-z0-9])"
)
_DOI_IN_TEXT = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*(?:/|%2F)[^\s\x00-\x1f\x7f]+", re.I)
_SHORT_DOI = re.compile(r"10/[a-z0-9]{3,12}")
_SHORT_DOI_URL_PART = re.compile(r"[a-z0-9]{3,10}")
_ENCODED_RESERVED = re.compile(r"%(?:2[2368-9CF]|3[A-F]|5[BDE]|7[B-D])", re.I)
_LANDING_PAGE_ENDING = re.compile(
    r"/(?:full|abstract|pdf|epdf|meta|html|summary|references|fulltext)$|\.(?:pdf|full)$", re.I
)
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<", "»": "«", "”": "“", "’": "‘"}
_NEVER_LAST = ".,;:!?'\"*_\\|`…"


def plain_text(text: str) -> str:
    """Give ``text`` with plain dashes and spaces, without zero-width characters, and with its HTML entities decoded.

    >>> plain_text("10.1000/a\u2013b&lt;c")
    '10.1000/a-b<c'
    """
    text = text.translate(_PLAIN)
    return unescape(text) if "&" in text and re.search(r"&(?:lt|gt|amp|#\d+|#x[0-9a-f]+);", text, re.I) else text


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
    plain = _PLAIN_DOI.fullmatch(text)
    if plain:
        return plain[1]
    bare = plain_text(text).strip().lstrip("([{<\"'“‘")
    address = _DOI_URL.match(bare)
    if address:
        bare = unquote(_without_query(bare[address.end() :]))
    bare = _DOI_LABEL.sub("", bare).lstrip()
    return _checked_doi(bare)


def _without_query(address: str) -> str:
    return address.partition("?")[0].partition("#")[0]


def find_doi(text: str) -> str | None:
    """Give the canonical DOI that stands anywhere in messy ``text`` (the first one), or ``None``.

    >>> find_doi("Neurology 2018;91: e123. https://www.example.org/doi/full/10.1212/WNL.0000000000005606?x=1 (free)")
    '10.1212/wnl.0000000000005606'
    """
    whole = normalise_doi(text)
    if whole is not None:
        return whole
    plain = plain_text(text)
    for match in _DOI_IN_TEXT.finditer(plain):
        found = match.group()
        before = plain[: match.start()].rsplit(None, 1)[-1:] or [""]
        if "://" in before[0]:
            found = _LANDING_PAGE_ENDING.sub("", unquote(_without_query(found)))
        doi = _checked_doi(found)
        if doi is not None:
            return doi
    return None


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
    bare = plain_text(text).strip()
    address = _DOI_URL.match(bare)
    bare = (bare[address.end() :] if address else _DOI_LABEL.sub("", bare)).translate(_ASCII_LOWER).rstrip("/.")
    if address and _SHORT_DOI_URL_PART.fullmatch(bare):
        return f"10/{bare}"
    return bare if _SHORT_DOI.fullmatch(bare) else None
