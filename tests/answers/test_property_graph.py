"""The property graph: nothing is lost, nothing is asserted that the graph does not assert, and both files open again."""

import io
from collections.abc import Callable
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alsu_kg.answers.property_graph import PropertyGraph, make_property_graph, write_gexf, write_graphml
from alsu_kg.graph.ntriples import NamedGraph, boolean, decimal, integer, text
from alsu_kg.graph.terms import ALSU, BIOLINK, RDF, RDFS, SKOS

Writer = Callable[[PropertyGraph], str]
Reader = Callable[[str], PropertyGraph]

CLAIM = "https://w3id.org/alsu-kg/id/claim/x/1"
DRUG = "https://w3id.org/alsu-kg/id/treatment/x"
TARGET = "https://w3id.org/alsu-kg/id/mechanism/nf-kb"


def small_graph() -> PropertyGraph:
    return make_property_graph(small_lines())


def small_lines() -> list[str]:
    graph = NamedGraph("<https://w3id.org/alsu-kg/id/graph/x>")
    claim, drug, target = f"<{CLAIM}>", f"<{DRUG}>", f"<{TARGET}>"
    status = "<https://w3id.org/alsu-kg/id/status/hypothesised>"
    graph.add(claim, RDF.type, ALSU.Claim)
    graph.add(claim, RDF.subject, drug)
    graph.add(claim, RDF.predicate, BIOLINK.affects)
    graph.add(claim, RDF.object, target)
    graph.add(claim, ALSU.status, status)
    graph.add(claim, ALSU.polarity, text("decreases"))
    graph.add(claim, ALSU.position, integer(1))
    graph.add(status, SKOS.notation, text("hypothesised"))
    graph.add(drug, RDFS.label, text("Drug X"))
    graph.add(drug, SKOS.altLabel, text("b"), text("a"))
    graph.add(target, SKOS.prefLabel, text("NF-κB") + "@en")
    graph.add(BIOLINK.affects, RDFS.label, text("affects"))
    return graph.lines


def read_graphml(written: str) -> PropertyGraph:
    return nx.MultiDiGraph(nx.read_graphml(io.BytesIO(written.encode()), force_multigraph=True))


def read_gexf(written: str) -> PropertyGraph:
    return nx.MultiDiGraph(nx.read_gexf(io.BytesIO(written.encode())))


READERS = [(write_graphml, read_graphml), (write_gexf, read_gexf)]


def nodes_of(graph: PropertyGraph) -> dict[str, dict[str, object]]:
    return {node: dict(attributes) for node, attributes in graph.nodes(data=True)}


def edges_of(graph: PropertyGraph) -> list[tuple[str, str, dict[str, object]]]:
    edges = [(u, v, {k: d[k] for k in ("label", "predicate", "graph")}) for u, v, d in graph.edges(data=True)]
    return sorted(edges, key=lambda edge: (edge[0], edge[1], edge[2]["predicate"], edge[2]["graph"]))


def test_a_claim_is_a_node_and_no_edge_between_the_things_it_speaks_of() -> None:
    graph = small_graph()
    assert not graph.has_edge(DRUG, TARGET)
    assert not graph.has_edge(TARGET, DRUG)
    assert set(graph.successors(CLAIM)) >= {DRUG, TARGET}


def test_the_label_of_a_claim_begins_with_its_status_and_tells_the_direction() -> None:
    assert small_graph().nodes[CLAIM]["label"] == "hypothesised: Drug X affects NF-κB (decreases)"


def test_a_node_has_label_kind_and_its_literals_and_several_values_are_joined() -> None:
    attributes = small_graph().nodes[DRUG]
    assert attributes == {"label": "Drug X", "kind": "treatment", "rdfs:label": "Drug X", "skos:altLabel": "a | b"}


def test_an_edge_has_its_predicate_and_the_graph_that_states_it() -> None:
    data = [d for _, v, d in small_graph().out_edges(CLAIM, data=True) if v == TARGET]
    assert data == [
        {"label": "rdf:object", "predicate": RDF.object[1:-1], "graph": "https://w3id.org/alsu-kg/id/graph/x"}
    ]


