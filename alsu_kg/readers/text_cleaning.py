"""Bare text -> clean text with its places: white space collapsed, control characters dropped, raised digits marked."""

import re

from alsu_kg.model.document import Text, TextBuilder
from alsu_kg.readers.raised_numbers import SUPERSCRIPTS, is_citing

_RAISED = re.compile(
    r"[⁰¹²³⁴⁵⁶⁷⁸⁹](?:[⁰¹²³⁴⁵⁶⁷⁸⁹⁻,–-]*[⁰¹²³⁴⁵⁶⁷⁸⁹])?|\^\{?[0-9][0-9,\s–-]{0,60}[}^]|\^\([0-9][0-9,\s–-]{0,60}\)"
    r"|(?:\\ )?:sup:`[0-9][0-9,\s–-]{0,60}`|\^[0-9]{1,3}(?:[,–-][0-9]{1,3})*(?![\w}^])"
)
_HIDDEN = re.compile(r"[\x00-\x08\x0e-\x1f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\xa0\u2002-\u200a\u202f\x0b\x0c\r]+")
_UNEVEN = re.compile(rf"{_RAISED.pattern}|{_HIDDEN.pattern}|{_SPACES.pattern}")
_MEASURED = re.compile(r"(?:\d|\b(?:[kcmnμµ]?m|s|g|kg|x|n))\s?$")  # what has powers, not references: 10^6, m^2


def clean_text(raw: str, start: int, end: int) -> Text:
    """Give ``raw[start:end]`` with white space collapsed, control characters dropped, raised digits marked.

    >>> clean_text("no  effect³ seen", 0, 16).text, clean_text("no effect^3,4^ of 10^6 cells", 0, 28).text
    ('no effect 3 seen', 'no effect 3,4 of 10^6 cells')
    """
    builder = TextBuilder()
    position = start
    for match in _UNEVEN.finditer(raw[start:end]):
        low, high = match.start() + start, match.end() + start
        if match[0][0] in "^:\\" and _MEASURED.search(raw, max(start, low - 6), low):
            continue
        builder.add(raw[position:low], position)
        if match[0].isspace():
            if builder.last not in (" ", ""):
                builder.add(" ", low, high - low)
        elif _RAISED.fullmatch(match[0]):
            raised = match[0].strip("^{}()`:sup\\ ")
            if is_citing(raised.translate(SUPERSCRIPTS), builder.ending()):
                builder.gap()
            at = builder.length
            builder.add(raised.translate(SUPERSCRIPTS), low + match[0].index(raised))
            builder.mark(at, "superscript")
        position = high
    builder.add(raw[position:end], position)
    return builder.build().strip()
