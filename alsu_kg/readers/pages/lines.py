"""Words of a page with their boxes -> rows of words that stand at one height, and lines of text."""

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final, NamedTuple

NEAR: Final = 1.5
CLOSE: Final = 0.12
_SMALL: Final = 0.8
SMALLER: Final = 0.9
_BESIDE: Final = 0.45
_NOT_MUCH_LARGER: Final = 1.6
_LIFTED: Final = 0.12
_MUCH: Final = 0.25
RAISED: Final = str.maketrans("0123456789-–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")


class Word(NamedTuple):
    """A word with its box (left, bottom, right, top in points) and the size of its type."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool


class Char(NamedTuple):
    """A character: its left end, its right end, where it stands, how high it is, the size of its type.

    ``is_picture`` says that it comes from a font of pictures, which may hold characters that are not given.
    """

    text: str
    left: float
    right: float
    bottom: float
    height: float
    size: float
    bold: bool
    is_picture: bool = False


class Line(NamedTuple):
    """Words that stand beside each other without a wide gap."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool


def gather_rows(words: Sequence[Word]) -> list[list[Word]]:
    """Gather the words that stand at one height, from left to right.

    >>> [[word.text for word in row] for row in gather_rows([Word("b", 9, 0, 12, 9, 9, False), Word("a", 0, 1, 4, 9, 9, False)])]
    [['a', 'b']]
    """
    rows: list[list[Word]] = []
    places: list[tuple[float, float]] = []  # of the largest word of each row, for a raised number may come first
    for word in sorted(words, key=lambda w: (-w.bottom, w.left)):
        if not word.text.strip():
            continue
        bottom, size = word.bottom, word.size
        for n in range(max(0, len(rows) - 6), len(rows)):
            other, largest = places[n]
            wide = min(largest, _NOT_MUCH_LARGER * size) if largest > size else min(size, _NOT_MUCH_LARGER * largest)
            if abs(other - bottom) < _BESIDE * wide:
                rows[n].append(word)
                if size > largest:
                    places[n] = bottom, size
                break
        else:
            rows.append([word])
            places.append((bottom, size))
    for row in rows:
        row.sort(key=lambda w: w.left)
    return rows


def text_size(pages: Iterable[Iterable[Iterable[Word]]]) -> float:
    """Give the size of running text: the largest that much is set in, for references and tables may be smaller.

    >>> text_size([[[Word("text", 0, 0, 9, 9, 10, False), Word("note", 12, 0, 20, 9, 8, False)]]]), text_size([])
    (10.0, 0.0)
    """
    letters: Counter[float] = Counter()
    for word in itertools.chain.from_iterable(itertools.chain.from_iterable(pages)):
        letters[round(2 * word.size) / 2] += len(word.text)
    return max((size for size, n in letters.items() if n >= _MUCH * letters.total()), default=0.0)


def is_raised(size: float, bottom: float, beside: tuple[float, float]) -> bool:
    """Say whether something of this ``size`` that stands at ``bottom`` is raised ``beside`` words of a size and bottom.

    A browser makes raised numbers only a sixth smaller, but lifts them clear of the line.

    >>> is_raised(7, 0.5, (10, 0)), is_raised(8.3, 3, (10, 0)), is_raised(8.3, 0, (10, 0)), is_raised(7, -2, (10, 0))
    (True, True, False, False)
    """
    other, base = beside
    return (size < _SMALL * other and bottom > base - 0.05 * other) or (
        size < SMALLER * other and bottom > base + _LIFTED * other
    )


def make_line(words: Sequence[Word]) -> Line:
    """Join words that stand beside each other to a line.

    >>> words = [Word("mice", 12, 0, 30, 10, 10, False), Word("3", 30, 4, 34, 11, 7, False)]
    >>> make_line(words).text
    'mice³'
    """
    size = max(w.size for w in words)
    base = median(w.bottom for w in words if w.size > SMALLER * size)
    text = ""
    for i, word in enumerate(words):
        close = i > 0 and word.left - words[i - 1].right < CLOSE * max(word.size, words[i - 1].size)
        raised = (i == 0 or close) and is_raised(word.size, word.bottom, (size, base))
        raised = raised and re.fullmatch(r"[\d,–-]+", word.text) is not None
        text += ("" if i == 0 or close else " ") + (word.text.translate(RAISED) if raised else word.text)
    return Line(text, words[0].left, words[-1].right, base, size, all(w.bold for w in words))


def commonest_place(places: Iterable[float], near: float = NEAR) -> tuple[float, int]:
    """Give the place that most of the others lie near to, the last of equal ones, and how many do.

    >>> commonest_place([50, 50.1, 62, 62.4, 62.5, 90]), commonest_place([])
    ((62.5, 3), (0.0, 0))
    """
    ordered = sorted(places)
    counts = [bisect_left(ordered, place + near) - bisect_right(ordered, place - near) for place in ordered]
    most = max(counts, default=0)
    return max((place for place, n in zip(ordered, counts, strict=True) if n == most), default=0.0), most


def is_heading(line: Line, body: float) -> bool:
    """Say whether a line is a heading over text of the size ``body``, by its type.

    >>> is_heading(Line("Risks", 50, 80, 90, 12, False), 10), is_heading(Line("Risks", 50, 80, 90, 10, False), 10)
    (True, False)
    """
    return (
        len(line.text) < 150
        and (line.size > 1.12 * body or (line.bold and line.size > 0.95 * body))
        and not re.match(r"^[\d\W]*$", line.text)
    )
