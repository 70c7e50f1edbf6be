"""Absence of evidence is a dated node of its own, in the graph of the source that states it, and apart from evidence of absence."""

import pyoxigraph as ox
import pytest

from alsu_kg.assets import find_asset
from alsu_kg.graph import iris
from alsu_kg.graph.absence import add_absence_of_grade
from alsu_kg.graph.ntriples import NamedGraph
from alsu_kg.model.review import Grade, Letter, Review, ReviewRecord
from alsu_kg.queries import ask
from alsu_kg.records import find_record_files, read_record
from alsu_kg.store import Graph

ALSU = "https://w3id.org/alsu-kg/vocab#"
RECORD = ReviewRecord(record="x", review=Review(number=1))


def _select(graph: Graph, sparql: str) -> list[tuple[str | None, ...]]:
    solutions = graph.run(sparql)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(None if term is None else str(getattr(term, "value", term)) for term in row) for row in solutions]


def test_every_u_and_every_claim_without_evidence_of_the_real_records_is_a_node(reviews_graph: Graph) -> None:
    records = [read_record(path) for path in find_record_files([find_asset("data/reviews")])]
    letters = sum(grade.letter == "U" for record in records for grade in record.grades)
    claims = sum(claim.status == "no-evidence" for record in records for claim in record.claims)
    assert letters > 80
    assert claims == 3
    found = _select(reviews_graph, f"SELECT ?a WHERE {{ GRAPH ?g {{ ?a a <{ALSU}AbsenceOfEvidence> }} }}")
    assert len(found) == letters + claims
    assert len(ask(reviews_graph, "corpus_absence-of-evidence")) == letters + claims


def test_it_stands_in_the_graph_of_its_source_with_date_and_what_was_looked_for(reviews_graph: Graph) -> None:
    rows = _select(
        reviews_graph,
        f"SELECT ?g ?sought ?date ?source WHERE {{ GRAPH ?g {{ <{iris.BASE}id/absence/assessment/azathioprine/4> "
        f"<{ALSU}lookedFor> ?sought ; <{ALSU}asOf> ?date ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?source }} }}",
    )
    base = iris.BASE + "id/"
    seed = (
        base + "graph/azathioprine/seed",
        base + "category/preclinical",
        "2020-08-20",
        base + "source/azathioprine/seed",
    )
    assert rows == [seed]


@pytest.mark.parametrize("letter", ["A", "F", "U/F", "D/U"])
def test_other_letters_say_more_than_that_nothing_was_found(letter: Letter) -> None:
    graph = NamedGraph("<x:g>")
    grade = Grade(category="trials", letter=letter, as_of="2020")
    add_absence_of_grade(graph, RECORD, assessment=iris.thing("assessment", "x", 1), grade=grade, source=None)
    assert not graph.lines


def test_an_undated_u_has_no_date(dataset_graph: Graph) -> None:
    rows = ask(dataset_graph, "corpus_absence-of-evidence").to_dicts()
    undated = [row for row in rows if row["as_of"] is None]
    assert {row["treatment"] for row in undated} == {"Sham root tea"}


def test_the_two_are_never_the_same_statement(reviews_graph: Graph, dataset_graph: Graph) -> None:
    for graph in (reviews_graph, dataset_graph):
        nothing_found = set(ask(graph, "corpus_absence-of-evidence").column("statement"))
        not_seen = set(ask(graph, "corpus_evidence-of-absence").column("statement"))
        assert nothing_found
        assert not_seen
        assert not nothing_found & not_seen
