"""Rows of words of one column -> lines, parted where a cell of a table starts. Wide spaces of a justified line part nothing."""

import itertools
import re
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from alsu_kg.readers.pages.lines import CLOSE, NEAR, Line, Word, commonest_place, make_line

_WIDE: Final = 1.1
_WIDEST_SPACE: Final = 3.0
_MOST_STRETCHED: Final = 12.0
_AFTER_STOP: Final = 3.2  # TeX stretches the space after a sentence three times as much (The TeXbook, chapter 12)
_EQUAL: Final = 0.08
_LARGER: Final = 1.15
_STOPS: Final = (".", ",", ":", ";", "?", "!")
_MUCH_LARGER: Final = 1.5
_ROWS_BEFORE: Final = 12
_MOST_WORDS: Final = 200
_FEWEST_SPACES: Final = 3
_NUMBER = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹,⁻–-]+")
Row = Sequence[Word]


def split_rows(rows: Sequence[Row]) -> list[Line]:
    """Split the rows of a column at gaps wider than the type is high: cells. Spaces of a justified line are no such gaps.

    >>> words = [Word(text, left, 0, left + 8, 10, 10, False) for text, left in (("a", 0), ("b", 12), ("c", 80))]
    >>> [line.text for line in split_rows([words, words])]
    ['a b', 'c', 'a b', 'c']
    """
    body = median(word.size for row in rows for word in row) if rows else 0.0
    edge, _ = commonest_place(row[-1].right for row in rows)
    cuts = [
        _cell_cuts(row, edge, (*rows[max(0, i - 1) : i], *rows[i + 1 : i + 2]))
        if any(word.size <= _LARGER * body for word in row)  # headings, in larger type, have no cells
        else []
        for i, row in enumerate(rows)
    ]
    cuts = [sorted({*cut, *_type_changes(row)}) for row, cut in zip(rows, cuts, strict=True)]
    starts = [[row[n].left for n in cut] for row, cut in zip(rows, cuts, strict=True)]
    starts = [[*own, *_starts_below(rows, starts, i)] for i, own in enumerate(starts)]
    lines: list[Line] = []
    for i, (row, cut) in enumerate(zip(rows, cuts, strict=True)):
        above, below = (
            [x for near in beside for x in near] for beside in (starts[max(0, i - 3) : i], starts[i + 1 : i + 4])
        )
        close = _close_cells(row, above, below, in_table=bool(cut))
        if close and not cut:
            wider = [x for near in starts[max(0, i - _ROWS_BEFORE) : i] for x in near]
            close = _close_cells(row, [*above, *wider], below, in_table=True)
        cut = sorted({*cut, *close})
        lines += [make_line(row[a:b]) for a, b in itertools.pairwise([0, *cut, len(row)])]
    return lines


def _type_changes(row: Row) -> list[int]:
    """Give the numbers of the words after a gap behind which the type is much larger or smaller: a box beside a title.

    Numbers that are raised or lowered, with a gap where a sign is missing or a line is stretched, are no boxes.

    >>> words = [Word(text, left, 0, left + 9, size, size, False) for text, left, size in (("A", 0, 18), ("b", 20, 8))]
    >>> _type_changes(words), _type_changes([words[0], words[1]._replace(text="2")])
    ([1], [])
    """
    return [n + 1 for n, (a, b) in enumerate(itertools.pairwise(row)) if _changes(a, b)]


def _changes(before: Word, word: Word) -> bool:
    small, large = sorted((before, word), key=lambda one: one.size)
    gap = word.left - before.right
    if _NUMBER.fullmatch(small.text) and gap < _WIDE * large.size:
        return False
    return large.size > _MUCH_LARGER * small.size and gap > _WIDE * small.size


def _starts_below(rows: Sequence[Row], starts: Sequence[Sequence[float]], i: int) -> list[float]:
    """Give where row ``i`` starts, if it is the next line of a cell: one in the rows before it starts there, too."""
    left = rows[i][0].left
    before = [x for own in starts[max(0, i - _ROWS_BEFORE) : i] for x in own]
    return [left] if _is_near(left, before) else []


def _cell_cuts(row: Row, edge: float, near: Sequence[Row]) -> list[int]:
    """Give the numbers of the words that start a cell: after a wide gap that is no space. ``near`` are the rows above and below."""
    wide = [n for n in range(len(row) - 1) if _gap(row, n) > _WIDE]
    if not wide:
        return []
    spaces = _spaces(row, near, justified=abs(row[-1].right - edge) < NEAR)
    return [n + 1 for n in wide if n not in spaces]


