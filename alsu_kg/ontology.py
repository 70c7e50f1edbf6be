"""The ontology on disk: prefixes, words for the lexicon, the quads of the ontology graph, and the generated terms."""

import re
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from alsu_kg.assets import find_asset
from alsu_kg.graph.iris import BASE, ONTOLOGY_GRAPH
from alsu_kg.graph.ntriples import text
from alsu_kg.grounding.lexicon import Entry, Group
from alsu_kg.model.errors import AssetError
from alsu_kg.model.sssom import NO_TERM, read_mappings

_FILES: Final = ("alsu.ttl", "mechanisms.ttl", "grades.ttl", "reused.ttl")
_SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
_RDF_TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SH_PATH: Final = "http://www.w3.org/ns/shacl#path"
_RDFS_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"
_ALSU: Final = BASE + "vocab#"
_DEEPEST_LEVEL: Final = 3
_UNII: Final = "https://identifiers.org/unii:"


@lru_cache(maxsize=1)
def read_prefixes() -> Mapping[str, str]:
    """Read the prefix map of ``ontology/prefixes.ttl``: prefix to namespace.

    >>> read_prefixes()["alsu"]
    'https://w3id.org/alsu-kg/vocab#'
    """
    names: dict[str, str] = {}
    spaces: dict[str, str] = {}
    for triple in _parse(find_asset("ontology/prefixes.ttl")):
        subject, predicate, value = (getattr(term, "value", "") for term in triple)
        if predicate.endswith("#prefix"):
            names[subject] = value
        elif predicate.endswith("#namespace"):
            spaces[subject] = value
    return {names[node]: spaces[node] for node in sorted(names, key=names.__getitem__)}


def read_curie_map() -> Mapping[str, str]:
    """Read how external identifiers expand: ``CHEBI`` to its namespace and so on, beside the lower-case prefixes.

    OBO identifiers expand to OBO PURLs (OBO Foundry Identifier Policy).

    >>> read_curie_map()["CHEBI"] + "2948"
    'http://purl.obolibrary.org/obo/CHEBI_2948'
    """
    prefixes = read_prefixes()
    obo = {
        name: f"{prefixes['obo']}{name}_"
        for name in ("CHEBI", "CL", "GO", "HP", "MONDO", "NCBITaxon", "RO", "ECO", "UBERON", "DOID", "UO", "PATO")
    }
    others = {
        "MESH": prefixes["mesh"],
        "HGNC": prefixes["hgnc"],
        "FPLX": prefixes["fplx"],
        "DrugBank": prefixes["drugbank"],
        "DRUGBANK": prefixes["drugbank"],
        "UNII": _UNII,
    }
    return {**prefixes, **obo, **others}


@lru_cache(maxsize=1)
def read_shape_predicates() -> frozenset[str]:
    """Read which predicates the shapes of ``ontology/shapes.ttl`` look at, as N-Quads terms: their paths and ``rdf:type``.

    >>> "<https://w3id.org/alsu-kg/vocab#status>" in read_shape_predicates()
    True
    """
    paths = {
        f"<{getattr(triple.object, 'value', '')}>"
        for triple in _parse(find_asset("ontology/shapes.ttl"))
        if triple.predicate.value == _SH_PATH
    }
    return frozenset({*paths, f"<{_RDF_TYPE}>"})


def shrink(iri: str) -> str:
    """Write an IRI with the longest prefix that fits, or as it is.

    >>> shrink("https://w3id.org/alsu-kg/id/claim/azathioprine/13")
    'claim:azathioprine/13'
    """
    best = max((space for space in read_prefixes().values() if iri.startswith(space)), key=len, default=None)
    if best is None:
        return iri
    name = next(name for name, space in read_prefixes().items() if space == best)
    return f"{name}:{iri[len(best) :]}"


def expand(curie: str) -> str | None:
    """Give the IRI of a CURIE such as ``claim:azathioprine/13`` or ``CHEBI:2948``, or ``None`` if its prefix is unknown.

    >>> expand("claim:azathioprine/13")
    'https://w3id.org/alsu-kg/id/claim/azathioprine/13'
    """
    prefix, colon, local = curie.partition(":")
    space = read_curie_map().get(prefix) if colon and not local.startswith("//") else None
    return space + local if space else None


def _parse(path: Path) -> Iterator[ox.Triple]:
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield quad.triple
    except (OSError, SyntaxError) as error:
        raise AssetError(
            f"cannot be read: {error}", place=str(path), repair="restore the file from the repository"
        ) from None


@lru_cache(maxsize=1)
def _triples() -> tuple[ox.Triple, ...]:
    return tuple(triple for name in _FILES for triple in _parse(find_asset(f"ontology/{name}")))


