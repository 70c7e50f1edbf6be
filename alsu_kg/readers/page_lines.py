"""Words of a page with their boxes -> lines: what stands at one height, parted at gutters and between cells, not by spaces."""

import itertools
import re
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

_WIDEST_SPACE: Final = 3.0
_MOST_WORDS: Final = 200
NOWHERE: Final = -1e9
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
    for word in sorted(words, key=lambda w: (-w.bottom, w.left)):
        if word.text.strip():
            row = next(
                (r for r in rows[-6:] if abs(r[0].bottom - word.bottom) < 0.45 * max(word.size, r[0].size)), None
            )
            if row is None:
                rows.append([word])
            else:
                row.append(word)
    for row in rows:
        row.sort(key=lambda w: w.left)
    return rows


def split_rows(rows: Sequence[Sequence[Word]], gutter: float) -> list[Line]:
    """Split rows at gaps wider than the type is high: columns, cells. Equal spaces of a justified line are no such gap.

    The ``gutter`` parts columns even where it is as wide as these spaces.

    >>> words = [Word(text, left, 0, left + 8, 10, 10, False) for text, left in (("a", 0), ("b", 12), ("c", 80))]
    >>> [line.text for line in split_rows(gather_rows(words), NOWHERE)]
    ['a b', 'c']
    """
    lines: list[Line] = []
    for i, row in enumerate(rows):
        near = (*rows[max(0, i - 1) : i], *rows[i + 1 : i + 2])
        spaces = _equal_spaces(row, [word.left for words in near for word in words])
        part = [row[0]]
        for n, (before, word) in enumerate(itertools.pairwise(row)):
            wide = word.left - before.right > 1.1 * max(before.size, word.size)
            if wide and (n not in spaces or before.right <= gutter <= word.left):
                lines.append(_line(part))
                part = []
            part.append(word)
        lines.append(_line(part))
    return lines


def _equal_spaces(row: Sequence[Word], beside: Sequence[float]) -> set[int]:
    """Find the spaces of a justified line: wide ones that are equal, before words that stand under no other word.

    Cells of a table are as far apart as they like, and stand under each other. ``beside`` are the left edges of the words
    of the rows above and below.

    >>> words = [Word("word", left, 0, left + 20, 10, 10, False) for left in (0, 35, 70, 105)]
    >>> _equal_spaces(words, [0, 50]), _equal_spaces(words, [0, 35, 70, 105])
    ({0, 1, 2}, set())
    """
    gaps = [(n, b.left - a.right, max(a.size, b.size)) for n, (a, b) in enumerate(itertools.pairwise(row))]
    gaps = [(n, gap, size) for n, gap, size in gaps if gap > 0.12 * size]  # a raised number stands close to its word
    if len(row) > _MOST_WORDS or not any(1.1 * size < gap < _WIDEST_SPACE * size for _, gap, size in gaps):
        return set()
    found: set[int] = set()
    run: list[int] = []
    for i, (n, gap, size) in enumerate(gaps):
        if not (i and abs(gap - gaps[i - 1][1]) < 0.08 * size) or gap > _WIDEST_SPACE * size:
            run = []
        run.append(n)
        if len(run) > 1 and gap < _WIDEST_SPACE * size:
            found.update(run)
    under = sum(any(abs(row[n + 1].left - left) < 1.5 for left in beside) for n in found)
    return found if under * 4 < len(found) * 3 else set()


def _line(words: Sequence[Word]) -> Line:
    size = max(w.size for w in words)
    base = median(w.bottom for w in words if w.size > 0.8 * size)
    text = ""
    for i, word in enumerate(words):
        raised = (
            word.size < 0.8 * size
            and word.bottom > base - 0.05 * size
            and re.fullmatch(r"[\d,–-]+", word.text) is not None
        )
        close = i > 0 and word.left - words[i - 1].right < 0.12 * size
        text += ("" if i == 0 or close else " ") + (word.text.translate(RAISED) if raised else word.text)
    return Line(text, words[0].left, words[-1].right, base, size, all(w.bold for w in words))