def _gap(row: Row, n: int) -> float:
    """Give how wide the gap after word ``n`` is, in sizes of the type."""
    return (row[n + 1].left - row[n].right) / max(row[n].size, row[n + 1].size)


def _close_cells(row: Sequence[Word], above: Sequence[float], below: Sequence[float], *, in_table: bool) -> list[int]:
    """Give the numbers of the words that stand under and over the starts of cells, though close to the cell before them."""
    return [
        n
        for n in range(1, len(row))
        if row[n].left - row[n - 1].right > CLOSE * row[n].size
        and (
            _is_near(row[n].left, above) and _is_near(row[n].left, below)
            if not in_table
            else _is_near(row[n].left, [*above, *below])
        )
    ]


def _is_near(left: float, starts: Sequence[float]) -> bool:
    return any(abs(left - start) < NEAR for start in starts)


class _Gap(NamedTuple):
    """The gap after word ``number`` of a row: how wide, in sizes of the type, and whether a stop stands before it."""

    number: int
    width: float
    stopped: bool


def _spaces(row: Row, near: Sequence[Row], *, justified: bool) -> set[int]:
    """Find the spaces of a justified line, which may be wide: all are equal, but for those after a stop, which may be wider.

    Cells of a table are as far apart as they like, and stand under each other. A ``justified`` line, which ends at the edge of
    its column, may be stretched as far as it takes, and only a gap that stands over or under another one is none of its spaces:
    that a word of another line starts there tells nothing.

    >>> words = [Word("word", left, 0, left + 20, 10, 10, False) for left in (0, 35, 70, 105)]
    >>> _spaces(words, [words[:1]], justified=False), _spaces(words, [words], justified=True)
    ({0, 1, 2}, set())
    """
    gaps = _gaps(row)
    if len(row) > _MOST_WORDS:
        return set()
    found = _equal_runs(gaps, _MOST_STRETCHED if justified else _WIDEST_SPACE)
    beside = [x for words in near for x in (_cell_starts(words) if justified else [word.left for word in words])]
    under = sum(_is_near(row[n + 1].left, beside) for n in found)
    if found and (under == len(found) if justified else under * 4 >= len(found) * 3):
        return set()
    if justified:
        found |= {gap.number for gap in gaps if not any(_faces(row, gap.number, other) for other in near)}
    return found


def _gaps(row: Row) -> list[_Gap]:
    """Give the gaps of a row, but for those before a raised number, which stands close to its word."""
    gaps = (_Gap(n, _gap(row, n), row[n].text[-1:] in _STOPS) for n in range(len(row) - 1))
    return [gap for gap in gaps if gap.width > CLOSE]


def _cell_starts(row: Row) -> list[float]:
    """Give where cells of a row may start: at its first word, and after wide gaps."""
    return [row[0].left, *(row[n + 1].left for n in range(len(row) - 1) if _gap(row, n) > _WIDE)]


def _faces(row: Row, n: int, other: Row) -> bool:
    """Say whether a wide gap of the ``other`` row, unlike its spaces, stands over or under the gap after word ``n``."""
    over = [
        m
        for m in range(len(other) - 1)
        if _gap(other, m) > _WIDE and other[m].right < row[n + 1].left and row[n].right < other[m + 1].left
    ]
    if not over or len(other) > _MOST_WORDS:
        return bool(over)
    spaces = _equal_runs(_gaps(other), _MOST_STRETCHED)
    return len(spaces) < _FEWEST_SPACES or not spaces.issuperset(over)


def _equal_runs(gaps: Sequence[_Gap], widest: float) -> set[int]:
    """Give the numbers of gaps that belong to runs of at least two equal ones; after a stop a gap may be wider than the others."""
    found: set[int] = set()
    run: list[_Gap] = []
    for gap in gaps:
        plain = next((one.width for one in run if not one.stopped), None)
        if plain is None:
            fits = all(gap.width < (_AFTER_STOP if gap.stopped else 1) * one.width + _EQUAL for one in run)
        elif gap.stopped:
            fits = plain - _EQUAL < gap.width < _AFTER_STOP * plain + _EQUAL
        else:
            fits = abs(gap.width - plain) < _EQUAL
        run = [*run, gap] if fits and gap.width < widest else [gap]
        if len(run) > 1 and gap.width < widest and (any(not one.stopped for one in run) or _are_equal(run)):
            found.update(one.number for one in run if one.width < widest)
    return found


def _are_equal(run: Sequence[_Gap]) -> bool:
    widths = [gap.width for gap in run]
    return max(widths) - min(widths) < _EQUAL
