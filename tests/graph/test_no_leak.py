"""What a review claims never exists as a plain triple, whatever its status: not in a named graph, not in their union."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from alsu_kg.assets import find_asset
from alsu_kg.graph import evidence
from alsu_kg.graph.dataset import make_lines, treatment_entries
from alsu_kg.graph.ntriples import NamedGraph
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.ontology import make_ontology_lines, read_curie_map, read_entries
from alsu_kg.pipeline import make_nquads, read_records
from alsu_kg.queries import list_names, read_question
from alsu_kg.records import find_record_files, read_record

TESTS = Path(__file__).parents[1]
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
ID = "https://w3id.org/alsu-kg/id/"
Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


def _store(folder: Path) -> ox.Store:
    records, failures = read_records(find_record_files([folder]))
    assert not failures
    store = ox.Store()
    for quads in make_nquads(records):
        store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="module", params=["tests/dataset", "data/reviews"])
def store(request: pytest.FixtureRequest) -> ox.Store:
    return _store(TESTS / "dataset" if request.param == "tests/dataset" else find_asset("data/reviews"))


def _claims(store: ox.Store) -> Iterator[Triple]:
    parts = "subject", "predicate", "object"
    for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "subject"), None):
        values = [
            found.object
            for part in parts
            for found in store.quads_for_pattern(quad.subject, ox.NamedNode(RDF + part), None)
        ]
        assert len(values) == len(parts)
        subject, predicate, obj = values
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(predicate, ox.NamedNode)
        assert isinstance(obj, ox.NamedNode)
        yield subject, predicate, obj


def _leaks(store: ox.Store) -> list[str]:
    """Claims whose triple, or whose triple the other way round, is stated anywhere."""
    found = []
    for subject, predicate, obj in _claims(store):
        for s, o in ((subject, obj), (obj, subject)):
            found += [str(quad) for quad in store.quads_for_pattern(s, predicate, o)]
    return found


def test_no_claim_is_a_triple(store: ox.Store) -> None:
    assert sum(1 for _ in _claims(store)) > 20
    assert not _leaks(store)


def test_no_claim_is_a_triple_of_the_union(store: ox.Store) -> None:
    for subject, predicate, obj in _claims(store):
        asked = store.query(f"ASK {{ {subject} {predicate} {obj} }}", use_default_graph_as_union=True)
        assert isinstance(asked, ox.QueryBoolean)
        assert not asked


def test_nothing_is_stated_between_a_treatment_and_what_it_is_claimed_to_act_on(store: ox.Store) -> None:
    """No predicate of any kind, in either direction: also no shortcut edge and no inverse property."""
    for subject, _, obj in _claims(store):
        if subject.value.startswith(ID + "treatment/"):
            assert not list(store.quads_for_pattern(subject, None, obj)), (subject, obj)
            assert not list(store.quads_for_pattern(obj, None, subject)), (obj, subject)


def test_no_treatment_is_tied_to_a_mechanism(store: ox.Store) -> None:
    tied = "SELECT * WHERE { GRAPH ?g { %s } FILTER(STRSTARTS(STR(?t), '%streatment/') && STRSTARTS(STR(?m), '%smechanism/')) }"
    for pattern in ("?t ?p ?m", "?m ?p ?t"):
        solutions = store.query(tied % (pattern, ID, ID))
        assert isinstance(solutions, ox.QuerySolutions)
        assert not list(solutions)


def test_no_predicate_of_claims_is_used_as_one(store: ox.Store) -> None:
    """Also claims of other records cannot come to be: their predicates state nothing at all."""
    for predicate in {predicate for _, predicate, _ in _claims(store)}:
        assert not list(store.quads_for_pattern(None, predicate, None)), predicate


def test_no_property_is_declared_the_inverse_of_a_claims_predicate(store: ox.Store) -> None:
    """A reasoner could turn nothing into a claim: no inverse and no chain is declared in what is loaded."""
    for name in ("inverseOf", "propertyChainAxiom"):
        assert not list(store.quads_for_pattern(None, ox.NamedNode(f"http://www.w3.org/2002/07/owl#{name}"), None))


@pytest.mark.parametrize("name", list_names())
def test_an_answer_that_names_a_mechanism_says_how_sure_the_review_is(name: str) -> None:
    """No row shows a treatment beside a mechanism, or a claim in words, without the status of what ties them."""
    columns = {column.name for column in read_question(name).columns}
    if columns & {"mechanism", "object", "hop", "claim"} and not columns >= {"preclinical", "trials"}:
        assert any("status" in column for column in columns)


def test_this_test_sees_a_leak(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken on purpose: a builder that also writes each claim's triple is caught."""
    sound = evidence.add_claims

    def leaking(scene: evidence.Scene) -> None:
        sound(scene)
        graph: NamedGraph
        for graph in list(scene.graphs.values()):
            parts: dict[str, dict[str, str]] = {}
            for line in graph.lines:
                subject, predicate, rest = line.split(" ", 2)
                if predicate.startswith(f"<{RDF}"):
                    parts.setdefault(subject, {})[predicate] = rest.removesuffix(f" {graph.iri} .\n")
            for found in parts.values():
                if f"<{RDF}subject>" in found:
                    graph.add(*(found[f"<{RDF}{part}>"] for part in ("subject", "predicate", "object")))

    monkeypatch.setattr("alsu_kg.graph.dataset.add_claims", leaking)
    record = read_record(TESTS / "dataset" / "placebium.yaml")
    lexicon = make_lexicon([*read_entries(), *treatment_entries([record])])
    lines = [*make_ontology_lines(), *make_lines(record, lexicon, expand=read_curie_map())]
    store = ox.Store()
    store.bulk_load(input="".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    assert len(_leaks(store)) == len(record.claims)
