"""Reused terms and entities: every external id has an expected label, words are unique, all files parse alike."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Namespace, URIRef

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "ontology").glob("*.ttl"))
WRITTEN_HERE = ("mechanisms.ttl", "grades.ttl", "reused.ttl")
ALSU = Namespace("https://w3id.org/alsu-kg/vocab#")
OBO = Namespace("http://purl.obolibrary.org/obo/")
ENTITY = Namespace("https://w3id.org/alsu-kg/id/entity/")
IDENTIFIER_SPACES = (
    "http://purl.obolibrary.org/obo/",
    "http://id.nlm.nih.gov/mesh/",
    "http://identifiers.org/hgnc/",
    "https://identifiers.org/fplx/",
    "https://identifiers.org/drugbank/",
)
OBSOLETE = ("GO_0070997",)
KINDS = {
    "anatomy", "cell", "disease", "finding", "gene", "model", "outcome", "outcome-measure", "procedure", "species",
    "substance",
}  # fmt: skip


@pytest.fixture(scope="module")
def reused() -> Graph:
    return Graph().parse(ROOT / "ontology" / "reused.ttl")


def entities(graph: Graph) -> Iterator[URIRef]:
    return (s for s in graph.subjects(RDF.type, ALSU.Entity) if isinstance(s, URIRef))


def is_external_identifier(term: object) -> bool:
    """Ids of entities and concepts; the names of whole vocabularies (``….owl``) are none."""
    return isinstance(term, URIRef) and str(term).startswith(IDENTIFIER_SPACES) and not str(term).endswith(".owl")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_external_identifier_has_an_expected_label(file: Path, reused: Graph) -> None:
    used = {term for triple in Graph().parse(file) for term in triple if is_external_identifier(term)}
    assert {term for term in used if (term, RDFS.label, None) not in reused} == set()


def test_every_parent_of_our_own_terms_is_listed(reused: Graph) -> None:
    own = Graph().parse(ROOT / "ontology" / "alsu.ttl")
    parents = {parent for name in (RDFS.subClassOf, RDFS.subPropertyOf) for parent in own.objects(None, name)}
    assert parents
    foreign = {parent for parent in parents if isinstance(parent, URIRef) and parent not in ALSU}
    assert {parent for parent in foreign if (parent, RDFS.label, None) not in reused} == set()


def test_every_reused_thing_has_one_label_and_one_vocabulary(reused: Graph) -> None:
    for thing in {subject for subject in reused.subjects() if isinstance(subject, URIRef)}:
        labels = list(reused.objects(thing, RDFS.label))
        assert len(labels) == 1, f"{thing}: {labels}"
        is_vocabulary = (thing, RDF.type, OWL.Ontology) in reused
        if not is_vocabulary and thing not in ENTITY:
            vocabulary = reused.value(thing, RDFS.isDefinedBy, any=False)
            assert (vocabulary, OWL.versionInfo, None) in reused, thing


def test_obsolete_terms_are_nowhere() -> None:
    for file in FILES:
        text = file.read_text("utf-8")
        assert [term for term in OBSOLETE if term in text or term.replace("_", ":") in text] == []


def test_words_of_entities_are_unique(reused: Graph) -> None:
    meanings: dict[str, set[URIRef]] = {}
    for entity in entities(reused):
        for name in (RDFS.label, SKOS.altLabel):
            for word in reused.objects(entity, name):
                meanings.setdefault(str(word).casefold(), set()).add(entity)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


def test_entities_have_a_known_kind(reused: Graph) -> None:
    for entity in entities(reused):
        kinds = [str(kind) for kind in reused.objects(entity, ALSU.entityKind)]
        assert len(kinds) == 1, entity
        assert kinds[0] in KINDS


def test_own_entities_say_that_no_identifier_is_known(reused: Graph) -> None:
    own = [entity for entity in entities(reused) if entity in ENTITY]
    assert own
    for entity in own:
        assert any("external identifier" in str(note) for note in reused.objects(entity, SKOS.note)), entity
        assert (entity, SKOS.exactMatch, None) not in reused


def test_models_name_a_disease_and_a_species_that_are_entities(reused: Graph) -> None:
    kind = {str(entity): str(reused.value(entity, ALSU.entityKind)) for entity in entities(reused)}
    for model, disease in reused.subject_objects(ALSU.modelOf):
        assert (kind[str(model)], kind[str(disease)]) == ("model", "disease")
    for model, species in reused.subject_objects(OBO.RO_0002162):
        assert (kind[str(model)], kind[str(species)]) == ("model", "species")
    mouse = ENTITY["sod1-g93a-mouse"]
    assert (mouse, ALSU.modelOf, OBO.MONDO_0004976) in reused
    assert (mouse, OBO.RO_0002162, OBO.NCBITaxon_10090) in reused


@pytest.mark.parametrize(
    ("word", "identifier"),
    [
        ("ALS", "MONDO_0004976"),
        ("amyotrophic lateral sclerosis", "MONDO_0004976"),
        ("ulcerative colitis", "MONDO_0005101"),
        ("mouse", "NCBITaxon_10090"),
        ("human", "NCBITaxon_9606"),
        ("microglia", "CL_0000129"),
        ("motor neuron", "CL_0000100"),
        ("motor cortex", "UBERON_0001384"),
        ("spinal cord", "UBERON_0002240"),
        ("masitinib", "CHEBI_63450"),
        ("prednisolone", "CHEBI_8378"),
        ("thrombocytopenia", "HP_0001873"),
    ],
)
def test_known_words(reused: Graph, word: str, identifier: str) -> None:
    found = {
        entity
        for entity in entities(reused)
        for name in (RDFS.label, SKOS.altLabel)
        if word.casefold() in {str(label).casefold() for label in reused.objects(entity, name)}
    }
    assert found == {OBO[identifier]}


def test_labels_that_public_files_get_wrong(reused: Graph) -> None:
    """Ids that circulate with other things' labels (TTR, scleroderma): the label here is the vocabulary's own."""
    assert str(reused.value(URIRef("http://identifiers.org/hgnc/12014"), RDFS.label)) == "TPMT"
    assert str(reused.value(OBO.MONDO_0005101, RDFS.label)) == "ulcerative colitis"


@pytest.mark.parametrize("name", WRITTEN_HERE)
def test_both_parsers_read_the_same_triples_without_blank_nodes(name: str) -> None:
    path = ROOT / "ontology" / name
    by_rdflib = Graph().parse(path)
    by_pyoxigraph = list(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
    assert not any(isinstance(term, BNode) for triple in by_rdflib for term in triple)
    again = Graph().parse(data="".join(f"{quad.triple} .\n" for quad in by_pyoxigraph), format="nt")
    assert set(again) == set(by_rdflib)


@pytest.mark.parametrize("name", WRITTEN_HERE)
def test_prefixes_are_those_of_the_prefix_map(name: str) -> None:
    declare = Namespace("http://www.w3.org/ns/shacl#")
    prefixes = Graph().parse(ROOT / "ontology" / "prefixes.ttl")
    known = {
        str(prefixes.value(entry, declare.prefix)): str(prefixes.value(entry, declare.namespace))
        for entry in prefixes.objects(None, declare.declare)
    }
    lines = (ROOT / "ontology" / name).read_text("utf-8").splitlines()
    declared = {
        line.split()[1].rstrip(":"): line.split()[2].strip("<>") for line in lines if line.startswith("@prefix")
    }
    assert declared == {prefix: known.get(prefix) for prefix in declared}
    assert list(declared) == sorted(declared)
