"""Bylines: the names below a title, with raised marks that point at affiliations and are no citations."""

import re
from typing import Final

from alsu_kg.extraction.dates import ENGLISH_MONTH

_MOST: Final = 3_000
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = r"(?:\d++|[*†‡§¶#])"
_MARKS = re.compile(rf"(?<=[\w.’'*†‡§¶#])\s?{_MARK}(?:(?:\s{{0,2}}|\s?,\s?){_MARK})*(?![\w.])")
_DEGREES = re.compile(
    r",?\s+\b(?:M\.?D\.?|Ph\.?\s?D\.?|D\.?Phil|M\.?Sc|B\.?Sc|M\.?S|M\.?A|D\.?O|M\.?P\.?H|R\.?N|Pharm\.?D|MBBS|MBChB|FRCP|FAAN|FANA"
    r"|CCRC|Jr|Sr|I{2,3})\b\.?"
)
_PARTS = re.compile(r"\s*(?:,\s*(?:and|&)\s+|[,;·•|]|\band\b|&)\s*")
_NAME = re.compile(
    r"(?:Dr\.?\s+|Prof\.?\s+)?[^\W\d_a-z][\w.’'-]*(?:[\s-]+(?:van|von|de|der|den|del|di|da|do|dos|la|le|el|al|bin|ben|ten|ter"
    r"|[^\W\d_a-z][\w.’'-]*)){1,5}"
)
# "Written by …", "Authors: …"; those who reviewed are told apart from those who wrote.
_LABEL = re.compile(
    r"(?:(?:The\s+)?ALS\s?Untangled\s+)?(?:(?P<reviewed>(?:contributing\s+)?reviewers?|contributors?|reviewed\s+by)"
    r"|authors?|(?:written|posted)\s+by|by)\s*(?:[:–—-]\s*|(?<=\bby)\s+)",
    re.IGNORECASE,
)
_STARTS_LABEL: Final = frozenset("aAbBcCpPrRtTwW")
_BEHIND = re.compile(
    r"(?<=[a-zß-ÿ])(?<!Dr)(?<!Prof)\.\s.*$|\s(?:Date|DOI|Published|Correspond\w+|E-?mail)\b.*$"
    rf"|\s(?:\d{{1,2}}\s+)?{ENGLISH_MONTH}\.?\s+\d.*$",
    re.DOTALL,
)
_FIRST = re.compile(_NAME.pattern + r"\s?(?:[\d⁰¹²³⁴⁵⁶⁷⁸⁹*†‡§¶#,;·•|&]|and\b)")


def names_of_byline(text: str) -> tuple[str, ...]:
    """Give the names if ``text`` is nothing but two or more names of people, or one or more behind ``By`` or the like.

    >>> names_of_byline("Ann Ayers¹*, Bob van den Dole2,3 and Cy Wei, PhD")
    ('Ann Ayers', 'Bob van den Dole', 'Cy Wei')
    >>> names_of_byline("Ann Ayers, the author, wrote this.")
    ()
    >>> names_of_byline("3 May 2021 | by Ann Ayers"), names_of_byline("Authors - Ann Ayers, Cy Wei 3 May 2021")
    (('Ann Ayers',), ('Ann Ayers', 'Cy Wei'))
    >>> [names_of_byline(text) for text in ("Written by Ann Ayers & Cy Wei", "Reviewers: Ann Ayers.", "By Ann it was seen")]
    [('Ann Ayers', 'Cy Wei'), ('Ann Ayers',), ()]
    """
    label = _label(text)
    if label is None and " | " in text[:_MOST] and (named := next(filter(_label, text.split(" | ")), None)):
        return names_of_byline(named)
    if label is not None:
        text = _BEHIND.sub("", text[label.end() :])
    if not 8 < len(text) <= _MOST or (label is None and _FIRST.match(text) is None):
        return ()
    plain = _DEGREES.sub("", _MARKS.sub("", text.translate(_RAISED))).strip(" .,;*†‡")
    names = [name for name in _PARTS.split(plain) if name]
    return tuple(names) if len(names) > (label is None) and all(map(_NAME.fullmatch, names)) else ()


def _label(text: str) -> re.Match[str] | None:
    return _LABEL.match(text) if text[:1] in _STARTS_LABEL else None


def names_reviewers(text: str) -> bool:
    """Say whether a line says of those whom it names that they reviewed.

    >>> names_reviewers("Reviewers: Ann Ayers"), names_reviewers("Written by Ann Ayers")
    (True, False)
    """
    label = _label(text)
    return label is not None and label["reviewed"] is not None
