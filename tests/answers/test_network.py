"""Networks from answers: every edge keeps its status, nothing is joined that nobody joined, unknown stays unknown."""

import networkx as nx

from alsu_kg.answers.answer import Answer, Value
from alsu_kg.answers.network import (
    make_evidence_grid,
    make_mechanism_network,
    make_shared_mechanism_network,
    to_networkx,
)
from alsu_kg.queries import ask
from alsu_kg.store import Graph

PATH = ("path", "position", "subject", "predicate", "object", "status", "context", "references", "polarity", "why_weak")
CLAIM = ("claim", "subject", "predicate", "object", "status", "polarity", "context", "references", "section")
SHARED = ("treatment_a", "treatment_b", "mechanism", "status_a", "status_b", "review_a", "review_b")
NO_PATHS = Answer("?", PATH, ())


def claim(
    number: int, target: str, status: str, *, references: tuple[str, ...] = (), subject: str = "X"
) -> tuple[Value, ...]:
    return (f"c/{number}", subject, "affects", target, status, "unknown", None, references, None)


def claims(*rows: tuple[Value, ...]) -> Answer:
    return Answer("?", CLAIM, rows)


def test_hops_of_paths_are_edges_with_status_and_order() -> None:
    rows: list[tuple[Value, ...]] = [
        ("p/1", 1, "X", "affects", "NF-kB", "asserted", "species: mouse", ("11",), "decreases", "one work"),
        ("p/1", 2, "NF-kB", "causes", "death", "hypothesised", None, ("8", "10", "9"), "increases", None),
    ]
    network = make_mechanism_network(Answer("?", PATH, tuple(rows)), claims(), "X")
    assert [(u, v, d["position"], d["status"], d["references"]) for u, v, d in network.edges(data=True)] == [
        ("X", "NF-kB", 1, "asserted", ("11",)),
        ("NF-kB", "death", 2, "hypothesised", ("8", "9", "10")),
    ]


def test_a_hop_that_goes_on_by_another_word_for_the_same_thing_goes_on_from_the_same_node() -> None:
    first: tuple[Value, ...] = ("p/1", 1, "X", "affects", "NF-kB", "asserted", None, (), "decreases", None)
    second: tuple[Value, ...] = ("p/1", 2, "NF-kappa B", "causes", "death", "asserted", None, (), "increases", None)
    paths = Answer("?", PATH, (first, second))
    apart = make_mechanism_network(paths, claims(), "X")
    joined = make_mechanism_network(
        paths, claims(), "X", things={"NF-kB": "<m:1>", "NF-kappa B": "<m:1>", "X": "<t:1>"}
    )
    assert sorted(apart) == ["NF-kB", "NF-kappa B", "X", "death"]
    assert sorted(joined) == ["NF-kB", "X", "death"]


def test_with_paths_other_claims_are_no_edges_and_are_counted() -> None:
    row: tuple[Value, ...] = ("p/1", 1, "X", "affects", "NF-kB", "asserted", None, (), "unknown", None)
    answer = claims(claim(1, "NF-kB", "asserted"), claim(2, "NF-kB", "negated"), claim(3, "glutamate", "unclear"))
    network = make_mechanism_network(Answer("?", PATH, (row,)), answer, "X")
    assert network.number_of_edges() == 1
    assert network.graph["left_out"] == ("negated", "unclear")


def test_without_paths_the_claims_of_the_treatment_on_mechanisms_are_edges() -> None:
    other = ("c/4", "X", "treats", "gout", "asserted", "none", None, (), None)
    answer = claims(claim(1, "a", "negated"), claim(2, "b", "unclear"), claim(3, "c", "asserted", subject="Y"), other)
    network = make_mechanism_network(NO_PATHS, answer, "X")
    assert [(v, d["status"]) for _, v, d in network.edges(data=True)] == [("a", "negated"), ("b", "unclear")]
    assert network.graph["left_out"] == ("asserted", "asserted")


def test_a_claim_that_calls_the_treatment_by_another_name_is_its_claim() -> None:
    answer = claims(claim(1, "a", "asserted", subject="X-101"))
    network = make_mechanism_network(NO_PATHS, answer, "X", things={"X": "<t:1>", "X-101": "<t:1>", "a": "<m:1>"})
    assert list(network.edges()) == [("X", "a")]


def test_equal_claims_are_one_edge_with_the_references_of_all_and_unequal_ones_stay_apart() -> None:
    answer = claims(
        claim(1, "a", "asserted", references=("2", "1")),
        claim(2, "a", "asserted", references=("10",)),
        claim(3, "a", "hypothesised"),
    )
    edges = list(make_mechanism_network(NO_PATHS, answer, "X").edges(data=True))
    assert [(d["status"], d["references"]) for _, _, d in edges] == [
        ("asserted", ("1", "2", "10")),
        ("hypothesised", ()),
    ]


def test_a_treatment_without_claims_is_a_node_alone() -> None:
    network = make_mechanism_network(NO_PATHS, claims(), "X")
    assert list(network) == ["X"]
    assert network.number_of_edges() == 0


