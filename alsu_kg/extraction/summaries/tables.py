"""Tables of a summary page: a category a row or a column, with its letter; the letters before and after an update."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from alsu_kg.extraction.dates import find_date
from alsu_kg.extraction.grade_rows import marked_cell
from alsu_kg.extraction.summaries.grade_forms import ENOUGH, LETTER_ONLY, NAME_ALONE, NAME_IN_HEAD, Graded, category_in
from alsu_kg.model.document import Block, Text
from alsu_kg.model.review import Category

_MOST_HEADS: Final = 2  # rows of one cell over the heads of a table
_MOST_DATE_WORDS: Final = 3
_BEFORE_UPDATE = re.compile(
    r"^(?:from|first)\b|\b(?:original|initial|previous|prior|former|old|before|at (?:first|publication)|as published)\b",
    re.IGNORECASE,
)
_AFTER_UPDATE = re.compile(r"^to\b|\b(?:updated?|current|new|revised|latest|present|after|now|since)\b", re.IGNORECASE)
_UNCHANGED = re.compile(r"\W*(?:(?:un|not )changed|no change|(?:the )?same|as before)?\W*", re.IGNORECASE)
_GRADE_AHEAD = re.compile(r"^\W*(?:TOE\s+)?grade\s*:?\s+", re.IGNORECASE)


def graded_tables(lines: list[tuple[Block, Text]], *, by_rows: bool) -> Iterator[Graded]:
    """Read tables with names of categories over or below one row of letters; of several rows each speaks of another treatment.

    With ``by_rows`` also tables of which a row has a category, its one letter and perhaps an explanation.
    """
    for i, (block, _) in enumerate(lines):
        if block.kind != "table" or (i and lines[i - 1][0] is block):
            continue
        if dated := dated_rows(block):
            yield from (Graded(category, letter_in(cell) or "", cell, i) for category, cell in dated[-1][1].items())
            continue
        if by_rows:
            yield from _graded_rows(block, i)
            yield from _marked_rows(block, i)
        if len(block.rows) > _MOST_HEADS + 2:
            continue
        rows = [row for row in block.rows if sum(bool(cell.text) for cell in row) > 1]
        if len(rows) != 2:
            continue
        head, letters = rows if any(NAME_IN_HEAD.match(cell.text) for cell in rows[0]) else rows[::-1]
        cells = [
            (NAME_IN_HEAD.match(a.text), LETTER_ONLY.match(b.text), b) for a, b in zip(head, letters, strict=False)
        ]
        found = [(category_in(name), letter["letter"], cell) for name, letter, cell in cells if name and letter]
        if len(found) >= ENOUGH:
            for category, letter, cell in found:
                if category is not None and letter.isupper():
                    yield Graded(category, re.sub(r"\s", "", letter), cell, i)


def columns_of_change(table: Block) -> tuple[int, int] | None:
    """Give the columns of a table that hold the letters before and after an update, as their heads say.

    >>> heads = tuple(Text(head) for head in ("Category", "Original grade", "Updated grade"))
    >>> columns_of_change(Block("table", Text(""), rows=(heads,))), columns_of_change(Block("table", Text("")))
    ((1, 2), None)
    """
    heads = [cell.text for cell in table.rows[0]] if table.rows else []
    before = [i for i, head in enumerate(heads) if _BEFORE_UPDATE.search(head)]
    after = [i for i, head in enumerate(heads) if i not in before and _AFTER_UPDATE.search(head)]
    dated = sorted((date, i) for i, head in enumerate(heads) if (date := find_date(head)))
    others = [i for _, i in dated if i not in before and i not in after]
    if len(before) + len(after) == len(others) == 1:
        before, after = before or others, after or others
    if len(before) == len(after) == 1:
        return before[0], after[0]
    return (dated[0][1], dated[1][1]) if len(dated) == 2 and dated[0][0] != dated[1][0] else None


def dated_rows(table: Block) -> list[tuple[str, dict[Category, Text]]]:
    """Give the cells that hold the letters of each date, the earliest first, of a table with a row for each review or update.

    >>> cells = (("Date", "Mechanism", "Cases", "Risks"), ("May 2021", "B", "D", "C"), ("June 2013", "B", "U", "C"))
    >>> rows = tuple(tuple(Text(cell) for cell in row) for row in cells)
    >>> [(date, letters["cases"].text) for date, letters in dated_rows(Block("table", Text(""), rows=rows))]
    [('2013-06', 'U'), ('2021-05', 'D')]
    """
    head = table.rows[0] if table.rows else ()
    columns = {i: category_in(match) for i, cell in enumerate(head) if (match := NAME_IN_HEAD.match(cell.text))}
    if len(columns) < ENOUGH or 0 in columns or len(table.rows) <= 2:
        return []
    found = []
    for row in table.rows[1:]:
        date = _date_alone(row[0].text) if row else None
        letters = {
            category: row[i] for i, category in columns.items() if category and i < len(row) and letter_in(row[i])
        }
        if date is None or len(letters) < ENOUGH:
            return []
        found.append((date, letters))
    return sorted(found, key=lambda item: item[0])


def is_of_several(table: Block) -> bool:
    """Say whether a table gives several treatments their letters: each a column, or each a row below the categories.

    >>> cells = (("Cases Grade", "B", "C"), ("Trials Grade", "D", "F"), ("Risks", "A", "U"))
    >>> rows = tuple(tuple(Text(cell) for cell in row) for row in cells)
    >>> is_of_several(Block("table", Text(""), rows=rows)), is_of_several(Block("table", Text("")))
    (True, False)
    """
    if len(table.rows) < ENOUGH or columns_of_change(table) is not None or dated_rows(table):
        return False
    by_row = (sum(letter_in(cell) is not None for cell in row[1:]) for row in table.rows if category_of_row(row))
    if sum(letters > 1 for letters in by_row) >= ENOUGH:
        return True
    heads = table.rows[: _MOST_HEADS + 1]
    named = (sum(NAME_IN_HEAD.match(cell.text) is not None for cell in row) >= ENOUGH for row in heads)
    lettered = sum(sum(letter_in(cell) is not None for cell in row) >= ENOUGH for row in table.rows)
    return lettered > 1 and any(named)


def letter_in(cell: Text) -> str | None:
    """Give the letter that is all that a cell holds.

    >>> letter_in(Text("Grade B")), letter_in(Text("B or so"))
    ('B', None)
    """
    match = LETTER_ONLY.match(_GRADE_AHEAD.sub("", cell.text))
    return re.sub(r"\s", "", match["letter"]) if match and match["letter"].isupper() else None


def letter_after(before: Text, after: Text) -> str | None:
    """Give the letter after an update; a cell that is empty or says so leaves the letter as it was.

    >>> letter_after(Text("B"), Text("–")), letter_after(Text("B"), Text("C")), letter_after(Text("B"), Text("see below"))
    ('B', 'C', None)
    """
    return letter_in(before) if _UNCHANGED.fullmatch(after.text) else letter_in(after)


def category_of_row(row: Sequence[Text]) -> Category | None:
    """Give the category that the first cell of a row names, or the one behind its date.

    >>> category_of_row([Text("Pre-clinical"), Text("B")])
    'preclinical'
    """
    name = next((match for cell in row[:2] if (match := NAME_IN_HEAD.match(cell.text))), None)
    return category_in(name) if name else None


def _graded_rows(table: Block, at: int) -> Iterator[Graded]:
    found = []
    columns = columns_of_change(table)
    for row in table.rows if columns else ():
        category = category_of_row(row)
        if columns and len(row) > max(columns) and category:
            letter = letter_after(row[columns[0]], row[columns[1]])
            shown = columns[1] if letter_in(row[columns[1]]) else columns[0]
            found += [Graded(category, letter, row[shown], at)] if letter else []
    if columns:
        yield from found if len({item.category for item in found}) >= ENOUGH else ()
        return
    for row in table.rows:
        cells = [cell for cell in row if cell.text]
        at += len(cells)
        name = NAME_ALONE.match(cells[0].text) if len(cells) > 1 else None
        if name is None and len(cells) > 2:  # behind a cell that spans the rows
            name = NAME_ALONE.match(cells[1].text)
        letters = [(m["letter"], cell) for cell in cells[1:] if (m := LETTER_ONLY.match(cell.text))]
        if name is not None and len(letters) > 1:
            return  # one treatment a column
        if name is not None and letters and letters[0][0].isupper() and (category := category_in(name)):
            date = next((date for cell in cells[1:] if (date := _date_alone(cell.text))), None)
            found.append(Graded(category, re.sub(r"\s", "", letters[0][0]), letters[0][1], at - len(cells), date))
    if len({item.category for item in found}) >= ENOUGH:
        yield from found


def _marked_rows(table: Block, at: int) -> Iterator[Graded]:
    """Read a table whose columns are letters, of which each row marks one."""
    named = [(category, row) for row in table.rows[1:] if (category := category_of_row(row))]
    marked = [(category, row, marked_cell(table.rows[0], row)) for category, row in named]
    found = [Graded(category, cell.letter, row[cell.column], at) for category, row, cell in marked if cell]
    if len({item.category for item in found}) >= ENOUGH:
        yield from found


def _date_alone(cell: str) -> str | None:
    """Give the date that is all that a cell holds."""
    return find_date(cell) if len(cell.split()) <= _MOST_DATE_WORDS else None
