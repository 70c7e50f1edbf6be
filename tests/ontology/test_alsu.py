"""Our own terms: each with label, definition, example and a parent in a reused vocabulary; prefixes unique; shapes complete."""

from functools import cache

import pyoxigraph as ox
import pytest

from alsu_kg.assets import find_asset
from alsu_kg.ontology import read_entries, read_prefixes

ALSU = "https://w3id.org/alsu-kg/vocab#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@cache
def statements() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(find_asset("ontology/alsu.ttl"))):
        subject, value = str(quad.subject)[1:-1], quad.object
        assert not isinstance(value, ox.BlankNode), "no blank nodes"
        found.setdefault(subject, {}).setdefault(quad.predicate.value, []).append(str(getattr(value, "value", value)))
    return found


def terms() -> list[str]:
    return sorted(subject for subject in statements() if subject.startswith(ALSU) and subject != ALSU)


@pytest.mark.parametrize("term", terms())
def test_every_term_has_a_label_a_definition_an_example_and_a_parent(term: str) -> None:
    said = statements()[term]
    assert len(said[SKOS + "prefLabel"] if SKOS + "prefLabel" in said else said[RDFS + "label"]) == 1
    assert len(said[SKOS + "definition"]) == 1
    assert said[SKOS + "example"]
    parents = said.get(RDFS + "subClassOf", []) + said.get(RDFS + "subPropertyOf", []) + said.get(SKOS + "inScheme", [])
    assert parents
    assert all(not parent.startswith(ALSU) for parent in parents)


def test_definitions_are_sentences_and_labels_are_unique() -> None:
    assert all(statements()[term][SKOS + "definition"][0].endswith((".", ")")) for term in terms())
    kinds: dict[tuple[str, str], str] = {}
    for term in terms():
        label = (statements()[term].get(RDFS + "label") or statements()[term][SKOS + "prefLabel"])[0]
        key = (statements()[term][TYPE][0], label)
        assert key not in kinds, f"{term} and {kinds.get(key)} share the label {label!r}"
        kinds[key] = term


def test_every_status_of_the_records_is_a_concept() -> None:
    statuses = {subject.rsplit("/", 1)[1] for subject in statements() if "/id/status/" in subject}
    assert statuses == {"asserted", "hypothesised", "speculated", "negated", "no-evidence", "unclear"}


def test_every_term_of_the_shapes_exists() -> None:
    shapes = {
        str(term)[1:-1]
        for quad in ox.parse(path=str(find_asset("ontology/shapes.ttl")))
        for term in (quad.subject, quad.object)
        if str(term).startswith(f"<{ALSU}")
    }
    assert shapes
    assert shapes <= set(terms())


def test_prefixes_are_one_to_one() -> None:
    prefixes = read_prefixes()
    assert len(set(prefixes.values())) == len(prefixes)
    assert list(prefixes) == sorted(prefixes)


def test_the_words_of_the_lexicon_come_from_both_groups() -> None:
    groups = {entry.group for entry in read_entries()}
    assert groups == {"mechanism", "entity"}
    assert all(entry.labels for entry in read_entries())
