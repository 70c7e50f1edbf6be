"""Characters that a PDF draws without saying what they are: the letter before one seems too wide. They are marked, not guessed.

Fonts made of pictures (Type 3 fonts, ISO 32000-1, section 9.6.5) often lack the map to letters (section 9.10.3), and dashes and
ligatures are lost: ``4–6`` would be read as ``46``.
"""

from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Final

_WIDER: Final = 0.2  # in sizes of the type
UNKNOWN: Final = "\ufffd"
Char = tuple[str, float, float]
"""A character, the size of its type and its width."""


def _key(char: str, size: float) -> tuple[str, float]:
    return ("0" if char.isdigit() else char, round(size, 1))


def usual_widths(words: Iterable[Sequence[Char]]) -> dict[tuple[str, float], float]:
    """Give how wide each character of each size usually is; all digits are alike.

    >>> usual_widths([[("4", 10, 5), ("2", 10, 5)], [("4", 10, 10), ("6", 10, 5)]])
    {('0', 10): 5.0}
    """
    widths: dict[tuple[str, float], list[float]] = {}
    for word in words:
        for char, size, width in word:
            widths.setdefault(_key(char, size), []).append(width)
    return {key: median(values) for key, values in widths.items()}


def mark_unknown(word: Sequence[Char], usual: Mapping[tuple[str, float], float]) -> str:
    """Give the letters of a word with a mark for each unknown character within it.

    >>> mark_unknown([("[", 10, 3), ("4", 10, 10), ("6", 10, 5), ("]", 10, 3)], {("0", 10): 5})
    '[4�6]'
    """
    parts = []
    for i, (char, size, width) in enumerate(word):
        too_wide = width > usual.get(_key(char, size), width) + _WIDER * size
        parts.append(char + UNKNOWN if too_wide and i + 1 < len(word) else char)
    return "".join(parts)
