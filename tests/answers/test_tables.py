"""Tables for people: nothing is wider than the terminal, and no value is lost, whatever its width."""

import re

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.answers.answer import Answer
from alsu_kg.answers.tables import write_table

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=11), min_size=1, max_size=12).map(" ".join)
TEXTS = st.one_of(st.none(), WORDS)


def _answer(columns: int, rows: list[list[str | None]]) -> Answer:
    names = tuple(f"column_{i}" for i in range(columns))
    return Answer("What is told?", names, tuple(tuple(row[:columns]) for row in rows))


@given(
    st.integers(1, 15),
    st.lists(st.lists(TEXTS, min_size=15, max_size=15), min_size=1, max_size=4),
    st.integers(40, 200),
)
def test_a_table_fits_the_terminal_and_keeps_every_value(
    columns: int, rows: list[list[str | None]], width: int
) -> None:
    answer = _answer(columns, rows)
    written = write_table(answer, width=width)
    lines = written.rstrip("\n").split("\n")
    assert max(map(len, lines[:-1])) <= width
    assert lines[-1].startswith(f"({len(rows)} row")
    shown = sorted(word for line in lines[:-1] for word in re.findall(r"\b[a-h]+\b", line))
    told = sorted(word for row in answer.rows for cell in row if cell is not None for word in str(cell).split())
    assert shown == told


def test_what_is_too_wide_side_by_side_is_one_value_a_line() -> None:
    answer = _answer(9, [["mice", None, *["a long value that needs room"] * 7]])
    written = write_table(answer, width=60)
    assert written.startswith("--- 1 of 1 ---")
    assert "column_0  mice\ncolumn_2  a long value that needs room\n" in written
    assert written.endswith("one value a line, what is unknown left out)\n")


def test_columns_that_fit_stay_side_by_side() -> None:
    written = write_table(_answer(2, [["mice", "a value " * 20]]), width=60)
    assert written.startswith("column_0    column_1\n")
    assert write_table(_answer(9, [["x" * 40] * 9])).count("\n") == 4
