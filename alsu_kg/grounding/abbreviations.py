"""Abbreviations that a document defines, such as ``azathioprine (AZA)``: they hold in that document.

The algorithm is that of Schwartz and Hearst (A simple algorithm for identifying abbreviation definitions in biomedical text,
Pacific Symposium on Biocomputing 2003, 451-462): the letters of the short form are looked for from the right in the words before
the parenthesis, and the first one must begin a word.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

_PARENTHESIS: Final = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")
_SHORT: Final = re.compile(r"(?=.*[^\W\d_])[^\W_][\w\-+/α-ωΑ-Ω]{1,9}")
_CLAUSE: Final = re.compile(r"[.;:!?]\s|[()\[\]]|\n\s*\n")
_WORD: Final = re.compile(r"\S+")


class Definition(NamedTuple):
    """A definition: short form, long form, and the characters of the long form."""

    short: str
    long: str
    start: int
    end: int


def find_definitions(text: str) -> list[Definition]:
    """Find ``long form (SHORT)`` and ``SHORT (long form)``; the first definition of a short form comes first.

    >>> [(d.short, d.long) for d in find_definitions("We gave azathioprine (AZA) to people with ALS (PALS).")]
    [('AZA', 'azathioprine'), ('PALS', 'people with ALS')]
    >>> [(d.short, d.long) for d in find_definitions("ALS (amyotrophic lateral sclerosis) is rare (2020).")]
    [('ALS', 'amyotrophic lateral sclerosis')]
    """
    return list(_definitions(text))


def _definitions(text: str) -> Iterator[Definition]:
    for match in _PARENTHESIS.finditer(text):
        inside = re.split(r"[,;]\s", match[1])[0].strip().strip("\"'“”")
        found = _long_before(text, match.start(), inside) if _is_short(inside) else _long_inside(text, match)
        if found:
            yield found


def _is_short(text: str) -> bool:
    return bool(_SHORT.fullmatch(text)) and any(char.isupper() for char in text)


def _long_before(text: str, end: int, short: str) -> Definition | None:
    """Look for the long form in the words before the parenthesis: at most min(|short| + 5, 2 |short|) words."""
    before = text[max(0, end - 300) : end].rstrip()
    offset = max(0, end - 300)
    clause = max((m.end() for m in _CLAUSE.finditer(before)), default=0)
    words = list(_WORD.finditer(before, clause))
    letters = sum(char.isalnum() for char in short)
    window = words[-min(letters + 5, 2 * letters) :]
    if not window:
        return None
    start = _match_letters(short, before[window[0].start() :])
    if start is None:
        return None
    begin = window[0].start() + start
    long = before[begin:]
    return (
        Definition(short, " ".join(long.split()), offset + begin, offset + len(before))
        if _is_long(long, short)
        else None
    )


def _long_inside(text: str, match: re.Match[str]) -> Definition | None:
    """Look whether the word before the parenthesis abbreviates what stands in it."""
    word = re.search(r"(\S+)\s*$", text[max(0, match.start() - 20) : match.start()])
    short = word[1].strip(",;:\"'“”") if word else ""
    long = re.split(r"[,;]\s", match[1])[0].strip()
    if not _is_short(short) or _match_letters(short, long) != 0 or not _is_long(long, short):
        return None
    start = match.start(1) + match[1].index(long)
    return Definition(short, " ".join(long.split()), start, start + len(long))


def _is_long(long: str, short: str) -> bool:
    words = long.split()
    return len(long) > len(short) and short not in words and any(char.islower() for char in long)


def _match_letters(short: str, long: str) -> int | None:
    """Match the letters of ``short`` in ``long`` from the right; give where the first one stands, at the start of a word."""
    at = len(long) - 1
    for position in range(len(short) - 1, -1, -1):
        letter = short[position].lower()
        if not letter.isalnum():
            continue
        first = position == 0
        while at >= 0 and (long[at].lower() != letter or (first and at > 0 and long[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


def index_definitions(definitions: list[Definition]) -> Mapping[str, str]:
    """Give the long form of each short form; the first definition of a document holds.

    >>> index_definitions([Definition("AZA", "azathioprine", 0, 12), Definition("AZA", "azacitidine", 20, 31)])
    {'AZA': 'azathioprine'}
    """
    found: dict[str, str] = {}
    for one in definitions:
        found.setdefault(one.short, one.long)
    return found
