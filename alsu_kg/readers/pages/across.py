"""Rows of a page that stand across its columns: titles, wide tables, and what belongs to them."""

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from alsu_kg.readers.headings import is_known_heading
from alsu_kg.readers.pages.columns import Gutter, ink_beside
from alsu_kg.readers.pages.lines import Word

_FILLED: Final = 0.45
_FULL: Final = 0.6
_SAME: Final = 0.75
_INDENT: Final = 3.0  # in sizes of the type
_WORD_SPACE: Final = 0.6  # in sizes of the type
_SURE_SPACE: Final = 0.45
_CLOSE_ROWS: Final = 1.7  # in sizes of the type
_NEXT: Final = 2.5
_EDGE: Final = 2.0  # in sizes of the type: where a paragraph or a list starts
_LARGER: Final = 1.12
_NARROWER: Final = 0.7
_FEWEST_GAPS: Final = 2
_ADDRESS = re.compile(r"^(?=.{12}).*[^\W\d_]{2}[:./?=&_\\-].*[./?=&_-]")
Row = Sequence[Word]


def are_across(rows: Sequence[Row], gutter: Gutter, others: Sequence[Gutter] = ()) -> list[bool]:
    """Say of each row whether it stands across both columns; one with words in one column only where it is close to such a row.

    On a page of three columns the ``others`` are further gutters.
    """
    gutters = [gutter, *others]
    kinds: list[bool | None] = [True] * (_titles(rows, gutters) if others else 0)
    for i, row in enumerate(rows[len(kinds) :], len(kinds)):
        kind = any(_is_across(row, other) for other in others) or _is_across(row, gutter)
        if kind is False and _has_cells_beside(row, gutter):
            kind = not any(_starts_column(other, gutter) or _is_hanging(row, other, gutter) for other in _near(rows, i))
        if (
            kind is not True
            and i
            and kinds[-1]
            and (_has_cells_under(row, rows[i - 1], gutters) or _starts_table(rows, i, gutters))
        ):
            kind = True
        kinds.append(kind)
    for i in range(1, len(rows) - 1):  # words may part at the gutter by chance
        if (
            kinds[i - 1]
            and kinds[i + 1]
            and kinds[i] is False
            and max(_step(rows, i), _step(rows, i + 1)) < _CLOSE_ROWS * rows[i][0].size
        ):
            kinds[i] = True
    down, up = _spread(rows, kinds, gutter.x), _spread(rows[::-1], kinds[::-1], gutter.x)[::-1]
    found = []
    for i, kind in enumerate(kinds):
        if kind is None:
            below = i + 1 < len(rows) and (
                i == 0 or _is_over(rows[i], rows[i + 1]) or _step(rows, i + 1) <= _step(rows, i)
            )
            kind = up[i] if below else down[i]
        found.append(kind)
    return found


def _titles(rows: Sequence[Row], gutters: Sequence[Gutter]) -> int:
    """Give how many rows on top of a page of three columns stand in its middle: in larger type, or not from the edge of a column.

    >>> rows = [[Word("A title", 270, 90, 330, 99, 9, False)], [Word("Text of a column", 215, 78, 385, 87, 9, False)]]
    >>> _titles(rows, [Gutter(200, 207, 214, 30, 570), Gutter(386, 393, 400, 214, 570)])
    1
    """
    left, right = min(gutter.left for gutter in gutters), max(gutter.right for gutter in gutters)
    starts = [gutter.high for gutter in gutters]
    body = median(word.size for row in rows for word in row)

    def is_title(row: Row) -> bool:
        size = max(word.size for word in row)
        in_middle = row[0].left > min(starts) - size and abs(row[0].left - left + row[-1].right - right) < 2 * size
        return in_middle and (size > _LARGER * body or all(abs(row[0].left - start) > size for start in starts))

    return next((i for i, row in enumerate(rows) if not is_title(row)), len(rows))


def _step(rows: Sequence[Row], i: int) -> float:
    return abs(rows[i - 1][0].bottom - rows[i][0].bottom)


def _spread(rows: Sequence[Row], kinds: Sequence[bool | None], x: float) -> list[bool]:
    """Give each row its kind; if unknown, that of the row before where it is close to it in the same column, else a column's."""
    found: list[bool] = []
    for i, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
        close = i > 0 and _step(rows, i) < _CLOSE_ROWS * max(word.size for word in (*row, *rows[i - 1]))
        same = i > 0 and (kinds[i - 1] is not None or (row[0].left < x) == (rows[i - 1][0].left < x))
        found.append(kind if kind is not None else close and same and found[-1])
    return found


