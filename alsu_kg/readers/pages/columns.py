"""Columns of a page: the gutter between two of them is found from the boxes of words, then the page is cut into bands of columns.

A gutter may be as narrow as a wide space between two words, so one line tells nothing: it is a vertical strip that no word enters
over many lines, with well-filled lines on both sides. Cells of a table are not well filled.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from alsu_kg.readers.pages.lines import Word, commonest_place

_MIDDLE: Final = (0.25, 0.75)
_FEWEST_LINES: Final = 7
_SOME_LINES: Final = 3
_WIDE: Final = 1.5  # in sizes of the type
_FILLED: Final = 0.45
_TRIES: Final = 6
_ALMOST: Final = 0.8
_NEARLY_ALL: Final = 0.9
_SAME: Final = 0.75
_ALIGNED: Final = 0.25
_FREE: Final = 0.2
_WIDE_ALMOST: Final = 0.6  # in sizes of the type, where a line or two are too long
_WORD_SPACE: Final = 0.6  # in sizes of the type
_NARROWER: Final = 0.7
_NARROWEST: Final = 0.5  # in sizes of the type
_LEAST_SHARE: Final = 0.42
_LABEL = re.compile(r"[\[(]?\d{1,3}[\])]?\.?")
Row = Sequence[Word]


class Gutter(NamedTuple):
    """A vertical strip between two columns, from ``low`` to ``high``, between the ``left`` and the ``right`` edge of the text.

    Lines are parted at ``x``, which no word of a column stands across.
    """

    low: float
    x: float
    high: float
    left: float
    right: float


class _Run(NamedTuple):
    """Rows ``start`` to ``end`` none of which has a word across a place, with the numbers of well-filled ones on each side."""

    start: int
    end: int
    left: int
    right: int
    filled_left: int
    filled_right: int


def find_gutter(rows: Sequence[Row], known: Gutter | None = None) -> Gutter | None:
    """Find the strip that parts two columns, in ``rows`` from the top down; a gutter ``known`` from other pages needs fewer lines.

    >>> def row(y, *lefts): return [Word("words", left, y, left + 38, y + 9, 10, False) for left in lefts]
    >>> page = [row(700 - 12 * i, 40, 82, 124, 166, 208, 262, 304, 346, 388, 430) for i in range(9)]
    >>> gutter = find_gutter(page)
    >>> gutter and (gutter.low, gutter.high), find_gutter(page[:3]), find_gutter(page[:3], gutter) == gutter
    ((246, 262), None, True)
    """
    if not rows:
        return None
    left, right = min(row[0].left for row in rows), max(word.right for row in rows for word in row)
    size = median(word.size for row in rows for word in row)
    found: list[tuple[int, float, Gutter]] = []
    for x in _likely_places(rows, left, right):
        runs = [run for run in _runs(rows, x, (left, right)) if _is_columns(run, _SOME_LINES)]
        if not any(max(run.filled_left, run.filled_right) >= _FEWEST_LINES for run in runs):
            continue
        filled = [min(run.filled_left, run.filled_right) for run in runs]
        strip, free = _strip(rows, runs, x, (left, right))
        sure = max(filled) >= _FEWEST_LINES or (
            free > _WIDE * size and _is_even(strip)
        )  # no space is so wide over some lines
        wide = strip.high - strip.low
        if sure and wide > _NARROWEST * size and (free > _FREE * size or wide > _WIDE_ALMOST * size):
            found.append((sum(filled), free, strip))
    found = [item for item in found if not _is_after_labels(rows, item[2].x)] or found
    if found:
        most = max(filled for filled, _, _ in found)
        return max((free, strip) for filled, free, strip in found if filled > _ALMOST * most)[1]
    return _known_gutter(rows, known, (left, right)) if known is not None else None


def _known_gutter(rows: Sequence[Row], known: Gutter, edges: tuple[float, float]) -> Gutter | None:
    """Find a gutter of another page: at its place, or as far from an edge of the text, for margins may change from page to page."""
    found: list[tuple[int, Gutter]] = []
    size = median(word.size for row in rows for word in row)
    least = max(_NARROWER * (known.high - known.low), _WIDE_ALMOST * size)
    for shift in (0.0, edges[0] - known.left, edges[1] - known.right):
        x, own = known.x + shift, (known.left + shift, known.right + shift)
        runs = [run for run in _runs(rows, x, own) if _is_columns(run, 1)]
        if runs:
            strip, free = _strip(rows, runs, x, own)
            if strip.high - strip.low > least and 2 * free > least:  # else a space between two words
                found.append((sum(min(run.filled_left, run.filled_right) for run in runs), strip))
    return max(found, key=lambda item: item[0])[1] if found else None


def _is_after_labels(rows: Sequence[Row], x: float) -> bool:
    """Say whether what stands before ``x`` are numbers that hang in the margin of a column, each close to what it numbers."""
    labels = 0
    for row in rows:
        at = next((i for i, word in enumerate(row) if word.left >= x), 0)
        if at and row[at].left - row[at - 1].right < row[at].size and _LABEL.fullmatch(row[at - 1].text):
            labels += at == 1 or row[at - 1].left - row[at - 2].right > _WORD_SPACE * row[at].size
    return labels >= _SOME_LINES


def _is_even(strip: Gutter) -> bool:
    """Say whether the columns are equally wide, or one holds two of the other's width: those of a table may be as they like."""
    left, right = strip.low - strip.left, strip.right - strip.high
    return min(left, right) > _LEAST_SHARE * max(left, right)


