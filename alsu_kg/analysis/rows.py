"""Rows of answers as the analysis takes them: a mapping from column to cell, read with types."""

from collections.abc import Mapping, Sequence

Cell = str | int | float | bool | None | tuple[str, ...]
Row = Mapping[str, Cell]
Rows = Sequence[Row]


def text_of(row: Row, column: str) -> str | None:
    """Give a cell as text; empty and absent cells are ``None``.

    >>> text_of({"year": 2015, "doi": None}, "year"), text_of({"doi": None}, "doi")
    ('2015', None)
    """
    value = row.get(column)
    return None if value is None or value == "" else str(value)


def list_of(row: Row, column: str) -> tuple[str, ...]:
    """Give a list cell; a cell of another kind is an empty list."""
    value = row.get(column)
    return value if isinstance(value, tuple) else ()
