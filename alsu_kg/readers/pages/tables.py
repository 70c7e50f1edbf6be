"""Cells of a table on a page, each a line with its place -> rows of the table, as lines with tabs."""

import itertools
from collections.abc import Sequence
from functools import reduce
from typing import Final

from alsu_kg.readers.line_breaks import end_of_line
from alsu_kg.readers.pages.lines import NEAR, Line

_FEWEST_ROWS: Final = 3


def joined(above: str, below: str) -> str:
    """Join two lines of a heading or a cell; a hyphen at the end of a line goes where a small letter follows.

    >>> joined("ALSUntangled 9: Ex-", "ample"), joined("Risks,", "costs"), joined("The ALSFRS-", "R")
    ('ALSUntangled 9: Example', 'Risks, costs', 'The ALSFRS-R')
    """
    return (end_of_line(above, below) or f"{above} ") + below


def table_rows(table: Sequence[Line]) -> list[str]:
    """Give the rows of a table as lines of cells with tabs; the lines of a cell go to the row they stand nearest to."""
    columns = _column_starts(table)
    if (tops := _tops(table, columns)) is not None:
        return _cells_below(table, columns, tops)
    first = [line for line in table if _column_of(line, columns) == 0]
    last = [line for line in table if _column_of(line, columns) == len(columns) - 1]
    anchors = sorted(
        {round(line.bottom, 1) for line in first} or {round(line.bottom, 1) for line in table}, reverse=True
    )
    anchors = [*_head_row(table, columns, anchors[0]), *anchors]
    groups = _gap_groups(last)
    bands = [(max(line.bottom for line in group), min(line.bottom for line in group)) for group in groups]
    cells: dict[int, dict[int, list[Line]]] = {}
    for line in sorted(table, key=lambda item: (-item.bottom, item.left)):
        if bands and len(bands) >= len(anchors):
            row = min(
                range(len(bands)),
                key=lambda n: (
                    0
                    if bands[n][1] - 3 <= line.bottom <= bands[n][0] + 3
                    else min(abs(bands[n][0] - line.bottom), abs(bands[n][1] - line.bottom))
                ),
            )
        else:
            row = min(range(len(anchors)), key=lambda n: abs(anchors[n] - line.bottom))
        cells.setdefault(row, {}).setdefault(_column_of(line, columns), []).append(line)
    return [
        "\t".join(reduce(joined, [line.text for line in cells[row].get(n, [])] or [""]) for n in range(len(columns)))
        for row in sorted(cells)
    ]


def _tops(table: Sequence[Line], columns: Sequence[float]) -> list[float] | None:
    """Give the heights of rows whose cells all start at the top: those of a column whose lines all stand beside the last one's."""
    heights = [[line.bottom for line in table if _column_of(line, columns) == n] for n in range(len(columns))]
    for own in sorted(heights[:-1], key=len):
        beside = [any(abs(y - other) < NEAR for other in heights[-1]) for y in own]
        if any(_cells_at(table, columns, y) > 2 and min(abs(y - top) for top in own) > NEAR for y in heights[0]):
            continue
        if len(own) >= _FEWEST_ROWS and all(beside) and abs(max(own) - max(line.bottom for line in table)) < NEAR:
            return sorted(own, reverse=True)
    return None


def _cells_at(table: Sequence[Line], columns: Sequence[float], height: float) -> int:
    return len({_column_of(line, columns) for line in table if abs(line.bottom - height) < NEAR})


def _cells_below(table: Sequence[Line], columns: Sequence[float], tops: Sequence[float]) -> list[str]:
    """Give rows whose cells start at the ``tops`` and hold all lines down to the next one."""
    cells: dict[tuple[int, int], str] = {}
    for line in sorted(table, key=lambda item: (-item.bottom, item.left)):
        row = max(n for n, top in enumerate(tops) if n == 0 or top > line.bottom - NEAR)
        key = row, _column_of(line, columns)
        cells[key] = joined(cells[key], line.text) if key in cells else line.text
    return ["\t".join(cells.get((row, n), "") for n in range(len(columns))) for row in range(len(tops))]


def _head_row(table: Sequence[Line], columns: Sequence[float], first: float) -> list[float]:
    """Give the height of a row of heads over the ``first`` row, if it has none over the first column."""
    top = max(line.bottom for line in table)
    heads = {_column_of(line, columns) for line in table if abs(line.bottom - top) < NEAR}
    below = {_column_of(line, columns) for line in table if abs(line.bottom - first) < NEAR}
    return [round(top, 1)] if top - first > NEAR and 0 not in heads and len(heads) > 1 and heads <= below else []


def _gap_groups(lines: Sequence[Line]) -> list[list[Line]]:
    """Group the lines of one column into cells: a step larger than the usual one starts a new cell."""
    ordered = sorted(lines, key=lambda line: -line.bottom)
    steps = [a.bottom - b.bottom for a, b in itertools.pairwise(ordered)]
    usual = min((step for step in steps if step > 2), default=0.0)
    groups: list[list[Line]] = []
    for i, line in enumerate(ordered):
        if i == 0 or steps[i - 1] > 1.25 * usual:
            groups.append([])
        groups[-1].append(line)
    return groups


def _column_starts(table: Sequence[Line]) -> list[float]:
    starts: list[float] = []
    for left in sorted(line.left for line in table):
        if not starts or left - starts[-1] > 12:
            starts.append(left)
    return starts


def _column_of(line: Line, columns: Sequence[float]) -> int:
    return max(i for i, start in enumerate(columns) if line.left >= start - 1)
