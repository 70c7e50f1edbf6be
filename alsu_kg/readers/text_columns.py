"""Text that keeps the layout of pages in two columns: each page's left column first, then its right one."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median, mode
from typing import Final, NamedTuple

_FEWEST_GAPS: Final = 12
_FEWEST_ROWS: Final = 8  # of a page with something at the start of the right column
_OFTEN: Final = 0.4  # of the rows that reach so far
_NARROWEST: Final = 24
_WORDS: Final = 4
_MOST_CROSSING: Final = 0.3
_SHIFT: Final = 2
_INDENT: Final = 8
_WIDEST: Final = 250  # characters of a row that are looked at
_MOST_TRIED: Final = 12
_MOST_ROWS: Final = 3_000
_CELL_GAP = re.compile(r"(?<=\S)[ \xa0]{3,}(?=\S)")
_FEWEST_CELLS: Final = 3
_SOME: Final = 0.2  # of the lines that stand right below another one
_GAP = re.compile(r"(?<=\S)[ \xa0]{2,}(?=\S)")
_ENDED = re.compile(r"[.!?:][\"”’')\]]*$")


class Line(NamedTuple):
    """A line that is not empty, its place in the raw text, whether an empty line stands before it, and its indent."""

    start: int
    end: int
    text: str
    after_blank: bool
    indent: int


class _Half(NamedTuple):
    """What stands in one column of a row (its position in the page); ``between``: below a row of the other column."""

    row: int
    line: Line
    between: bool


def set_columns(raw: str, lines: Sequence[Line]) -> list[Line]:
    r"""Set the rows of pages in two columns one column below the other. Pages of one column, and tables, stay as they are.

    >>> one, two = "The first column has some words.", "The second column has other words."
    >>> raw = "\n".join(f"{one}    {two}" for _ in range(12))
    >>> found = set_columns(raw, [Line(i * 71, i * 71 + 70, f"{one}    {two}", False, 0) for i in range(12)])
    >>> [line.text for line in found] == [one] * 12 + [two] * 12, found[12].start
    (True, 36)
    """
    if raw.count("   ") < _FEWEST_GAPS or "\t" in raw:
        return list(lines)
    found: list[Line] = []
    for page in _pages(raw, lines):
        column = _right_column(raw, page)
        found += page if column is None else _set_page(raw, page, column)
    return found


def _pages(raw: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    for line in lines:
        if page and "\x0c" in raw[page[-1].end : line.start + 1]:
            yield page
            page = []
        page.append(line)
    if page:
        yield page


def _right_column(raw: str, page: Sequence[Line]) -> int | None:
    """Give where the right column of a page starts, counted in characters, if there is one: both columns hold prose."""
    if len(page) > _MOST_ROWS:
        return None
    rows = [raw[line.start : min(line.end, line.start + _WIDEST)].rstrip() for line in page]
    starts = Counter(gap.end() for row in rows for gap in _GAP.finditer(row) if gap.end() > _NARROWEST)
    starts.update(line.indent for line in page if line.indent > _NARROWEST)
    if not starts:
        return None
    often = sorted(column for column, times in starts.most_common(_MOST_TRIED) if times > 1)
    at = next((column for column in often if _starts_at(rows, column)), None)
    if at is None:
        return None
    here = [row for row in rows if len(row) > at and row[at - 1].isspace() and row[at : at + _INDENT].strip()]
    left = [words for row in rows if (words := row[:at].split()) and len(row[:at].strip()) > _NARROWEST // 2]
    right = [row[at:].split() for row in here]
    if len(left) < _FEWEST_ROWS or median(map(len, left)) < _WORDS or median(map(len, right)) < _WORDS:
        return None
    return at


def _starts_at(rows: Sequence[str], at: int) -> bool:
    """Say whether most rows that reach so far have a gap before ``at`` and go on there, or a little behind as hanging lines do."""
    reach = [row for row in rows if len(row) > at + 1]
    here = sum(row[at - 1].isspace() and bool(row[at : at + _INDENT].strip()) for row in reach)
    crossing = sum(not row[at - 1].isspace() for row in reach)
    return here >= max(_FEWEST_ROWS, _OFTEN * len(reach)) and crossing <= _MOST_CROSSING * len(reach)


def _set_page(raw: str, page: Sequence[Line], at: int) -> Iterator[Line]:
    """Give the rows of a page: rows across stand where they are and part what is above them from what is below."""
    band: list[tuple[int, Line, int | None]] = []
    row = -1
    cells = _rows_of_tables(raw, page, at)
    margin = mode([line.indent for line in page if line.indent < at // 2] or [0])
    for i, line in enumerate(page):
        row += raw.count("\n", page[i - 1].end, line.start) if i else 1
        cut = None if i in cells else _cut(raw, line, at, margin)
        if cut is None and (i in cells or _is_across(raw, page, i, at)):
            yield from _set_band(raw, band)
            band = []
            yield line
        else:
            band.append((row, line, cut))
    yield from _set_band(raw, band)


def _is_across(raw: str, page: Sequence[Line], i: int, at: int) -> bool:
    """Say whether a row that is not parted runs across both columns, or stands alone above or below them."""
    line = page[i]
    if len(raw[line.start : line.end].rstrip()) > at:
        return True
    edge = i == 0 or i == len(page) - 1
    return edge and (line.after_blank if i else i + 1 < len(page) and page[i + 1].after_blank)


def _rows_of_tables(raw: str, page: Sequence[Line], at: int) -> set[int]:
    """Find rows in a row whose cells start at the same places, away from where the right column starts."""
    found: set[int] = set()
    runs: dict[int, int] = {}  # where a cell starts -> the first row of the run
    for i, line in enumerate(page):
        gaps = {gap.end() for gap in _CELL_GAP.finditer(raw[line.start : line.end].rstrip()[:_WIDEST])}
        runs = {end: runs.get(end, i) for end in gaps if not at - 1 <= end <= at + _INDENT}
        for first in set(runs.values()):
            if i - first == _FEWEST_CELLS - 1:
                found.update(range(first, i + 1))
            elif i - first >= _FEWEST_CELLS:
                found.add(i)
    return found


def _cut(raw: str, line: Line, at: int, margin: int) -> int | None:
    """Give where the right column starts in a row, by the gap there; ``None`` if nothing stands there, or no gap."""
    row = raw[line.start : line.end].rstrip()
    if len(row) <= at:
        return None
    if line.indent >= at - 1:
        return line.indent
    gap = next(
        (gap for gap in _GAP.finditer(row) if gap.start() <= at and at - _SHIFT <= gap.end() <= at + _INDENT), None
    )
    if gap is not None and line.indent - margin < _INDENT:
        return gap.end()
    full = row[at - 1].isspace() and not row[at].isspace() and line.indent - margin < _INDENT
    return at if full else None


def _set_band(raw: str, band: Sequence[tuple[int, Line, int | None]]) -> Iterator[Line]:
    left: list[_Half] = []
    right: list[_Half] = []
    for i, (row, line, cut) in enumerate(band):
        before = band[i - 1][0] if i else None
        text = raw[line.start : line.end]
        if words := text[:cut].strip():
            start = line.start + len(text) - len(text.lstrip())
            between = left[-1].row != before if left else i > 0
            left.append(_Half(row, Line(start, start + len(words), words, line.after_blank, line.indent), between))
        if cut is not None and (words := text[cut:].strip()):
            start = line.start + cut + len(text[cut:]) - len(text[cut:].lstrip())
            between = right[-1].row != before if right else i > 0
            right.append(
                _Half(row, Line(start, start + len(words), words, line.after_blank, start - line.start), between)
            )
    yield from _column(left)
    yield from _column(right, left[-1].line.text if left else None)


def _column(halves: Sequence[_Half], above: str | None = None) -> Iterator[Line]:
    """Give the lines of a column; between two of them stands an empty one, or rows of the other one that hide it."""
    if not halves:
        return
    gaps = [b.row - a.row for a, b in itertools.pairwise(halves)] or [1]
    usual = 1 if gaps.count(1) > _SOME * len(gaps) else mode(gaps)
    least = min(half.line.indent for half in halves)
    last: _Half | None = None
    for half in halves:
        if last is not None:
            apart = half.row - last.row
            blank = apart > usual if apart > 1 and half.between else half.line.after_blank and apart > 1
            blank = blank and not half.line.text[0].islower()
        else:
            blank = (half.line.after_blank or half.between) if above is None else _ENDED.search(above) is not None
        yield half.line._replace(after_blank=blank, indent=half.line.indent - least)
        last = half
