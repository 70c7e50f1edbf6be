"""The JSON-LD context is generated, has one key a term and one term a key, and tells the truth about the graph."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from alsu_kg.context import make_context, read_context, write_context
from alsu_kg.model.errors import AssetError
from alsu_kg.ontology import make_ontology_lines, read_prefixes
from alsu_kg.store import Graph

ROOT = Path(__file__).parent.parent
TERMS = {
    key: value for key, value in make_context().items() if not key.startswith("@") and not isinstance(value, float)
}
PREFIXES = {key: value for key, value in TERMS.items() if isinstance(value, str) and value[-1] in "/#"}
KEYS = {key: value if isinstance(value, str) else value["@id"] for key, value in TERMS.items() if key not in PREFIXES}
READABLE = {
    "label": "rdfs:label",
    "title": "dcterms:title",
    "status": "alsu:status",
    "treatment": "alsu:ofTreatment",
    "review": "alsu:inReview",
    "subject": "rdf:subject",
    "position": "alsu:position",
    "Claim": "alsu:Claim",
    "doi": "bibo:doi",
    "sameAs": "schema:sameAs",
}


def test_the_file_is_what_the_ontology_makes() -> None:
    found = (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    assert found == write_context(), "run 'make context'"


def test_one_key_for_a_term_and_one_term_for_a_key() -> None:
    assert len(set(KEYS.values())) == len(KEYS)
    assert not set(KEYS) & set(PREFIXES)
    assert len({key.casefold() for key in PREFIXES}) == len(PREFIXES)


def test_readable_keys() -> None:
    spaces = read_prefixes()
    for key, curie in READABLE.items():
        prefix, _, local = curie.partition(":")
        assert KEYS[key] == spaces[prefix] + local


def test_keys_look_like_no_keyword_and_no_iri() -> None:
    assert not [key for key in KEYS if not key.isidentifier() or key in ("id", "type", "graph", "context")]


def test_every_own_property_has_a_key_and_object_properties_hold_iris() -> None:
    lines = [line for line in make_ontology_lines() if line.startswith("<https://w3id.org/alsu-kg/vocab#")]
    kinds = {
        line.split(" ")[0][1:-1]: line.split(" ")[2]
        for line in lines
        if "22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#" in line
    }
    assert set(kinds) <= set(KEYS.values())
    by_term = {KEYS[key]: TERMS[key] for key in KEYS}
    for term, kind in kinds.items():
        definition = by_term[term]
        assert (not isinstance(definition, str) and definition.get("@type") == "@id") == kind.endswith(
            "#ObjectProperty>"
        ), term


def test_prefixes_are_those_of_the_one_map() -> None:
    known = {**read_prefixes(), "kg": "https://w3id.org/alsu-kg/id/"}
    assert PREFIXES.items() <= known.items()


def test_a_datatype_in_the_context_is_the_one_of_every_value(reviews_graph: Graph) -> None:
    wanted = {
        value["@id"]: value["@type"] for value in TERMS.values() if not isinstance(value, str) and "@type" in value
    }
    seen = set()
    for quad in ox.parse(input="".join(reviews_graph.lines()).encode(), format=ox.RdfFormat.N_QUADS):
        datatype = wanted.get(quad.predicate.value)
        if datatype:
            found = quad.object.datatype.value if isinstance(quad.object, ox.Literal) else "@id"
            assert found == datatype, quad
            seen.add(datatype.rpartition("#")[2])
    assert seen == {"@id", "integer", "boolean", "decimal", "gYear"}


def test_a_damaged_context_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    damaged = tmp_path / "context.jsonld"
    damaged.write_text("{", encoding="utf-8")
    monkeypatch.setattr("alsu_kg.context.find_asset", lambda _: damaged)
    with pytest.raises(AssetError, match="restore the file"):
        read_context()
