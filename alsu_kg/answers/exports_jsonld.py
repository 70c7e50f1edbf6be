"""N-Quads as compact JSON-LD 1.1: named graphs kept, keys of the project's context, the context written into the document.

Written here and not by a library, because a context in which each term has exactly one key makes compaction a look-up.
rdflib does not give literals back as they were (``"01"^^xsd:integer`` becomes ``1``); PyLD takes over ten times as long.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_STRING: Final = _XSD + "string"
_NATIVE: Final = {_XSD + "boolean": re.compile("true|false"), _XSD + "integer": re.compile("0|-?[1-9][0-9]{0,14}")}
"""Literals that are the same as a JSON number or truth value (canonical forms; 15 digits are exact in any JSON reader)."""

Context = Mapping[str, object]
_Json = str | int | bool | list["_Json"] | dict[str, "_Json"]


def write_jsonld(lines: Iterable[str], context: Context) -> bytes:
    """Write N-Quads lines as one JSON-LD document, the same bytes for the same quads.

    ``context`` defines prefixes (namespaces) and keys (an IRI, or ``{"@id": …, "@type": "@id" or a datatype}``), no IRI twice.

    >>> print(write_jsonld(['<k:s> <k:p> "a" <k:g> .'], {"name": "k:p"}).decode())
    {"@context": {
     "name": "k:p"
    },
    "@graph": [
    {"@id": "k:g", "@graph": [
     {"@id": "k:s", "name": "a"}
    ]}
    ]}
    <BLANKLINE>
    """
    quads = sorted(ox.parse(input="".join(lines).encode(), format=ox.RdfFormat.N_QUADS), key=_order)
    schemes = {term.value.partition(":")[0] for quad in quads for term in quad if isinstance(term, ox.NamedNode)}
    writer = _Compaction({key: value for key, value in context.items() if key not in schemes or not _is_prefix(value)})
    graphs: dict[str, dict[str, dict[str, _Json]]] = {}
    for quad in dict.fromkeys(quads):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else writer.identify(quad.graph_name)
        writer.add(graphs.setdefault(name, {}), quad)
    body = ",\n".join(_write_graph(name, nodes) for name, nodes in graphs.items())
    head = ",\n".join(f" {_dump(key)}: {_dump(value)}" for key, value in writer.used_context().items())
    return f'{{"@context": {{\n{head}\n}},\n"@graph": [\n{body}\n]}}\n'.encode()


def _order(quad: ox.Quad) -> tuple[str, str, bool, str, str]:
    return (
        str(quad.graph_name),
        str(quad.subject),
        quad.predicate.value != _RDF_TYPE,
        str(quad.predicate),
        str(quad.object),
    )


def _is_prefix(definition: object) -> bool:
    return isinstance(definition, str) and definition[-1:] in "/#:?[]@"


def _write_graph(name: str, nodes: Mapping[str, Mapping[str, _Json]]) -> str:
    body = ",\n ".join(_dump(node) for node in nodes.values())
    return f'{{"@id": {_dump(name)}, "@graph": [\n {body}\n]}}' if name else f" {body}"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@dataclass(slots=True)
class _Compaction:
    """Writes terms with the keys of one context (JSON-LD 1.1 API, 6) and remembers which keys it used."""

    context: Context
    keys: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for key, value in self.context.items():
            if isinstance(value, Mapping):
                self.keys[str(value["@id"])] = (key, value.get("@type"))
            elif isinstance(value, str) and _is_prefix(value):
                self.prefixes[value] = key
            elif isinstance(value, str):
                self.keys[value] = (key, None)

    def used_context(self) -> dict[str, object]:
        """Give the part of the context that was used, in its order."""
        return {key: value for key, value in self.context.items() if key in self.used or key.startswith("@")}

    def identify(self, term: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
        """Write a node: a blank node as ``_:x``, an IRI with the longest prefix that fits, or in full."""
        if not isinstance(term, ox.NamedNode):
            return str(term)
        if term.value not in self.short:
            self.short[term.value] = self._shrink(term.value)
        return self.short[term.value]

    def _shrink(self, iri: str) -> str:
        space = max((space for space in self.prefixes if iri.startswith(space)), key=len, default=None)
        if space is None or iri.startswith("//", len(space)):
            return iri
        self.used.add(self.prefixes[space])
        return f"{self.prefixes[space]}:{iri[len(space) :]}"

    def _key(self, term: ox.NamedNode) -> tuple[str, str | None]:
        key, coerced = self.keys.get(term.value, ("", None))
        if key:
            self.used.add(key)
        return key or self.identify(term), coerced

    def add(self, nodes: dict[str, dict[str, _Json]], quad: ox.Quad) -> None:
        """Add one statement to the nodes of its graph."""
        subject = self.identify(quad.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        if quad.predicate.value == _RDF_TYPE and isinstance(quad.object, ox.NamedNode):
            _append(node, "@type", self._key(quad.object)[0])
        else:
            key, coerced = self._key(quad.predicate)
            _append(node, key, self._value(quad.object, coerced))

    def _value(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, coerced: str | None) -> _Json:
        if not isinstance(term, ox.Literal):
            return self.identify(term) if coerced == "@id" else {"@id": self.identify(term)}
        datatype = term.datatype.value
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if datatype == _STRING:
            return {"@value": term.value} if coerced else term.value
        if datatype == coerced:
            is_native = datatype in _NATIVE and _NATIVE[datatype].fullmatch(term.value)
            native: _Json = json.loads(term.value) if is_native else term.value
            return native
        return {"@value": term.value, "@type": self.identify(term.datatype)}


def _append(node: dict[str, _Json], key: str, value: _Json) -> None:
    if key not in node:
        node[key] = value
        return
    known = node[key]
    if isinstance(known, list):
        known.append(value)
    else:
        node[key] = [known, value]
