"""Which works documents cite together, and which documents share works: networks of a graph, and their pictures.

Citations are read with one pattern and multiplied as a sparse matrix (``linking.citation_networks``): no query joins the graph
with itself, so ten thousand documents take seconds.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from alsu_kg.answers.answer import Answer
from alsu_kg.answers.drawing_arcs import Words, draw_arcs, drawn_edges, strongest
from alsu_kg.answers.drawing_marks import Caption
from alsu_kg.answers.drawing_page import Page
from alsu_kg.answers.network import Network
from alsu_kg.graph import iris
from alsu_kg.linking.citation_networks import bibliographic_coupling, co_citation
from alsu_kg.model.errors import UsageError
from alsu_kg.store import Graph

Values = Mapping[str, str]
NETWORKS: Final = ("co-citation", "shared-references")

_PREFIXES: Final = {
    "alsu": f"{iris.BASE}vocab#",
    "biro": "http://purl.org/spar/biro/",
    "cito": "http://purl.org/spar/cito/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}
_CITES: Final = """SELECT ?document (GROUP_CONCAT(DISTINCT STR(?work); SEPARATOR=" ") AS ?works) WHERE {
  GRAPH ?g { ?document cito:cites ?work }
} GROUP BY ?document"""
"""One row for each document: the engine puts rows together in half the time that Python takes to read them one by one."""

_LABELS: Final = """SELECT ?work (MIN(?short) AS ?label) (MIN(?long) AS ?title) WHERE {
  VALUES ?work { %s }
  GRAPH ?links { ?reference biro:references ?work }
  GRAPH ?printed { ?reference rdfs:label ?short }
  OPTIONAL { GRAPH ?printed { ?reference dcterms:title ?long } }
} GROUP BY ?work"""
_DOCUMENTS: Final = """SELECT ?document (MIN(?number) AS ?key) (GROUP_CONCAT(DISTINCT ?name; SEPARATOR=", ") AS ?label) WHERE {
  VALUES ?document { %s }
  GRAPH ?g { ?document alsu:key ?number }
  OPTIONAL { GRAPH ?t { ?treatment alsu:inReview ?document ; a alsu:Treatment ; rdfs:label ?name } }
} GROUP BY ?document"""
_NEWEST: Final = "SELECT (MAX(STR(?day)) AS ?newest) WHERE { GRAPH ?g { ?source alsu:asOf ?day } }"
_MOST: Final = 40
_WORDS: Final = {
    "co-citation": Words("documents", "cited together by so many reviews", "reviews that cite it"),
    "shared-references": Words("works", "so many works cited by both reviews", "reviews that it shares works with"),
}
_NOTES: Final = {
    "co-citation": "Works that the same reviews cite. That works are cited together says nothing about whether they agree.",
    "shared-references": "Reviews that cite the same works. Reviews that rest on the same works are no independent evidence.",
}


def read_citations(graph: Graph) -> dict[str, list[str]]:
    """Read which works each document cites, as IRIs."""
    return {row["document"].value: row["works"].value.split(" ") for row in _rows(graph, _CITES)}


def make_network(graph: Graph, name: str, *, least: int = 1) -> Network:
    """Make the network ``name`` of all documents: nodes are IRIs with ``count``, edges count what is shared.

    ``co-citation`` ties works by the number of ``documents`` that cite both, ``shared-references`` documents by the number of
    ``works`` that both cite. Raises ``UsageError`` for any other name.
    """
    if name not in NETWORKS:
        raise UsageError(f"there is no network {name!r}", repair=f"use {' or '.join(NETWORKS)}")
    cited = read_citations(graph)
    network = (co_citation if name == "co-citation" else bibliographic_coupling)(cited, least=least)
    counts: dict[str, int] = {}
    for works in cited.values():
        for work in set(works):
            counts[work] = counts.get(work, 0) + 1
    network.graph["documents"] = len(cited)
    for node in network:
        count = counts[node] if name == "co-citation" else int(network.degree(node))
        network.nodes[node]["count"] = count
    return network


def add_labels(graph: Graph, network: Network, name: str) -> None:
    """Give the nodes of a network labels that a person can read: short reference and title, or review and treatments."""
    sparql = _LABELS if name == "co-citation" else _DOCUMENTS
    nodes = sorted(network)
    for start in range(0, len(nodes), 500):
        values = " ".join(f"<{node}>" for node in nodes[start : start + 500])
        for row in _rows(graph, sparql.replace("%s", values, 1)):
            node, label = row[0].value, (row["label"].value if row["label"] else "")
            if name == "co-citation":
                title = row["title"].value if row["title"] else ""
                label = f"{label}: {title}" if title and title != label else label
            elif row["key"]:
                label = f"{row['key'].value} {label}".strip()
            network.nodes[node]["label"] = label or _short(node)
    for node in network:
        network.nodes[node].setdefault("label", _short(node))


def _short(node: str) -> str:
    return node.removeprefix(f"{iris.BASE}id/").removeprefix("work/").replace("doi/", "doi:", 1)


def lay_out(graph: Graph, values: Values, *, name: str) -> Page:
    """Lay out a network as a picture: its strongest nodes, and how many were left out."""
    drawn, whole, least = _drawn(graph, name, values)
    linked = sum(1 for node in whole if whole.degree(node))
    noun = "works" if name == "co-citation" else "reviews"
    title = "Works that reviews cite together" if name == "co-citation" else "Reviews that cite the same works"
    common = _WORDS[name].weight.replace("documents", "reviews")
    facts = (f"{len(drawn)} of {linked} {noun} with {least} or more {common} in common", _newest(graph))
    lists = whole.graph["documents"]
    notes = (
        _NOTES[name],
        f"Left out: {linked - len(drawn)} {noun} with fewer ties, {len(whole) - linked} that have so many in common with no other, "
        f"and {drawn.number_of_edges() - len(drawn_edges(drawn, _WORDS[name].weight))} of the thinnest arcs.",
        f"Reference lists that are tied to works are known here of {lists} review{'' if lists == 1 else 's'}.",
        "Groups are found by an algorithm (greedy modularity); nobody has judged them.",
    )
    return draw_arcs(drawn, Caption(title, facts, notes), _WORDS[name])


def tabulate(graph: Graph, values: Values, *, name: str) -> Answer:
    """Give what the picture shows as a table: the pairs, the strongest first."""
    drawn, _, _ = _drawn(graph, name, values)
    weight = _WORDS[name].weight
    label = {node: str(drawn.nodes[node]["label"]) for node in drawn}
    pairs: list[tuple[str, str, int]] = []
    for first, second, data in drawn.edges(data=True):
        one, two = sorted((label[first], label[second]))
        pairs.append((one, two, int(data[weight])))
    columns = ("work_a", "work_b", "reviews") if name == "co-citation" else ("review_a", "review_b", "works")
    rows = sorted(pairs, key=lambda row: (-row[2], row[0], row[1]))
    return Answer(f"{_NOTES[name]}", columns, tuple(rows))


def _drawn(graph: Graph, name: str, values: Values) -> tuple[Network, Network, int]:
    least, most = _number("least", values.get("least", "1")), _number("most", values.get("most", str(_MOST)))
    whole = make_network(graph, name, least=least)
    drawn = strongest(whole, most, _WORDS[name].weight)
    add_labels(graph, drawn, name)
    return drawn, whole, least


def _number(name: str, value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 1000:
        raise UsageError(f"cannot be {value!r}", place=f"parameter {name}", repair="use a whole number from 1 to 1000")
    return int(value)


def _newest(graph: Graph) -> str:
    for row in _rows(graph, _NEWEST):
        if row["newest"] and row["newest"].value:
            return f"newest dated source {row['newest'].value}"
    return "no source has a date"


def _rows(graph: Graph, sparql: str) -> Sequence[ox.QuerySolution]:
    found = graph.run(sparql, prefixes=_PREFIXES)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("a SELECT query gives solutions")
    return list(found)
