"""The current letters of the real reviews are those that the facts hold for every treatment and category."""

from pathlib import Path

import msgspec
import pytest

from alsu_kg.model.review import CATEGORIES, Category
from alsu_kg.queries import ask
from alsu_kg.store import Graph

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "reviews.json"
pytestmark = pytest.mark.skipif(not FACTS.is_file(), reason="the facts (../shared/facts) are not here")


class Conflict(msgspec.Struct):
    field: str
    other: str
    other_from: str


class Fact(msgspec.Struct):
    treatment: str
    grades: dict[Category, str | None]
    conflicts: list[Conflict]


def _facts() -> list[Fact]:
    return msgspec.json.decode(FACTS.read_bytes(), type=list[Fact])


def test_current_letters_are_those_of_the_facts(reviews_graph: Graph) -> None:
    """A letter of the facts is among the current ones; another beside it only where the facts tell of a conflict."""
    current: dict[tuple[str, str], set[str]] = {}
    for row in ask(reviews_graph, "treatment_evidence-grades").to_dicts():
        if row["current"]:
            current.setdefault((str(row["treatment"]), str(row["category"])), set()).add(str(row["grade"]))
    for fact in _facts():
        for category in CATEGORIES:
            letter, found = fact.grades.get(category), current.pop((fact.treatment, category), set())
            told = {c.other for c in fact.conflicts if c.field == f"grades.{category}"}
            if letter is None:
                assert found <= told, (fact.treatment, category)
            else:
                assert letter in found, (fact.treatment, category)
                assert found - {letter} <= told, (fact.treatment, category)
    assert not current


def test_table_shows_what_is_current(reviews_graph: Graph) -> None:
    table = {str(row["treatment"]): row for row in ask(reviews_graph, "treatment_grade-table").to_dicts()}
    for fact in _facts():
        for category in CATEGORIES:
            letter = fact.grades.get(category)
            if letter:
                assert letter in str(table[fact.treatment][category]).split(" or ")
