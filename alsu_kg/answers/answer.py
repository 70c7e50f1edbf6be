"""An Answer: the rows that a question gets, with named columns, independent of how they are shown."""

from dataclasses import dataclass

Value = str | int | float | bool | None | tuple[str, ...]
"""A cell: text, a number, true or false, unknown, or a sorted list."""

LIST_SEPARATOR = " | "
"""Joins the values of a list in the answer of a SPARQL endpoint (contract of the queries)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows with named columns; ``title`` is the question in plain words.

    >>> answer = Answer("Which grades?", ("treatment", "grade"), (("Azathioprine", "C"),))
    >>> answer.to_dicts()
    [{'treatment': 'Azathioprine', 'grade': 'C'}]
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Give one mapping per row, from column to value; lists are tuples."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> tuple[Value, ...]:
        """Give the values of one column in row order. Raises ``ValueError`` if there is no such column."""
        return tuple(row[self.columns.index(name)] for row in self.rows)


def split_list(joined: str) -> tuple[str, ...]:
    """Split the text of a list column into its distinct values, sorted.

    >>> split_list("b | a | b"), split_list("")
    (('a', 'b'), ())
    """
    return tuple(sorted({part for part in joined.split(LIST_SEPARATOR) if part}))