def test_every_statement_between_two_iris_is_an_edge_also_if_two_graphs_state_it() -> None:
    lines = [f"<s:1> <s:p> <s:2> <s:g{i}> .\n" for i in (1, 2)]
    graph = make_property_graph(lines)
    assert sorted(d["graph"] for _, _, d in graph.edges(data=True)) == ["s:g1", "s:g2"]


def test_the_keys_of_edges_are_unique_in_the_whole_graph() -> None:
    keys = [key for *_, key in small_graph().edges(keys=True)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("write", "read"), READERS)
def test_both_files_open_again_with_all_attributes(write: Writer, read: Reader) -> None:
    graph = small_graph()
    again = read(write(graph))
    assert nodes_of(again) == nodes_of(graph)
    assert edges_of(again) == edges_of(graph)


@pytest.mark.parametrize(("write", "read"), READERS)
@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=())).map(text),
            st.integers().map(integer),
            st.booleans().map(boolean),
            st.decimals(-100000, 100000, places=3).map(lambda number: decimal(float(number))),
        ),
        max_size=5,
    )
)
def test_any_literals_open_again_with_one_type_for_each_attribute(
    write: Writer, read: Reader, values: list[str]
) -> None:
    lines = [f"<s:{i % 2}> <s:p{i % 3}> {value} <s:g> .\n" for i, value in enumerate(values)]
    graph = make_property_graph([*lines, "<s:0> <s:to> <s:1> <s:g> .\n"])
    again = read(write(graph))
    assert nodes_of(again) == nodes_of(graph)
    for name in {name for attributes in nodes_of(graph).values() for name in attributes}:
        assert len({type(a[name]) for a in nodes_of(again).values() if name in a}) == 1


def test_numbers_stay_numbers_unless_a_node_has_two_of_them() -> None:
    one = make_property_graph([f"<s:1> <s:n> {integer(5)} <s:g> .\n", f"<s:2> <s:n> {integer(7)} <s:g> .\n"])
    two = make_property_graph([f"<s:1> <s:n> {integer(5)} <s:g> .\n", f"<s:1> <s:n> {integer(7)} <s:g> .\n"])
    assert [one.nodes[n]["s:n"] for n in one] == [5, 7]
    assert two.nodes["s:1"]["s:n"] == "5 | 7"


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_characters_that_xml_cannot_hold_are_replaced(write: Writer) -> None:
    graph = make_property_graph(["<s:1> <s:p> " + text("a\x00\x0b\ufffeb<&\"'>") + " <s:g> .\n"])
    assert graph.nodes["s:1"]["s:p"] == "a\ufffd\ufffd\ufffdb<&\"'>"
    ElementTree.fromstring(write(graph))


def test_edges_stand_in_order_whatever_the_order_of_the_lines() -> None:
    edges = [f"<s:{i}> <s:p> <s:{j}> <s:g> .\n" for i in range(9) for j in range(9)]
    for lines in (edges, edges[::-1]):
        graph = make_property_graph(lines)
        keys = sorted((key, u, v) for u, v, key in graph.edges(keys=True))
        assert [(u, v) for _, u, v in keys] == sorted((f"s:{i}", f"s:{j}") for i in range(9) for j in range(9))


@pytest.mark.parametrize(("write", "read"), READERS)
def test_ends_of_lines_are_kept_as_one_kind(write: Writer, read: Reader) -> None:
    graph = make_property_graph(
        ["<s:1> <s:p> " + text("a\r\nb\rc\n d\t e ") + " <s:g> .\n", "<s:1> <s:q> <s:2> <s:g> .\n"]
    )
    assert graph.nodes["s:1"]["s:p"] == "a\nb\nc\n d\t e "
    assert nodes_of(read(write(graph))) == nodes_of(graph)


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_the_same_graph_gives_the_same_text_in_any_order_of_its_lines(write: Writer) -> None:
    lines = small_lines()
    assert write(make_property_graph(lines)) == write(make_property_graph(reversed(lines)))
    assert "lastmodifieddate" not in write(make_property_graph(lines))
