"""Words of a page with their boxes -> text in reading order: columns, table rows, paragraphs, headings, raised numbers."""

import itertools
import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

from alsu_kg.readers.headings import is_known_heading
from alsu_kg.readers.pages.cells import split_rows
from alsu_kg.readers.pages.column import Column, with_references
from alsu_kg.readers.pages.columns import Gutter, find_gutter
from alsu_kg.readers.pages.flow import Flow, is_caption, is_float, is_line_below, join_flows, split_floats
from alsu_kg.readers.pages.hanging import Entries, Form, find_entries, list_forms, room_left, starts_with_list
from alsu_kg.readers.pages.lines import NEAR, Line, Word, commonest_place, gather_rows, is_heading, text_size
from alsu_kg.readers.pages.parts import split_page
from alsu_kg.readers.pages.tables import joined, table_rows

_NEAR_GUTTER: Final = 20.0
_JUSTIFIED: Final = 0.4
_INDENT: Final = 0.6  # in sizes of the type
_LABEL = re.compile(r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){0,2}|[A-Z])\.?")
_LABEL_GAP: Final = 2.5  # in sizes of the type
_NO_ENTRIES: Final = Entries(frozenset(), frozenset())


def pages_text(pages: Sequence[Sequence[Sequence[Word]]]) -> str:
    """Give the text of pages, each given as its rows from the top down; pages of few lines take the columns of the others.

    >>> def word(text, left, bottom): return Word(text, left, bottom, left + 200, bottom + 10, 10.0, False)
    >>> column = [word(f"l{i}", 50, 700 - 12 * i) for i in range(8)] + [word(f"r{i}", 260, 700 - 12 * i) for i in range(8)]
    >>> pages_text([gather_rows(column), gather_rows([word("last", 50, 700)])]).split()[6:]
    ['l6', 'l7', 'r0', 'r1', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'last']
    """
    gutters = [find_gutter(rows) for rows in pages]
    known = _commonest([gutter for gutter in gutters if gutter is not None])
    size = text_size(pages)
    columns = [
        list(page_columns(rows, gutter or find_gutter(rows, known), known, size))
        for rows, gutter in zip(pages, gutters, strict=True)
    ]
    forms = list_forms(
        (column.lines, _headings(column.lines, size))
        for column in itertools.chain.from_iterable(columns)
        if column.lists and not column.floats
    )
    flows = [flow for page in with_references(columns, size) for flow in page_flows(page, size, forms)]
    return "\n".join(join_flows(flows)).strip("\n")


def _headings(lines: Sequence[Line], size: float) -> frozenset[int]:
    return frozenset(i for i, line in enumerate(lines) if is_heading(line, size))


def _commonest(gutters: Sequence[Gutter]) -> Gutter | None:
    """Give the gutter that most of the others lie near to."""
    return max(gutters, key=lambda one: sum(abs(one.low - other.low) < _NEAR_GUTTER for other in gutters), default=None)


def page_columns(
    rows: Sequence[Sequence[Word]], gutter: Gutter | None, known: Gutter | None, size: float
) -> Iterator[Column]:
    """Give the columns of a page in reading order, notes and tables apart from the text of this ``size``.

    >>> rows = gather_rows([Word("One", 50, 700, 70, 710, 10, False), Word("two", 75, 700, 90, 710, 10, False)])
    >>> [[line.text for line in column.lines] for column in page_columns(rows, None, None, 10)]
    [['One two']]
    """
    parts = split_page(rows, gutter, known)
    for part in parts:
        lines = _with_labels(_sorted(split_rows(gather_rows(part.words))))
        is_foot = len(parts) > 1 and part is parts[-1] and is_line_below(lines)
        if part.kind == "aside" or (part.kind == "across" and (is_foot or is_float(lines, size))):
            yield Column(lines, floats=True, lists=False, is_aside=part.kind == "aside")
            continue
        above, text, below = split_floats(lines, size) if gutter is not None else ([], lines, [])
        for some, floats in ((above, True), (text, False), (below, True)):
            if some:
                yield Column(some, floats, lists=True)


def page_flows(columns: Sequence[Column], size: float, forms: Sequence[Form] = ()) -> Iterator[Flow]:
    """Give the text of a page, with an empty line first if it starts with a heading, larger than ``size``.

    >>> list(page_flows([Column([Line("One two", 50, 90, 700, 10, False)], floats=False, lists=True)], 10))
    [Flow(lines=['One two'], floats=False, new_page=True, goes_on=False, room=0.0)]
    """
    new_page = True
    held: list[
        Flow
    ] = []  # the start of a list below the text of a column: it goes on where the text of the page has ended
    for column in columns:
        lines = column.lines
        headings = _headings(lines, size)
        listed = column.lists and starts_with_list(lines, headings, forms)
        entries = find_entries(lines, headings, forms, column.listed) if listed or not column.floats else _NO_ENTRIES
        own = _column_text(lines, size, entries)
        if column.is_aside and not any("\t" in line for line in own):
            own = [line for line in own if line]
        if listed:
            yield from held
            held = []
        floats = column.floats and not listed
        flow = Flow(own, floats, new_page and not floats, goes_on=0 in entries.rest, room=room_left(lines))
        if column.floats and listed:
            held.append(flow)
        else:
            yield flow
            new_page = new_page and floats
    yield from held


def _sorted(lines: Sequence[Line]) -> list[Line]:
    """Give lines from the top down, those at one height from left to right."""
    return sorted(lines, key=lambda line: (-round(line.bottom), line.left))


