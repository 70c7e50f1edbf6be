"""The graph in the formats of the RDF family: N-Quads lines in, bytes out, the same bytes for the same quads.

N-Quads, TriG and JSON-LD keep the named graphs; Turtle cannot hold them and gets the union of all statements.
"""

import io
from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_UNION: Final = (
    "# All statements of the graph together. Turtle has no named graphs: which source states what is lost here;\n"
    "# the formats trig, nquads and jsonld keep it.\n"
)


def write_nquads(lines: Iterable[str]) -> bytes:
    r"""Write canonical N-Quads (RDF Dataset Canonicalization, 5: canonical form), sorted, each quad once.

    >>> write_nquads(['<k:s> <k:p> "\\u0041" <k:g> .\n'])
    b'<k:s> <k:p> "A" <k:g> .\n'
    """
    return "".join(sorted({f"{quad} .\n" for quad in _parse(lines)})).encode()


def write_trig(lines: Iterable[str], prefixes: Mapping[str, str]) -> bytes:
    """Write TriG: the named graphs, in each the things, of each thing its kind first.

    >>> write_trig(['<k:s> <k:p> <k:o> <k:g> .'], {"k": "k:"}).decode().split()
    ['@prefix', 'k:', '<k:>', '.', 'k:g', '{', 'k:s', 'k:p', 'k:o', '.', '}']
    """
    quads = sorted(set(_parse(lines)), key=_order)
    return _serialise(quads, ox.RdfFormat.TRIG, _used(quads, prefixes))


def write_turtle(lines: Iterable[str], prefixes: Mapping[str, str]) -> bytes:
    """Write the union of the named graphs as Turtle; a comment says that the graph names are lost."""
    return _UNION.encode() + write_triples((quad.triple for quad in _parse(lines)), prefixes)


def write_ntriples(triples: Iterable[ox.Triple]) -> bytes:
    """Write triples as canonical N-Triples, sorted, each once."""
    return "".join(sorted({f"{triple} .\n" for triple in triples})).encode()


def write_triples(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> bytes:
    """Write triples as Turtle, sorted, of each thing its kind first."""
    found = sorted(set(triples), key=_order)
    return _serialise(found, ox.RdfFormat.TURTLE, _used(found, prefixes))


def _parse(lines: Iterable[str]) -> Iterable[ox.Quad]:
    return ox.parse(input="".join(lines).encode(), format=ox.RdfFormat.N_QUADS)


def _order(statement: ox.Quad | ox.Triple) -> tuple[str, str, bool, str, str]:
    """Order statements by graph and subject, the kind of a thing before its other properties."""
    graph = str(statement.graph_name) if isinstance(statement, ox.Quad) else ""
    is_other = statement.predicate.value != _RDF_TYPE
    return (graph, str(statement.subject), is_other, str(statement.predicate), str(statement.object))


def _serialise(
    statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat, prefixes: dict[str, str]
) -> bytes:
    """Serialise with the prefix lines at the top sorted: pyoxigraph has an order of its own."""
    document = io.BytesIO()
    ox.serialize(statements, document, form, prefixes=prefixes)
    lines = document.getvalue().splitlines(keepends=True)
    count = next((i for i, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:count]), *lines[count:]])


def _used(statements: Iterable[Iterable[object]], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give the prefixes that some IRI of ``statements`` needs."""
    iris = {term.value for statement in statements for term in statement if isinstance(term, ox.NamedNode)}
    iris |= {term.datatype.value for statement in statements for term in statement if isinstance(term, ox.Literal)}
    return {name: space for name, space in sorted(prefixes.items()) if any(iri.startswith(space) for iri in iris)}