def test_treatments_are_tied_to_mechanisms_with_their_own_status_and_never_to_each_other() -> None:
    answer = Answer("?", SHARED, (("A", "B", "m", "asserted", "hypothesised", "1", "2"),))
    network = make_shared_mechanism_network(answer)
    assert sorted((u, v, d["status"]) for u, v, d in network.edges(data=True)) == [
        ("mechanism:m", "treatment:A", "asserted"),
        ("mechanism:m", "treatment:B", "hypothesised"),
    ]
    assert nx.is_bipartite(nx.Graph(network))


def test_a_treatment_and_a_mechanism_of_the_same_name_are_two_nodes() -> None:
    answer = Answer("?", SHARED, (("Glutathione", "B", "Glutathione", "asserted", "unclear", "1", "2"),))
    assert {d["kind"] for _, d in make_shared_mechanism_network(answer).nodes(data=True)} == {"treatment", "mechanism"}
    assert len(make_shared_mechanism_network(answer)) == 3


def test_each_status_of_a_treatment_is_one_edge() -> None:
    rows = (("A", "B", "m", "asserted", "unclear", "1", "2"), ("A", "C", "m", "hypothesised", "unclear", "1", "3"))
    network = make_shared_mechanism_network(Answer("?", SHARED, rows))
    assert sorted(d["status"] for _, _, d in network.edges("treatment:A", data=True)) == ["asserted", "hypothesised"]


def grades(*rows: tuple[str, str, str, bool]) -> Answer:
    filled = tuple((name, "1", category, grade, None, "s", current) for name, category, grade, current in rows)
    return Answer("?", ("treatment", "review", "category", "grade", "as_of", "source", "current"), filled)


def treatments(*names: str) -> Answer:
    return Answer("?", ("treatment", "review"), tuple((name, "1") for name in names))


def test_letters_of_one_source_and_of_sources_that_disagree_are_told_apart() -> None:
    assessments = grades(
        ("X", "risks", "B/D", True),
        ("X", "trials", "F", True),
        ("X", "trials", "C", True),
        ("X", "trials", "D", True),
        ("X", "trials", "A", False),
    )
    (row,) = make_evidence_grid(treatments("X", "X"), assessments)
    assert row.cells == ((), (), (), (("C",), ("D",), ("F",)), (("B", "D"),))


def test_the_grid_is_sorted_by_evidence_in_people_and_not_by_risks() -> None:
    names = treatments("no grade", "no data", "failed", "best", "two letters", "Also best")
    assessments = grades(
        ("no grade", "risks", "A", True),
        ("no data", "trials", "U", True),
        ("failed", "trials", "F", True),
        ("failed", "mechanism", "A", True),
        ("failed", "cases", "A", True),
        ("best", "trials", "B", True),
        ("best", "risks", "F", True),
        ("two letters", "trials", "C", True),
        ("two letters", "trials", "F", True),
        ("Also best", "trials", "B", True),
    )
    ordered = [row.treatment for row in make_evidence_grid(names, assessments)]
    assert ordered == ["Also best", "best", "two letters", "failed", "no data", "no grade"]
    assert [row.treatment for row in make_evidence_grid(names, assessments, by_name=True)][:2] == ["Also best", "best"]


def test_any_shared_table_becomes_a_network_without_direction() -> None:
    answer = Answer("?", SHARED, (("A", "B", "m", "asserted", "hypothesised", "1", "2"),))
    network = to_networkx(answer)
    assert not network.is_directed()
    assert list(network.edges(data=True)) == [
        (
            "A",
            "B",
            {"mechanism": "m", "status_a": "asserted", "status_b": "hypothesised", "review_a": "1", "review_b": "2"},
        )
    ]


def test_subject_and_object_are_the_ends_also_if_other_columns_name_things() -> None:
    row: tuple[Value, ...] = ("p/1", 1, "X", "affects", "NF-kB", "speculated", None, (), "decreases", None)
    network = to_networkx(Answer("?", PATH, (row,)))
    assert network.is_directed()
    assert [(u, v, d["status"], d["path"]) for u, v, d in network.edges(data=True)] == [
        ("X", "NF-kB", "speculated", "p/1")
    ]


def test_a_list_makes_an_edge_for_each_value_and_an_unknown_end_makes_none() -> None:
    answer = Answer("?", ("hop", "why_weak", "treatments"), (("h", "w", ("A", "B")), ("alone", "w", ())))
    network = to_networkx(answer)
    assert sorted(network.edges()) == [("h", "A"), ("h", "B")]
    assert "alone" in network


def test_every_answer_about_the_reviews_becomes_a_network(reviews_graph: Graph) -> None:
    for name in ("treatment_shared-mechanism", "corpus_shared-references", "treatment_grade-table", "corpus_weak-hops"):
        answer = ask(reviews_graph, name)
        network = to_networkx(answer)
        assert network.number_of_edges() >= len(answer) or name == "corpus_weak-hops", name
