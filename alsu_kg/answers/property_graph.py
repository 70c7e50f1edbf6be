"""The whole graph as a property graph, for GraphML and GEXF: what Gephi, Cytoscape, yEd and networkx read.

One node per IRI with its label, its kind and its literal values; one edge per statement between two IRIs. Claims stay
nodes with edges to their subject, predicate and object, so what a review merely supposes never becomes an edge between the
things it speaks of, and the label of a claim begins with its status.
"""

import io
import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias, cast

import networkx as nx
import pyoxigraph as ox

from alsu_kg.answers.answer import LIST_SEPARATOR
from alsu_kg.graph import terms
from alsu_kg.graph.iris import BASE
from alsu_kg.graph.terms import ALSU, DCTERMS, RDF, RDFS, SKOS

PropertyGraph: TypeAlias = "nx.MultiDiGraph[str]"
Attribute = str | int | float | bool

_ID: Final = BASE + "id/"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_LABELS: Final = tuple(term[1:-1] for term in (RDFS.label, SKOS.prefLabel, DCTERMS.title, SKOS.notation, ALSU.word))
_TYPE: Final = RDF.type[1:-1]
_CLAIM: Final = ALSU.Claim[1:-1]
_CLAIM_PARTS: Final = tuple(term[1:-1] for term in (ALSU.status, RDF.subject, RDF.predicate, RDF.object))
_POLARITY: Final = "alsu:polarity"
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END: Final = re.compile("\r\n?")
_WRITTEN_ON: Final = re.compile(' lastmodifieddate="[^"]*"')
_LARGEST: Final = 2**63

Values = dict[str, dict[str, list[ox.Literal]]]
"""Literals by node and predicate."""


def make_property_graph(lines: Iterable[str]) -> PropertyGraph:
    """Turn lines of N-Quads into a property graph.

    Nodes are IRIs. Node attributes: ``label``, ``kind`` (the kind in our IRIs, else the classes) and one per literal
    property, named as in ``alsu:key``: a number or truth value where every node has at most one of that type, else text,
    several values sorted and joined with ``|``. Languages are left out, as are the graphs of literals: the exports as RDF
    hold them. Edge attributes: ``label``, ``predicate`` and ``graph`` (IRIs); the key of an edge is unique in the graph.
    Characters that XML 1.0 cannot hold become U+FFFD. Raises ``SyntaxError`` if a line is no N-Quads.

    >>> graph = make_property_graph(['<s:1> <s:p> <s:2> <s:g> .', '<s:1> <s:q> "one" <s:g> .'])
    >>> sorted(graph.edges(data="predicate")), graph.nodes["s:1"]["s:q"]
    ([('s:1', 's:2', 's:p')], 'one')
    """
    values: Values = {}
    edges: set[tuple[str, str, str, str]] = set()
    for quad in ox.parse("\n".join(lines), format=ox.RdfFormat.N_QUADS):
        subject, predicate = _name(quad.subject), _name(quad.predicate)
        literals = values.setdefault(subject, {})
        if isinstance(quad.object, ox.Literal):
            literals.setdefault(predicate, []).append(quad.object)
        else:
            target = _name(quad.object)
            values.setdefault(target, {})
            edges.add((subject, predicate, target, _name(quad.graph_name)))
    return _make_graph(values, sorted(edges))


def _make_graph(values: Values, edges: list[tuple[str, str, str, str]]) -> PropertyGraph:
    graph: PropertyGraph = nx.MultiDiGraph()
    titles, types = _titles(values, edges), _attribute_types(values)
    classes: dict[str, list[str]] = {}
    for subject, predicate, target, _ in edges:
        if predicate == _TYPE:
            classes.setdefault(subject, []).append(target)
    for node in sorted(values):
        kind = _kind(node, classes.get(node, ()))
        attributes = {_prefixed(p): _read(found, types[p]) for p, found in sorted(values[node].items())}
        graph.add_node(node, label=_clean(_label(node, values[node])), kind=kind, **attributes)
    for key, (subject, predicate, target, source) in enumerate(edges):
        graph.add_edge(subject, target, key=key, label=titles[predicate], predicate=predicate, graph=source)
    _label_claims(graph, edges, {node for node, found in classes.items() if _CLAIM in found})
    return graph


def _titles(values: Values, edges: list[tuple[str, str, str, str]]) -> dict[str, str]:
    used = {predicate for literals in values.values() for predicate in literals}
    return {predicate: _prefixed(predicate) for predicate in used | {edge[1] for edge in edges}}


