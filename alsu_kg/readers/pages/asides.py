"""Boxes beside the text of a page: what the journal tells of an article, key points, links to other pages.

A box has lines of its own, which stand at other heights than those of the text beside it; the cells of a table stand at the same.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from alsu_kg.readers.pages.lines import NEAR, Word

_FEWEST_LINES: Final = 3
_FEWEST_BESIDE: Final = 2  # where the type differs
_WIDE: Final = 1.1  # in sizes of the type, as all that follow
_LEVEL: Final = 0.12
_DENSE: Final = 2.0
_MUCH_SMALLER: Final = 0.6
_OTHER_SIZE: Final = 0.93
_TRIES: Final = 8
_AS_WIDE: Final = 0.85
_SAME_SIZE: Final = 0.3
Row = Sequence[Word]


class Aside(NamedTuple):
    """A box in the rows ``start`` to ``end``: words to the left of ``x`` or those to the right of it. Or both are columns."""

    start: int
    end: int
    x: float
    is_left: bool
    is_column: bool


class _Side(NamedTuple):
    """The lines on one side of a place: how high they stand and how large they and their types are."""

    heights: list[float]
    size: float
    width: float


def find_aside(rows: Sequence[Row]) -> Aside | None:
    """Find a box beside the text of ``rows``, which come from the top down.

    >>> def line(left, y, size): return Word("words", left, y, left + 20 * size, y + size, size, False)
    >>> text, box = [line(200, 700 - 12 * i, 10) for i in range(9)], [line(50, 697 - 9.5 * i, 7) for i in range(8)]
    >>> rows = [[word] for word in sorted([*text, *box], key=lambda word: -word.bottom)]
    >>> find_aside(rows)
    Aside(start=1, end=14, x=199, is_left=True, is_column=False)
    """
    found = [aside for x in _starts(rows) for aside in _asides(rows, x)]
    return max(found, default=(0, None), key=lambda item: item[0])[1]


def _starts(rows: Sequence[Row]) -> list[float]:
    """Give the places where many lines start."""
    starts = Counter(
        round(word.left)
        for row in rows
        for before, word in itertools.pairwise([None, *row])
        if word is not None and (before is None or word.left - before.right > _WIDE * min(before.size, word.size))
    )
    edge = min(starts, default=0)
    near = {x: n + starts[x - 1] + starts[x + 1] for x, n in starts.items() if x > edge + 3}
    return [x - 1 for x, n in Counter(near).most_common(_TRIES) if n >= _FEWEST_LINES]


def _asides(rows: Sequence[Row], x: float) -> Iterator[tuple[int, Aside]]:
    """Give the boxes that end or start at ``x``, each with the number of its lines."""
    free = [all(w.right < x or w.left >= x - 1 for w in row) for row in rows]
    for is_free, some in itertools.groupby(range(len(rows)), key=lambda i: free[i]):
        run = list(some)
        if not is_free:
            continue
        ends = [[i for i in run if any((w.left < x) == left for w in rows[i])] for left in (True, False)]
        if min(map(len, ends)) < _FEWEST_BESIDE or max(map(len, ends)) < _FEWEST_LINES:
            continue
        start, end = max(ends[0][0], ends[1][0]), min(ends[0][-1], ends[1][-1]) + 1
        left, right = (
            _side([w for row in rows[start:end] for w in row if (w.left < x) == is_left]) for is_left in (True, False)
        )
        if left is None or right is None or not _are_independent(left, right):
            continue
        if not _is_wide(rows[start:end], x):
            continue
        is_left = left.width * left.size < right.width * right.size
        yield min(len(left.heights), len(right.heights)), Aside(start, end, x, is_left, _are_alike(left, right))


def _side(words: Sequence[Word]) -> _Side | None:
    if not words:
        return None
    heights: list[float] = []
    for height in sorted((word.bottom for word in words), reverse=True):
        if not heights or heights[-1] - height > NEAR:
            heights.append(height)
    if not heights:
        return None
    width = max(word.right for word in words) - min(word.left for word in words)
    return _Side(heights, median(word.size for word in words), width)


def _are_independent(left: _Side, right: _Side) -> bool:
    """Say whether lines stand at other heights on the left than on the right, as those of a table do not."""
    size = min(left.size, right.size)
    level = sum(any(abs(a - b) < _LEVEL * size for b in right.heights) for a in left.heights)
    fewest = min(len(left.heights), len(right.heights))
    if fewest < _FEWEST_BESIDE and not (
        size < _MUCH_SMALLER * max(left.size, right.size)
        and max(len(left.heights), len(right.heights)) >= _FEWEST_LINES
    ):
        return False
    if size < _OTHER_SIZE * max(left.size, right.size):  # no table has columns of different type
        return level * 3 <= fewest or (
            fewest >= _FEWEST_LINES and level * 2 <= fewest and (_is_dense(left) or _is_dense(right))
        )
    return fewest >= _FEWEST_LINES and level * 2 <= fewest and _is_dense(left) and _is_dense(right)


def _are_alike(left: _Side, right: _Side) -> bool:
    """Say whether both sides are columns of one text."""
    return (
        min(left.width, right.width) > _AS_WIDE * max(left.width, right.width)
        and abs(left.size - right.size) < _SAME_SIZE
    )


def _is_dense(side: _Side) -> bool:
    steps = [a - b for a, b in itertools.pairwise(side.heights)]
    return sum(step < _DENSE * side.size for step in steps) * 2 > len(steps)


def _is_wide(rows: Sequence[Row], x: float) -> bool:
    """Say whether the gap before ``x`` is wide in all rows together."""
    words = [word for row in rows for word in row]
    ends = [word.right for word in words if word.left < x]
    starts = [word.left for word in words if word.left >= x - 1]
    return min(starts) - max(ends) > _WIDE * median(word.size for word in words)
