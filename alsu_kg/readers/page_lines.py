"""Words of a page with their boxes -> lines: what stands at one height, parted at gutters and between cells, not by spaces."""

import itertools
import re
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

_WIDE: Final = 1.1
_WIDEST_SPACE: Final = 3.0
_MOST_STRETCHED: Final = 12.0
_AFTER_STOP: Final = 3.2  # TeX stretches the space after a sentence three times as much (The TeXbook, chapter 12)
_EQUAL: Final = 0.08
_CLOSE: Final = 0.12
_NEAR: Final = 1.5
_LARGER: Final = 1.15
_SMALL: Final = 0.8
SMALLER: Final = 0.9
_LIFTED: Final = 0.12
_STOPS: Final = (".", ",", ":", ";", "?", "!")
_MOST_WORDS: Final = 200
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


def split_rows(rows: Sequence[Sequence[Word]], edge: float) -> list[Line]:
    """Split rows of a column at gaps wider than the type is high: cells. Spaces of a justified line are no such gaps.

    ``edge`` is how far the column reaches to the right.

    >>> words = [Word(text, left, 0, left + 8, 10, 10, False) for text, left in (("a", 0), ("b", 12), ("c", 80))]
    >>> [line.text for line in split_rows(gather_rows(words), 200)]
    ['a b', 'c']
    """
    body = median(word.size for row in rows for word in row) if rows else 0.0
    cuts = [_cell_cuts(row, edge, body, (*rows[max(0, i - 1) : i], *rows[i + 1 : i + 2])) for i, row in enumerate(rows)]
    starts = [[row[n].left for n in cut] for row, cut in zip(rows, cuts, strict=True)]
    lines: list[Line] = []
    for i, (row, cut) in enumerate(zip(rows, cuts, strict=True)):
        above, below = (
            [x for near in beside for x in near] for beside in (starts[max(0, i - 3) : i], starts[i + 1 : i + 4])
        )
        cut = sorted({*cut, *_close_cells(row, above, below, in_table=bool(cut))})
        lines += [_line(row[a:b]) for a, b in itertools.pairwise([0, *cut, len(row)])]
    return lines


def _cell_cuts(row: Sequence[Word], edge: float, body: float, near: Sequence[Sequence[Word]]) -> list[int]:
    """Give the numbers of the words that start a cell: after a gap that is no space. Headings, in larger type, have no cells."""
    if all(word.size > _LARGER * body for word in row):
        return []
    spaces = _spaces(row, edge, [word.left for words in near for word in words])
    return [
        n + 1
        for n, (before, word) in enumerate(itertools.pairwise(row))
        if n not in spaces and word.left - before.right > _WIDE * max(before.size, word.size)
    ]


def _close_cells(row: Sequence[Word], above: Sequence[float], below: Sequence[float], *, in_table: bool) -> list[int]:
    """Give the numbers of the words that stand under and over the starts of cells, though close to the cell before them."""
    return [
        n
        for n in range(1, len(row))
        if row[n].left - row[n - 1].right > _CLOSE * row[n].size
        and (
            _is_near(row[n].left, above) and _is_near(row[n].left, below)
            if not in_table
            else _is_near(row[n].left, [*above, *below])
        )
    ]


def _is_near(left: float, starts: Sequence[float]) -> bool:
    return any(abs(left - start) < _NEAR for start in starts)


class _Gap(NamedTuple):
    """The gap after word ``number`` of a row: how wide, in sizes of the type, and whether a stop stands before it."""

    number: int
    width: float
    stopped: bool


def _spaces(row: Sequence[Word], edge: float, beside: Sequence[float]) -> set[int]:
    """Find the spaces of a justified line, which may be wide: all are equal, but for those after a stop, which may be wider.

    Cells of a table are as far apart as they like, and stand under each other. ``beside`` are the left edges of the words
    of the rows above and below. A line that ends at the ``edge`` of its column may be stretched as far as it takes.

    >>> words = [Word("word", left, 0, left + 20, 10, 10, False) for left in (0, 35, 70, 105)]
    >>> _spaces(words, 400, [0, 50]), _spaces(words, 400, [0, 35, 70, 105])
    ({0, 1, 2}, set())
    """
    pairs = itertools.pairwise(row)
    gaps = [_Gap(n, (b.left - a.right) / max(a.size, b.size), a.text[-1:] in _STOPS) for n, (a, b) in enumerate(pairs)]
    gaps = [gap for gap in gaps if gap.width > _CLOSE]  # a raised number stands close to its word
    if len(row) > _MOST_WORDS or not any(gap.width > _WIDE for gap in gaps):
        return set()
    justified = abs(row[-1].right - edge) < _NEAR
    found = _equal_runs(gaps, _MOST_STRETCHED if justified else _WIDEST_SPACE)
    under = sum(_is_near(row[n + 1].left, beside) for n in found)
    in_cells = under == len(found) if justified else under * 4 >= len(found) * 3
    return set() if in_cells else found


def _equal_runs(gaps: Sequence[_Gap], widest: float) -> set[int]:
    """Give the numbers of gaps that belong to runs of at least two equal ones; after a stop a gap may be wider than the others."""
    found: set[int] = set()
    run: list[_Gap] = []
    for gap in gaps:
        plain = next((one.width for one in run if not one.stopped), None)
        if plain is None:
            fits = all(gap.stopped or gap.width < one.width + _EQUAL for one in run)
        elif gap.stopped:
            fits = plain - _EQUAL < gap.width < _AFTER_STOP * plain + _EQUAL
        else:
            fits = abs(gap.width - plain) < _EQUAL
        run = [*run, gap] if fits and gap.width < widest else [gap]
        if len(run) > 1 and gap.width < widest and any(not one.stopped for one in run):
            found.update(one.number for one in run if one.width < widest)
    return found


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


def _line(words: Sequence[Word]) -> Line:
    size = max(w.size for w in words)
    base = median(w.bottom for w in words if w.size > SMALLER * size)
    text = ""
    for i, word in enumerate(words):
        raised = is_raised(word.size, word.bottom, (size, base)) and re.fullmatch(r"[\d,–-]+", word.text) is not None
        close = i > 0 and word.left - words[i - 1].right < _CLOSE * size
        text += ("" if i == 0 or close else " ") + (word.text.translate(RAISED) if raised else word.text)
    return Line(text, words[0].left, words[-1].right, base, size, all(w.bold for w in words))