def _name(term: object) -> str:
    """Give the IRI of a node; characters that XML cannot hold are percent-encoded, the default graph is empty."""
    if isinstance(term, ox.DefaultGraph):
        return ""
    iri = term.value if isinstance(term, ox.NamedNode) else str(term)
    return _NOT_XML.sub(lambda bad: "".join(f"%{byte:02X}" for byte in bad.group().encode("utf-8", "replace")), iri)


def _clean(text: str) -> str:
    return _LINE_END.sub("\n", _NOT_XML.sub("\ufffd", text))


def _prefixes() -> Mapping[str, str]:
    """Give the namespaces of the generated terms with their prefixes."""
    spaces = {}
    for name, group in vars(terms).items():
        members = [iri for term, iri in vars(group).items() if not term.startswith("_")] if name.isupper() else []
        if members:
            spaces[re.split(r"[^/#]*>$", members[0][1:])[0]] = name.lower()
    return spaces


_PREFIXES: Final = _prefixes()


def _prefixed(predicate: str) -> str:
    """Write a predicate with its prefix, or whole if it is not one of ours.

    >>> _prefixed("http://purl.org/dc/terms/title"), _prefixed("https://example.org/p")
    ('dcterms:title', 'https://example.org/p')
    """
    local = re.split(r"[/#]", predicate)[-1]
    prefix = _PREFIXES.get(predicate.removesuffix(local))
    return f"{prefix}:{local}" if prefix else predicate


def _kind(node: str, classes: Iterable[str]) -> str:
    if node.startswith(_ID):
        return node.removeprefix(_ID).split("/")[0]
    return LIST_SEPARATOR.join(sorted(re.split(r"[/#]", one)[-1] for one in classes)) or "external"


def _label(node: str, literals: Mapping[str, list[ox.Literal]]) -> str:
    for predicate in _LABELS:
        if predicate in literals:
            return min(found.value for found in literals[predicate])
    return node.removeprefix(_ID)


def _label_claims(graph: PropertyGraph, edges: list[tuple[str, str, str, str]], claims: set[str]) -> None:
    """Label each claim with what is claimed, its status first, so that nobody reads it as a fact."""
    parts: dict[str, dict[str, str]] = {}
    for subject, predicate, target, _ in edges:
        if subject in claims and predicate in _CLAIM_PARTS:
            parts.setdefault(subject, {})[predicate] = target
    for claim, found in parts.items():
        if len(found) == len(_CLAIM_PARTS):
            status, *words = (graph.nodes[found[part]]["label"] for part in _CLAIM_PARTS)
            polarity = graph.nodes[claim].get(_POLARITY, "none")
            direction = "" if polarity in ("none", "unknown") else f" ({polarity})"
            graph.nodes[claim]["label"] = f"{status}: {' '.join(words)}{direction}"


def _attribute_types(values: Values) -> dict[str, type[Attribute]]:
    """Find for each literal property the one type that all its values fit, so that a file has one column for it."""
    found: dict[str, set[type[Attribute]]] = {}
    for literals in values.values():
        for predicate, several in literals.items():
            single = len({literal.value for literal in several}) == 1
            found.setdefault(predicate, set()).update(_literal_type(one) if single else str for one in several)
    return {predicate: types.pop() if len(types) == 1 else str for predicate, types in found.items()}


def _literal_type(literal: ox.Literal) -> type[Attribute]:
    datatype, value = literal.datatype.value.removeprefix(_XSD), literal.value
    if datatype == "integer" and re.fullmatch(r"[+-]?\d{1,19}", value) and abs(int(value)) < _LARGEST:
        return int
    if datatype == "decimal" and re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", value):
        return float
    return bool if datatype == "boolean" and value in ("true", "false") else str


def _read(literals: list[ox.Literal], wanted: type[Attribute]) -> Attribute:
    if wanted is str:
        return _clean(LIST_SEPARATOR.join(sorted({literal.value for literal in literals})))
    value = literals[0].value
    return value == "true" if wanted is bool else wanted(value)


def write_graphml(graph: PropertyGraph) -> str:
    """Write ``graph`` as GraphML (http://graphml.graphdrawing.org/specification.html); the same graph gives the same text."""
    file = io.BytesIO()
    nx.write_graphml_xml(graph, file)
    return file.getvalue().decode("utf-8") + "\n"


def write_gexf(graph: PropertyGraph) -> str:
    """Write ``graph`` as GEXF 1.2 (https://gexf.net/1.2/); the same graph gives the same text, so no date of writing is kept."""
    file = io.BytesIO()
    nx.write_gexf(graph, cast("str", file))
    return _WRITTEN_ON.sub("", file.getvalue().decode("utf-8"), count=1) + "\n"
