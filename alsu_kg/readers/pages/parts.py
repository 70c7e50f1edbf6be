"""The parts of a page in reading order: columns, what stands across them, and asides beside them."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from alsu_kg.readers.pages.across import are_across
from alsu_kg.readers.pages.asides import find_aside
from alsu_kg.readers.pages.columns import Gutter, find_gutter
from alsu_kg.readers.pages.lines import Word, gather_rows

_AS_WIDE: Final = 0.15
_DEPTH: Final = 3
_SAME_PLACE: Final = 12.0
Row = Sequence[Word]
Kind = Literal["column", "across", "aside"]


class Part(NamedTuple):
    """Words of a page that stand together: in a column, across columns, or in a box beside the text."""

    words: list[Word]
    kind: Kind


def split_page(rows: Sequence[Row], gutter: Gutter | None, known: Gutter | None = None, depth: int = 0) -> list[Part]:
    """Give the parts of a page in reading order; rows across the gutter part the columns above them from those below.

    Rows across may be columns of another width themselves; a gutter ``known`` from other pages needs fewer lines.

    >>> def row(y, *lefts): return [Word("words", left, y, left + 38, y + 9, 10, False) for left in lefts]
    >>> page = [row(750, 40, 82, 240), *(row(700 - 12 * i, 40, 82, 124, 166, 208, 262, 304, 346, 388, 430) for i in range(9))]
    >>> [(part.kind, len(part.words), part.words[0].left) for part in split_page(page, find_gutter(page))]
    [('across', 3, 40), ('column', 45, 40), ('column', 45, 262)]
    """
    if gutter is None:
        return list(_without_gutter(rows, depth))
    parts: list[Part] = []
    kinds = are_across(rows, gutter, _others(rows, gutter))
    for across, some in itertools.groupby(zip(kinds, rows, strict=True), key=lambda item: item[0]):
        words = [word for _, row in some for word in row]
        if across:
            inner = find_gutter(gather_rows(words), known) if depth < _DEPTH else None
            if inner is not None and abs(inner.x - gutter.x) < _SAME_PLACE:
                inner = None  # these rows stand across it
            found = split_page(gather_rows(words), inner, known, depth + 1)
            parts += (
                found if inner else [part._replace(kind="across") if part.kind == "column" else part for part in found]
            )
            continue
        parts += _within([w for w in words if w.left < gutter.x], gutter, depth)
        parts += _within([w for w in words if w.left >= gutter.x], gutter, depth)
    return parts


def _others(rows: Sequence[Row], gutter: Gutter) -> list[Gutter]:
    """Find the further gutters of a page of three columns."""
    columns = [row for row, across in zip(rows, are_across(rows, gutter), strict=True) if not across]
    sides = (
        [w for row in columns for w in row if w.left < gutter.x],
        [w for row in columns for w in row if w.left >= gutter.x],
    )
    return [found for words in sides if (found := _inner_gutter(gather_rows(words), gutter)) is not None]


def _inner_gutter(rows: Sequence[Row], outer: Gutter) -> Gutter | None:
    """Find the gutter between two columns of the same width as their neighbour behind the ``outer`` gutter.

    An address that is too long for its column may reach over that gutter.
    """
    gutter = find_gutter(rows)
    if gutter is None:
        return None
    is_left = gutter.x < outer.x
    width = outer.right - outer.high if is_left else outer.low - outer.left
    left, right = (gutter.left, min(gutter.right, outer.low)) if is_left else (gutter.left, gutter.right)
    if any(abs(own / width - 1) > _AS_WIDE for own in (gutter.low - left, right - gutter.high)):
        return None
    return gutter


def _within(words: list[Word], outer: Gutter, depth: int) -> list[Part]:
    """Split a column that holds two as wide as its neighbour behind a gutter, as on a page of three columns, or an aside."""
    if not words:
        return []
    rows = gather_rows(words)
    return split_page(rows, _inner_gutter(rows, outer) if depth < _DEPTH else None, depth=depth + 1)


def _without_gutter(rows: Sequence[Row], depth: int) -> Iterator[Part]:
    aside = find_aside(rows) if depth < _DEPTH else None
    if aside is None:
        words = [word for row in rows for word in row]
        if words:
            yield Part(words, "column")
        return
    yield from _without_gutter(rows[: aside.start], depth + 1)
    beside = [word for row in rows[aside.start : aside.end] for word in row]
    sides = [w for w in beside if w.left < aside.x], [w for w in beside if w.left >= aside.x]
    if aside.is_column:
        yield from (Part(side, "column") for side in sides)
    else:
        main, other = (sides[1], sides[0]) if aside.is_left else sides
        yield from split_page(gather_rows(main), None, depth=depth + 1)
        yield Part(other, "aside")
    yield from _without_gutter(rows[aside.end :], depth + 1)