def _with_labels(lines: Sequence[Line]) -> list[Line]:
    """Join the number of a heading with its words, which may stand further away than words do.

    >>> lines = [Line("IV.", 50, 60, 90, 9, True), Line("CASES", 75, 110, 90, 9, True), Line("text", 50, 250, 70, 9, False)]
    >>> [line.text for line in _with_labels(lines)]
    ['IV. CASES', 'text']
    """
    out: list[Line] = []
    for line in lines:
        label = out[-1] if out else None
        if (
            label is not None
            and _LABEL.fullmatch(label.text)
            and abs(label.bottom - line.bottom) < 1
            and label.left < line.left < label.right + _LABEL_GAP * line.size
            and ((label.bold and line.bold) or line.text.isupper())
            and abs(label.size - line.size) < 1
        ):
            out[-1] = line._replace(text=f"{label.text} {line.text}", left=label.left)
        else:
            out.append(line)
    return out


def _column_text(lines: Sequence[Line], size: float, entries: Entries) -> list[str]:
    if not lines:
        return []
    body = median(line.size for line in lines)
    leading = _leading(lines, body)
    leadings = _leadings(lines, leading)
    out: list[str] = []
    table: list[Line] = []
    previous: Line | None = None
    starts = {*_paragraph_starts(lines, body), *(lines[i] for i in entries.starts)} - {lines[i] for i in entries.rest}
    for i, line in enumerate(lines):
        beside = any(
            abs(line.bottom - other.bottom) < 3 for other in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])
        )
        if beside or (table and _in_table(line, table, leading)):
            table.append(line)
            continue
        if table:
            first = _leading_cells(out, table, lines, leading)
            out += ["", *table_rows(first), ""]
            previous, table = None, []
        heading = is_heading(line, size)
        same = previous is not None and heading and abs(previous.size - line.size) < 0.5 and previous.bold == line.bold
        gap = (
            previous is not None
            and not (same and previous.bottom - line.bottom < 1.5 * line.size)
            and (
                previous.bottom - line.bottom > 1.25 * leadings.get(round(line.size), leading)
                or heading != is_heading(previous, size)
                or (heading and abs(previous.size - line.size) > 0.5)
                or line in starts
            )
        )
        apart = previous is None or previous.bottom - line.bottom > 1.6 * line.size
        if gap or (heading and apart) or (previous is None and 0 in entries.starts):
            out.append("")
        if heading and previous is not None and out and out[-1] and is_heading(previous, size) and not gap:
            out[-1] = joined(out[-1], line.text)
        else:
            out.append(line.text)
        previous = line
    if table:
        out += ["", *table_rows(_leading_cells(out, table, lines, leading))]
    elif previous is not None and is_heading(previous, size):
        out.append("")
    return out


def _leading(lines: Sequence[Line], body: float) -> float:
    """Give the usual distance of two lines."""
    steps = [a.bottom - b.bottom for a, b in itertools.pairwise(lines) if 2 < a.bottom - b.bottom < 3 * body]
    return median(steps) if steps else 1.2 * body


def _leadings(lines: Sequence[Line], leading: float) -> dict[int, float]:
    """Give the usual distance of two long lines of each size: notes and references stand closer than the text does.

    >>> lines = [Line("words", 0, 90, y, size, False) for y, size in ((90, 12), (66, 12), (42, 8), (33, 8), (24, 8))]
    >>> _leadings(lines, 9)
    {12: 24, 8: 9.0}
    """
    width = max(line.right for line in lines) - min(line.left for line in lines)
    steps: dict[int, list[float]] = {}
    for a, b in itertools.pairwise(lines):
        if round(a.size) == round(b.size) and min(a.right - a.left, b.right - b.left) > width / 2:
            steps.setdefault(round(a.size), []).append(a.bottom - b.bottom)
    return {size: median([d for d in own if 2 < d < 3 * size] or [leading]) for size, own in steps.items()}


def _paragraph_starts(lines: Sequence[Line], body: float) -> Iterator[Line]:
    """Give the lines of a justified column that start a paragraph by an indent: the line before is short and ends a sentence.

    Where the line before reaches the edge it may as well be the first line of a printed reference, whose others are indented.

    >>> def line(text, left, right, y): return Line(text, left, right, y, 10, False)
    >>> three = [line("One", 50, 300, 40), line("two.", 50, 90, 28), line("Three", 60, 300, 16), line("four", 50, 300, 4)]
    >>> [found.text for found in _paragraph_starts(three, 10)]
    ['Three']
    """
    edge, ending = commonest_place(line.right for line in lines)
    left, _ = commonest_place(line.left for line in lines)
    if ending < _JUSTIFIED * len(lines):
        return
    for before, line, after in zip(lines, lines[1:], lines[2:], strict=False):
        indented = line.left - left > _INDENT * body and line.left - after.left > -NEAR
        if indented and before.right < edge - 2 * body and re.search(r"[.!?:)\]”\"\d]$", before.text):
            yield line


def _leading_cells(out: list[str], table: list[Line], lines: Sequence[Line], leading: float) -> list[Line]:
    """Take back a cell line that stood alone above the first row of its table."""
    top = max(line.bottom for line in table)
    left = min(line.left for line in table)
    above = [
        line
        for line in lines
        if 0 < line.bottom - top < 1.5 * leading
        and line.left > left + line.size
        and line not in table
        and not is_caption(line)
    ]
    for line in above:
        if out and out[-1] == line.text:
            out.pop()
            table = [line, *table]
    return table


def _in_table(line: Line, table: Sequence[Line], leading: float) -> bool:
    left = min(other.left for other in table)
    if is_known_heading(line.text) or is_caption(line):
        return False
    near = min(abs(other.bottom - line.bottom) for other in table) < 2.2 * leading
    return near and line.left > left + line.size