def _values(predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for triple in _triples():
        if triple.predicate.value == predicate and not isinstance(triple.subject, ox.Triple):
            found.setdefault(triple.subject.value, []).append(getattr(triple.object, "value", ""))
    return found


@lru_cache(maxsize=1)
def read_entries() -> tuple[Entry, ...]:
    """Read the words of the ontology: mechanisms with their labels, entities with the words people use for them."""
    types, preferred, further = _values(_RDF_TYPE), _values(_SKOS + "prefLabel"), _values(_SKOS + "altLabel")
    labels = _values(_RDFS_LABEL)
    groups: list[tuple[Group, list[str], dict[str, list[str]]]] = [
        ("mechanism", sorted(_mechanism_levels()), preferred),
        ("entity", sorted(node for node, kinds in types.items() if _ALSU + "Entity" in kinds), labels),
    ]
    return tuple(
        Entry(f"<{node}>", (*named.get(node, ()), *sorted(further.get(node, ()))), group)
        for group, nodes, named in groups
        for node in nodes
    )


@lru_cache(maxsize=1)
def read_entity_kinds() -> Mapping[str, str]:
    """Read the kind of each entity (``alsu:entityKind``), by IRI.

    >>> read_entity_kinds()["http://purl.obolibrary.org/obo/CHEBI_2948"]
    'substance'
    """
    return {node: kinds[0] for node, kinds in _values(_ALSU + "entityKind").items()}


def read_labels() -> Mapping[str, str]:
    """Read the label that the ontology expects of each thing it names, by IRI.

    >>> read_labels()["http://purl.obolibrary.org/obo/ECO_0000035"]
    'no evidence data found'
    """
    return {node: labels[0] for node, labels in _values(_RDFS_LABEL).items()}


def read_exact_matches() -> tuple[tuple[str, str], ...]:
    """Read which of our terms mean exactly the same as an external one (``skos:exactMatch``), as pairs of IRIs."""
    return tuple(
        (node, other) for node, found in sorted(_values(_SKOS + "exactMatch").items()) for other in sorted(found)
    )


def read_obo_prefixes() -> str:
    """Give the namespace of OBO PURLs."""
    return read_prefixes()["obo"]


def _mechanism_levels() -> dict[str, int]:
    """Give the mechanisms of the scheme with their levels."""
    schemes, levels = _values(_SKOS + "inScheme"), _values(_ALSU + "level")
    return {node: int(levels[node][0]) for node, found in schemes.items() if BASE + "id/scheme/mechanisms" in found}


@lru_cache(maxsize=1)
def make_ontology_lines() -> tuple[str, ...]:
    """Give the quads of the ontology graph, sorted: the four Turtle files and the roll-up of mechanisms to each level."""
    lines = {f"{triple.subject} {triple.predicate} {triple.object} {ONTOLOGY_GRAPH} .\n" for triple in _triples()}
    return tuple(sorted(lines | set(_roll_up()) | set(_groundings())))


def _groundings() -> Iterator[str]:
    """Write the curated groundings of treatments: the match, and the label of the external term (SKOS 10)."""
    labels = read_labels()
    for one in read_mappings(find_asset("data/lexicon/groundings.sssom.tsv").read_text(encoding="utf-8")):
        subject, predicate, found = (expand(curie) for curie in (one.subject_id, one.predicate_id, one.object_id))
        if one.is_curated and one.object_id != NO_TERM and subject and predicate and found:
            yield f"<{subject}> <{predicate}> <{found}> {ONTOLOGY_GRAPH} .\n"
            if found not in labels:
                yield f"<{found}> <{_RDFS_LABEL}> {text(one.object_label)} {ONTOLOGY_GRAPH} .\n"


def _roll_up() -> Iterator[str]:
    levels = _mechanism_levels()
    broader = _values(_SKOS + "broader")
    for node in levels:
        for wanted in range(_DEEPEST_LEVEL + 1):
            for target in _climb(node, wanted, levels, broader):
                yield f"<{node}> <{_ALSU}atLevel{wanted}> <{target}> {ONTOLOGY_GRAPH} .\n"


def _climb(node: str, wanted: int, levels: Mapping[str, int], broader: Mapping[str, list[str]]) -> set[str]:
    """Give the mechanisms at level ``wanted`` above ``node``: itself if it is there or higher already (0: as stated)."""
    if wanted == 0 or levels[node] <= wanted or node not in broader:
        return {node}
    return {top for parent in broader[node] for top in _climb(parent, wanted, levels, broader)}


def make_terms() -> str:
    """Write ``alsu_kg/graph/terms.py`` from the ontology: one class per prefix, one constant per term."""
    entities = {node for node, kinds in _values(_RDF_TYPE).items() if _ALSU + "Entity" in kinds}
    subjects = {triple.subject.value for triple in _triples() if isinstance(triple.subject, ox.NamedNode)} - entities
    prefixes = {
        n: s
        for n, s in read_prefixes().items()
        if not s.startswith(BASE + "id/") and n not in ("obo", "mesh", "hgnc", "fplx")
    }
    parts = [
        '"""Terms of the ontology as N-Quads terms. Generated by ``make terms``; do not edit."""\n\nfrom typing import Final\n'
    ]
    for name, space in prefixes.items():
        terms = sorted(
            s[len(space) :] for s in subjects if s.startswith(space) and re.fullmatch(r"[A-Za-z]\w*", s[len(space) :])
        )
        if terms:
            body = "\n".join(f'    {term}: Final = "<{space}{term}>"' for term in terms)
            parts.append(f'\n\nclass {name.upper()}:\n    """Terms of {space} that are used."""\n\n{body}\n')
    return "".join(parts)


def main() -> None:
    """Write the terms to standard output (``make terms``)."""
    sys.stdout.write(make_terms())


if __name__ == "__main__":
    main()
