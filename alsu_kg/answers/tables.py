"""An Answer as text: a table for people, Markdown, CSV, TSV and JSON for programs."""

import csv
import io
import json
import textwrap
from collections.abc import Callable, Mapping
from typing import Final, Literal

from tabulate import tabulate

from alsu_kg.answers.answer import LIST_SEPARATOR, Answer, Value

Format = Literal["table", "csv", "tsv", "json", "md"]
_NARROWEST: Final = 12
_LONGEST_RULE: Final = 60
_PADDING: Final = 2  # what tabulate adds to the name of a column


def write_cell(value: Value) -> str:
    """Write a value as text: unknown is empty, a list is joined, true is ``yes``.

    >>> write_cell(("b", "c")), write_cell(None), write_cell(True), write_cell(2.0)
    ('b | c', '', 'yes', '2')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def write_table(answer: Answer, *, width: int | None = None, paint: Callable[[str], str] = str) -> str:
    """Write a table for people, with the number of rows below it.

    ``width`` is that of the terminal in characters (``None``: as wide as needed); ``paint`` may colour a cell. What does not fit
    side by side is written one value a line, as psql does in its expanded display.
    """
    cells = [[write_cell(value) for value in row] for row in answer.rows]
    widths = _column_widths(answer, cells, width) if width else None
    if width and cells and widths is None:
        return _write_lines(answer, cells, width, paint)
    body = tabulate(
        [[paint(cell) for cell in row] for row in cells],
        answer.columns,
        tablefmt="simple",
        disable_numparse=True,
        maxcolwidths=widths,
    )
    count = f"{len(answer)} row{'' if len(answer) == 1 else 's'}"
    return f"{body}\n({count})\n" if answer.rows else f"(no rows: nothing in this graph answers: {answer.title})\n"


def _column_widths(answer: Answer, cells: list[list[str]], width: int) -> list[int] | None:
    """Share the width of the terminal: columns that fit keep their width, the others share the rest; ``None`` if they cannot."""
    natural = [max([len(name) + _PADDING, *(len(row[i]) for row in cells)]) for i, name in enumerate(answer.columns)]
    free, open_columns = width - 2 * (len(natural) - 1), set(range(len(natural)))
    while open_columns:
        share = free // len(open_columns)
        fitting = {i for i in open_columns if natural[i] <= share}
        if not fitting:
            break
        free -= sum(natural[i] for i in fitting)
        open_columns -= fitting
    share = free // len(open_columns) if open_columns else 0
    needed = max((len(answer.columns[i]) + _PADDING for i in open_columns), default=0)
    if open_columns and share < max(_NARROWEST, needed):
        return None
    return [share if i in open_columns else natural[i] for i in range(len(natural))]


def _write_lines(answer: Answer, cells: list[list[str]], width: int, paint: Callable[[str], str]) -> str:
    """Write each row as lines of name and value; what is unknown is left out."""
    indent = max(map(len, answer.columns)) + 2
    lines: list[str] = []
    for number, row in enumerate(cells, 1):
        lines.append(f"--- {number} of {len(cells)} ".ljust(min(width, _LONGEST_RULE), "-"))
        for name, cell in zip(answer.columns, row, strict=True):
            wrapped = textwrap.wrap(cell, max(width - indent, _NARROWEST), break_on_hyphens=False)
            lines += [f"{name if not i else '':<{indent}}{paint(part)}" for i, part in enumerate(wrapped)]
    count = f"{len(cells)} row{'' if len(cells) == 1 else 's'}"
    note = "too wide for a table here: one value a line, what is unknown left out"
    return "\n".join([*lines, f"({count}; {note})"]) + "\n"


def _write_separated(answer: Answer, delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([write_cell(value) for value in row] for row in answer.rows)
    return out.getvalue()


def _write_json(answer: Answer) -> str:
    return json.dumps(answer.to_dicts(), ensure_ascii=False, indent=1) + "\n"


def _write_markdown(answer: Answer) -> str:
    cells = [
        [write_cell(value).replace(LIST_SEPARATOR, "; ").replace("|", "\\|") for value in row] for row in answer.rows
    ]
    return tabulate(cells, answer.columns, tablefmt="github", disable_numparse=True) + "\n"


WRITERS: Final[Mapping[str, Callable[[Answer], str]]] = {
    "table": write_table,
    "md": _write_markdown,
    "csv": lambda answer: _write_separated(answer, ","),
    "tsv": lambda answer: _write_separated(answer, "\t"),
    "json": _write_json,
}
"""How to write an Answer in each format."""
