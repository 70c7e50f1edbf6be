"""Ligatures that a font of pictures does not name, as old TeX fonts have them: told by the room that they leave.

In text fonts of TeX fi and fl are about as wide as n, ff a twentieth wider, ffi and ffl half as wide again (Computer Modern
Typefaces, and its successors). What follows tells an i from an l: no English word has fl before a consonant.
"""

import itertools
import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from alsu_kg.readers.pages.lines import Char

# All but the last letter, and how wide at least and at most, in widths of an n.
_WIDTHS: Final = (("f", 0.98, 1.031), ("ff", 1.031, 1.1), ("ff", 1.46, 1.56))
_FF: Final = _WIDTHS[1]
_L_BEFORE = re.compile(r"[aiouy]|e(?:[aceltx]|sh)")
_L_AFTER_FF = re.compile(r"[aeiouy]")
_BEFORE: Final = " -–/(“‘"


def letter_widths(chars: Sequence[Char]) -> dict[tuple[float, bool], float]:
    """Give the width of an n for each size of type of fonts of pictures, bold or not.

    >>> letter_widths([Char("n", 0, 5, 0, 9, 9, False, True), Char("n", 5, 9, 0, 9, 9, False)])
    {(9, False): 5}
    """
    widths: dict[tuple[float, bool], list[float]] = {}
    for char in chars:
        if char.is_picture and char.text == "n":
            widths.setdefault((round(char.size, 1), char.bold), []).append(char.right - char.left)
    return {key: median(own) for key, own in widths.items()}


def with_lost_ligatures(row: Sequence[Char], widths: dict[tuple[float, bool], float]) -> list[Char]:
    """Put ligatures where characters of a row leave just the room for one, between a letter or a space and a small letter.

    >>> row = [Char(" ", 0, 3, 0, 10, 10, False, True), Char("r", 8, 12, 0, 10, 10, False, True)]
    >>> [char.text for char in with_lost_ligatures(row, {(10, False): 5})], len(with_lost_ligatures(row, {(10, False): 6}))
    ([' ', 'fi', 'r'], 2)
    """
    out = list(row[:1])
    for i, (before, char) in enumerate(itertools.pairwise(row), 1):
        width = widths.get((round(char.size, 1), char.bold), 0.0)
        if width and char.is_picture and char.text.islower() and (before.text.isalpha() or before.text in _BEFORE):
            found = _ligature((char.left - before.right) / width, "".join(other.text for other in row[i : i + 3]))
            if found:
                out.append(char._replace(text=found, left=before.right, right=char.left))
        out.append(char)
    return out


def _ligature(room: float, following: str) -> str | None:
    """Give the ligature that leaves so much ``room`` (in widths of an n) before the letters ``following``.

    >>> _ligature(1.0, "rst"), _ligature(1.0, "uor"), _ligature(1.05, "ect"), _ligature(1.5, "cac"), _ligature(1.2, "cac")
    ('fi', 'fl', 'ff', 'ffi', None)
    """
    found = next((one for one in _WIDTHS if one[1] <= room < one[2]), None)
    if found is None or found is _FF:
        return found and found[0]
    before_l = _L_BEFORE if found[0] == "f" else _L_AFTER_FF
    return found[0] + ("l" if before_l.match(following) else "i")