def _near(rows: Sequence[Row], i: int) -> Iterator[Row]:
    """Give the rows right above and below."""
    for n in (i - 1, i + 1):
        if 0 <= n < len(rows) and abs(rows[n][0].bottom - rows[i][0].bottom) < _NEXT * rows[i][0].size:
            yield rows[n]


def _starts_column(row: Row, gutter: Gutter) -> bool:
    start = min((word.left for word in row if word.left >= gutter.x), default=0.0)
    return gutter.high - _SAME < start < gutter.high + _EDGE * row[0].size


def _is_hanging(row: Row, other: Row, gutter: Gutter) -> bool:
    """Say whether a row goes on with an entry on the right, indented as the row beside it is, whose columns are full of text.

    >>> def row(y, a, b): return [Word("words", 40, y, a, y + 9, 9, False), Word("go", 240, y, b, y + 9, 9, False)]
    >>> _is_hanging(row(50, 90, 370), row(62, 190, 390), Gutter(195, 200, 205, 40, 400))
    True
    """
    ink = ink_beside(other, gutter.x)
    if ink is None or ink[0] < _FULL * (gutter.low - gutter.left) or ink[1] < _FULL * (gutter.right - gutter.high) / 2:
        return False
    start, beside = (min((word.left for word in some if word.left >= gutter.x), default=0.0) for some in (row, other))
    return abs(start - beside) < _SAME


def _is_over(row: Row, below: Row) -> bool:
    """Say whether a row is a heading of the one ``below``."""
    larger = max(word.size for word in row) > _LARGER * max(word.size for word in below)
    return larger or all(word.bold for word in row) or is_known_heading(" ".join(word.text for word in row))


def _has_cells_under(row: Row, above: Row, gutters: Sequence[Gutter]) -> bool:
    """Say whether a row has a word after a wide gap under such a word of the row ``above``: both belong to a table.

    Behind a gutter all lines of the next column start at the same place, which tells nothing.
    """
    cells, others = (
        [
            b.left
            for a, b in itertools.pairwise(some)
            if b.left - a.right > b.size
            and not any(a.right <= other.x <= b.left and b.left < other.high + _SAME for other in gutters)
        ]
        for some in (row, above)
    )
    return any(abs(cell - other) < _SAME for cell in cells for other in others)


def _starts_table(rows: Sequence[Row], i: int, gutters: Sequence[Gutter]) -> bool:
    """Say whether row ``i`` is the first one of a table: it has several cells in a column, some over ones of the next row.

    >>> def row(y): return [Word("23", left, y, left + 9, y + 9, 9, False) for left in (40, 90, 140, 190)]
    >>> gutters = [Gutter(100, 105, 110, 40, 200)]
    >>> _starts_table([row(40), row(28)], 0, gutters), _starts_table([row(40)[1:], row(28)], 0, gutters)
    (True, False)
    """
    gaps = [(a.right, b.left) for a, b in itertools.pairwise(rows[i]) if b.left - a.right > b.size]
    cells = [gap for gap in gaps if not any(gap[0] <= gutter.x <= gap[1] for gutter in gutters)]
    width = max(gutter.right for gutter in gutters) - min(gutter.left for gutter in gutters)
    if len(cells) < _FEWEST_GAPS or sum(word.right - word.left for word in rows[i]) > _FILLED * width:
        return False
    return i + 1 < len(rows) and _has_cells_under(rows[i + 1], rows[i], gutters)


def _is_across(row: Row, gutter: Gutter) -> bool | None:
    """Say whether a row has a word across the gutter; nothing where it has words on one side only.

    An address that is too long for its column reaches into the gutter or further, and is no such word.
    """
    last = max((word for word in row if word.left < gutter.x), key=lambda word: word.left, default=None)
    start = min((word.left for word in row if word.left >= gutter.x), default=None)
    too_long = last is not None and last.right > gutter.low and _ADDRESS.search(last.text) is not None
    if last is None or start is None:
        return None if last is None or last.right <= gutter.x or too_long else True
    if last.right <= gutter.x:
        size = max(word.size for word in row)
        space = min(_WORD_SPACE * size, max(_NARROWER * (gutter.high - gutter.low), _SURE_SPACE * size))
        if start - last.right >= space:
            return False
    return not (too_long and _starts_column(row, gutter))


def _has_cells_beside(row: Row, gutter: Gutter) -> bool:
    """Say whether a row has words in both columns that stand apart as the cells of a table do."""
    ink = ink_beside(row, gutter.x)
    start = min((word.left for word in row if word.left >= gutter.x), default=0.0)
    filled = ink is None or ink[0] > _FILLED * (gutter.x - gutter.left)
    if filled or start <= gutter.high + _INDENT * max(word.size for word in row):
        return False
    # A heading stands beside a table that is within the other column.
    return not is_known_heading(" ".join(word.text for word in row if word.left < gutter.x))