def _likely_places(rows: Sequence[Row], left: float, right: float) -> list[float]:
    """Give places in the middle that many rows leave free, some of them with words on each side of it, the freest first."""
    low, high = (int(left + share * (right - left)) for share in _MIDDLE)
    free, before, after = (
        [0] * (high - low + 2) for _ in range(3)
    )  # how the numbers of rows change from place to place
    for row in rows:
        edges = [left - 1e6, *(word.right for word in row)], [*(word.left for word in row), right + 1e6]
        for n, (start, end) in enumerate(zip(*edges, strict=True)):
            first, last = max(low, int(start) + 1), min(high, int(end))
            if first <= last:
                for steps, counted in ((free, True), (before, n > 0), (after, n < len(row))):
                    steps[first - low] += counted
                    steps[last - low + 1] -= counted
    numbers = zip(*(itertools.accumulate(steps[:-1]) for steps in (free, before, after)), strict=True)
    return _tops(
        [(rows_free if min(sides) >= _SOME_LINES else 0, low + i) for i, (rows_free, *sides) in enumerate(numbers)]
    )


def _tops(scores: Sequence[tuple[int, int]]) -> list[float]:
    """Give the middles of the strips of best score, each away from those before it."""
    tops: list[float] = []
    spent: set[int] = set()
    for score, x in sorted(scores, key=lambda item: -item[0]):
        if len(tops) == _TRIES or score < 1:
            break
        if x not in spent:
            last = x
            equal = {place for value, place in scores if value == score}
            while last + 1 in equal:
                last += 1
            tops.append((x + last) / 2)
            spent.update(range(x - 8, last + 9))
    return tops


def _runs(rows: Sequence[Row], x: float, edges: tuple[float, float]) -> Iterator[_Run]:
    """Give the runs of rows without a word across ``x``."""
    counts = [0, 0, 0, 0]
    start = 0
    for i, row in enumerate(rows):
        ink = ink_beside(row, x)
        if ink is None:
            if i > start:
                yield _Run(start, i, *counts)
            start, counts = i + 1, [0, 0, 0, 0]
            continue
        for side, width in enumerate((x - edges[0], edges[1] - x)):
            counts[side] += ink[side] > 0
            counts[2 + side] += ink[side] > _FILLED * width
    if len(rows) > start:
        yield _Run(start, len(rows), *counts)


def ink_beside(row: Row, x: float) -> tuple[float, float] | None:
    """Give how much of a row words fill on the left and on the right of ``x``; nothing if a word stands across it."""
    left = right = 0.0
    for word in row:
        if word.right <= x:
            left += word.right - word.left
        elif word.left >= x:
            right += word.right - word.left
        else:
            return None
    return left, right


def _is_columns(run: _Run, fewest: int) -> bool:
    return (
        min(run.filled_left, run.filled_right) >= fewest
        and run.filled_left * 3 >= run.left
        and run.filled_right * 3 >= run.right
    )


def _strip(rows: Sequence[Row], runs: Sequence[_Run], x: float, edges: tuple[float, float]) -> tuple[Gutter, float]:
    """Give the strip around ``x`` that nearly all rows leave free, and how much of it all leave: a line may be too long."""
    inside = [row for run in runs for row in rows[run.start : run.end]]
    ends = sorted(max(word.right for word in row if word.right <= x) for row in inside if row[0].right <= x)
    starts = sorted(min(word.left for word in row if word.left >= x) for row in inside if row[-1].left >= x)
    low, high = ends[int(_NEARLY_ALL * (len(ends) - 1))], starts[int((1 - _NEARLY_ALL) * len(starts))]
    return Gutter(low, (ends[-1] + starts[0]) / 2, high, *edges), starts[0] - ends[-1] if _is_edge(starts) else 0.0


def _is_edge(starts: Sequence[float]) -> bool:
    """Say whether many lines start at the same place, as those of a column do; spaces that stand under each other differ.

    >>> _is_edge([50, 50, 50.1, 62]), _is_edge([50, 51.2, 52.4, 54, 55.3, 56.9])
    (True, False)
    """
    return commonest_place(starts, _SAME)[1] > _ALIGNED * len(starts)
