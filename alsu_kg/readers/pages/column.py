"""A column of a page, and which columns hold the list of references."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alsu_kg.readers.headings import is_known_heading, role_of
from alsu_kg.readers.pages.lines import Line, is_heading

_LONGEST_NAME: Final = 40


class Column(NamedTuple):
    """Lines of a page that are read from the top down; they ``float`` if they are no part of the running text.

    ``lists`` says that they may be entries of a list that hang from the edge, ``is_aside`` that they stand beside the text,
    ``listed`` from which of them on they are the list of references.
    """

    lines: Sequence[Line]
    floats: bool
    lists: bool
    is_aside: bool = False
    listed: int | None = None


def with_references(columns: Sequence[Sequence[Column]], size: float) -> Iterator[list[Column]]:
    """Say of the columns of each page from where on they are the list of references: below its heading, up to another one.

    >>> lines = [Line("References", 50, 99, 90, 12, True), Line("Ay B. One. Cell. 2001;2:3.", 50, 250, 78, 10, False)]
    >>> next(with_references([[Column(lines, floats=False, lists=True)]], 10))[0].listed
    1
    """
    listed = False
    for page in columns:
        found: list[Column] = []
        for column in page:
            start = 0 if listed else None
            for i, line in enumerate(column.lines if not column.floats else ()):
                if len(line.text) < _LONGEST_NAME and role_of(line.text) == "references":
                    start = i + 1
                elif start is not None and is_heading(line, size) and is_known_heading(line.text):
                    start = None
            listed = listed if column.floats else start is not None
            found.append(column._replace(listed=None if column.floats else start))
        yield found
