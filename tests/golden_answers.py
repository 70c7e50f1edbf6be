"""The golden answers: one file ``golden/QUERY[--CASE].json`` for each way of asking, derived by hand from ``dataset/``."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from alsu_kg.answers.answer import Value

HERE = Path(__file__).parent
DATASET = HERE / "dataset"
GOLDEN = HERE / "golden"

Cell = str | int | float | bool | None | list[str]


class Golden(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a question is asked with, and every row that it must answer, in order; lists are sorted."""

    given: dict[str, str | int]
    columns: list[str]
    rows: list[list[Cell]]


def read_golden() -> dict[str, Golden]:
    """Every golden answer by the name of its file."""
    files = sorted(GOLDEN.glob("*.json"))
    return {path.stem: msgspec.json.decode(path.read_bytes(), type=Golden) for path in files}


def query_of(case: str) -> str:
    """The query that a golden answer belongs to."""
    return case.partition("--")[0]


def thaw(rows: Sequence[Sequence[Value]]) -> list[list[Cell]]:
    """Rows of an Answer as they stand in a golden file."""
    return [[list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in rows]


def per_golden() -> pytest.MarkDecorator:
    """Run a test once for each golden answer."""
    found = read_golden()
    return pytest.mark.parametrize(("case", "golden"), found.items(), ids=found)
