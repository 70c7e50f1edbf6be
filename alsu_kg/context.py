"""The JSON-LD 1.1 context of the project, made from the ontology: one readable key for each property and class.

Rules, in order:

1. A key is the local name of the term without a leading ``has``, ``of`` or ``in`` (``alsu:ofTreatment``: ``treatment``); for
   a term with a coded name (``obo:RO_0002162``) it is the label in camel case.
2. Where two terms want one key, the vocabulary that stands first in ``_FIRST`` gets it; the other keeps its local name if
   that is free, else it has no key and is written with its prefix. So there is one key a term and one term a key.
3. Object properties hold IRIs (``@type: @id``); properties whose values always have one datatype carry it.
4. Things of this project are written with ``kg:`` (``kg:claim/azathioprine/13``), everything else with the prefixes of
   ``ontology/prefixes.ttl`` save those whose name is a key; such IRIs are written in full.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from alsu_kg.assets import find_asset
from alsu_kg.graph.iris import BASE
from alsu_kg.model.errors import AssetError
from alsu_kg.ontology import make_ontology_lines, read_prefixes, shrink

Context = Mapping[str, str | float | Mapping[str, str]]
"""Keys and prefixes with their definitions (JSON-LD 1.1, 9.15)."""

_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_SKOS_EXAMPLE: Final = "http://www.w3.org/2004/02/skos/core#example"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_PROPERTY_TYPES: Final = {"ObjectProperty", "DatatypeProperty", "AnnotationProperty", "Property"}
_FIRST: Final = ("alsu", "rdf", "rdfs", "skos", "schema", "biro", "dcterms")
_RESERVED: Final = {"type", "id", "graph", "context", "kg"}
_VALUE: Final = re.compile(r'[<"](.*)(?:>|"(?:@[a-z]+|\^\^<[^>]*>)?) <[^>]*> \.\n')
_CODED: Final = re.compile(r"[A-Za-z]+_[0-9]+")
_PARTICLE: Final = re.compile(r"^(?:has|of|in)(?=[A-Z])")
_EXAMPLE_TYPES: Final = (
    (re.compile(r"true|false"), _XSD + "boolean"),
    (re.compile(r"[0-9]+"), _XSD + "integer"),
    (re.compile(r"[0-9]+\.[0-9]+"), _XSD + "decimal"),
)
_REUSED_TYPES: Final = {
    "oa:start": "integer",
    "oa:end": "integer",
    "prism:number": "integer",
    "qudt:numericValue": "decimal",
    "schema:minValue": "decimal",
    "schema:maxValue": "decimal",
    "fabio:hasPublicationYear": "gYear",
}
"""Datatypes of reused properties as ``alsu_kg.graph`` writes them; our own properties show theirs in ``skos:example``."""


@lru_cache(maxsize=1)
def make_context() -> Context:
    """Make the context from the ontology.

    >>> make_context()["treatment"]
    {'@id': 'https://w3id.org/alsu-kg/vocab#ofTreatment', '@type': '@id'}
    """
    kinds, labels, examples = _describe_terms()
    keys = _choose_keys(kinds, labels)
    terms = {key: _define(term, kinds[term], examples.get(term, "")) for key, term in keys.items()}
    prefixes = {n: s for n, s in read_prefixes().items() if not s.startswith(BASE + "id/") and n not in terms}
    return {"@version": 1.1, "kg": BASE + "id/", **prefixes, **dict(sorted(terms.items()))}


def _describe_terms() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Give the kind, the label and the example of each property and class of the ontology."""
    kinds: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {_RDFS_LABEL: {}, _SKOS_EXAMPLE: {}}
    for line in make_ontology_lines():
        subject, predicate, rest = line.split(" ", 2)
        value = _VALUE.sub(r"\1", rest)
        kind = value.rpartition("#")[2]
        if predicate == f"<{_RDF_TYPE}>" and (kind in _PROPERTY_TYPES or value.endswith("owl#Class")):
            kinds[subject[1:-1]] = kind
        elif predicate[1:-1] in texts:
            texts[predicate[1:-1]][subject[1:-1]] = value
    del kinds[_RDF_TYPE]
    return kinds, texts[_RDFS_LABEL], texts[_SKOS_EXAMPLE]


def _choose_keys(kinds: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    keys: dict[str, str] = {}
    for term in sorted(kinds, key=_precedence):
        wanted = (name for name in _candidates(term, labels) if name not in keys and name not in _RESERVED)
        key = next(wanted, None)
        if key:
            keys[key] = term
    return keys


def _precedence(term: str) -> tuple[int, str]:
    prefix = shrink(term).partition(":")[0]
    return (_FIRST.index(prefix) if prefix in _FIRST else len(_FIRST), shrink(term))


def _candidates(term: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    name = re.split(r"[#/]", term)[-1]
    if _CODED.fullmatch(name):
        words = re.findall(r"[A-Za-z0-9]+", labels.get(term, ""))
        return ("".join([*words[:1], *(word.capitalize() for word in words[1:])]),) if words else ()
    bare = _PARTICLE.sub("", name)
    if bare == name:
        return (name,)
    initial = re.match(r"[A-Z](?![A-Z])", bare)
    return (bare[0].lower() + bare[1:] if initial else bare, name)


def _define(term: str, kind: str, example: str) -> str | Mapping[str, str]:
    if kind == "ObjectProperty":
        return {"@id": term, "@type": "@id"}
    datatype = (
        _datatype(term, example) if kind == "DatatypeProperty" or term.startswith("https://schema.org/") else None
    )
    return {"@id": term, "@type": datatype} if datatype else term


def _datatype(term: str, example: str) -> str | None:
    reused = _REUSED_TYPES.get(shrink(term))
    if reused:
        return _XSD + reused
    return next((datatype for form, datatype in _EXAMPLE_TYPES if form.fullmatch(example)), None)


def write_context() -> str:
    """Write ``ontology/context.jsonld``: one entry a line."""
    entries = (f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in make_context().items())
    return '{"@context": {\n' + ",\n".join(entries) + "\n}}\n"


def read_context() -> Context:
    """Read the context that is shipped as ``ontology/context.jsonld``. Raises ``AssetError`` if it is damaged.

    >>> read_context() == make_context()
    True
    """
    path = find_asset("ontology/context.jsonld")
    try:
        context: Context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssetError(
            f"cannot be read: {error}", place=str(path), repair="restore the file, or run 'make context'"
        ) from None
    return context


def main() -> None:
    """Write the context to standard output (``make context``)."""
    sys.stdout.write(write_context())


if __name__ == "__main__":
    main()
