"""The mechanism scheme: every target of the facts, sound hierarchy, no ambiguous words."""

import json
from collections import Counter
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

ROOT = Path(__file__).parents[2]
FACTS = ROOT.parent / "shared" / "facts" / "reviews.json"
TRUE = Literal("true", datatype=XSD.boolean)
ALSU = Namespace("https://w3id.org/alsu-kg/vocab#")
MECHANISM = Namespace("https://w3id.org/alsu-kg/id/mechanism/")
SCHEME = URIRef("https://w3id.org/alsu-kg/id/scheme/mechanisms")
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


@pytest.fixture(scope="module")
def mechanisms() -> Graph:
    return Graph().parse(ROOT / "ontology" / "mechanisms.ttl")


def concepts(graph: Graph) -> list[URIRef]:
    return [s for s in graph.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef)]


def words(graph: Graph) -> list[tuple[str, URIRef]]:
    return [
        (str(word).casefold(), concept)
        for concept in concepts(graph)
        for name in (SKOS.prefLabel, SKOS.altLabel)
        for word in graph.objects(concept, name)
    ]


def ancestors(graph: Graph, concept: URIRef) -> list[URIRef]:
    """The concept and all above it, nearest first; fails on a cycle."""
    path = [concept]
    while (parent := graph.value(path[-1], SKOS.broader, any=False)) is not None:
        assert isinstance(parent, URIRef)
        assert parent not in path, f"{concept} is its own ancestor"
        path.append(parent)
    return path


def test_every_word_means_one_concept(mechanisms: Graph) -> None:
    meanings: dict[str, set[URIRef]] = {}
    for word, concept in words(mechanisms):
        meanings.setdefault(word, set()).add(concept)
    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


def test_no_word_stands_twice_at_one_concept(mechanisms: Graph) -> None:
    assert [pair for pair, count in Counter(words(mechanisms)).items() if count > 1] == []


@pytest.mark.skipif(not FACTS.exists(), reason="the gathered facts are not beside this repository")
def test_every_target_of_the_facts_is_a_label_as_written(mechanisms: Graph) -> None:
    targets = {
        target
        for review in json.loads(FACTS.read_text("utf-8"))
        for claim in review["mechanisms"]
        for target in claim["targets"]
    }
    labels = {str(label) for name in (SKOS.prefLabel, SKOS.altLabel) for label in mechanisms.objects(None, name)}
    assert len(targets) >= 60
    assert targets - labels == set()


def test_every_concept_is_named_defined_and_in_the_scheme(mechanisms: Graph) -> None:
    for concept in concepts(mechanisms):
        assert concept in MECHANISM
        for name in (SKOS.prefLabel, SKOS.definition):
            values = list(mechanisms.objects(concept, name))
            assert len(values) == 1, f"{concept} has {len(values)} {name}"
            assert isinstance(values[0], Literal)
            assert values[0].language == "en"
        assert list(mechanisms.objects(concept, SKOS.inScheme)) == [SCHEME]


def test_levels_count_the_steps_to_a_family(mechanisms: Graph) -> None:
    for concept in concepts(mechanisms):
        path = ancestors(mechanisms, concept)
        level = mechanisms.value(concept, ALSU.level, any=False)
        assert isinstance(level, Literal)
        assert level.toPython() == len(path) <= 3, concept
        assert (path[-1], SKOS.topConceptOf, SCHEME) in mechanisms, f"{path[-1]} is no family"


def test_families_and_top_concepts_agree(mechanisms: Graph) -> None:
    families = set(mechanisms.subjects(SKOS.topConceptOf, SCHEME))
    assert families == set(mechanisms.objects(SCHEME, SKOS.hasTopConcept))
    assert families == {concept for concept in concepts(mechanisms) if (concept, SKOS.broader, None) not in mechanisms}


def test_what_is_no_mechanism_fills_exactly_one_family(mechanisms: Graph) -> None:
    marked = set(mechanisms.subjects(ALSU.notAMechanism, TRUE))
    family = MECHANISM["mechanism-not-established"]
    assert marked == {concept for concept in concepts(mechanisms) if family in ancestors(mechanisms, concept)}
    for slug in ("unclear-relevance", "multiple-mechanisms", "implausible-mechanism"):
        assert MECHANISM[slug] in marked


@pytest.mark.parametrize(
    ("narrow", "broad"),
    [
        ("nf-kb-signalling", "neuroinflammation"),
        ("microglial-activation", "neuroinflammation"),
        ("il-6", "inflammatory-cytokines"),
        ("tnf-alpha", "inflammatory-cytokines"),
        ("immune-suppression", "immune-modulation"),
        ("nrf2-signalling", "oxidative-stress"),
        ("ampa-receptor", "excitotoxicity"),
        ("motor-neuron-death", "neuronal-death"),
    ],
)
def test_known_parents(mechanisms: Graph, narrow: str, broad: str) -> None:
    assert MECHANISM[broad] in ancestors(mechanisms, MECHANISM[narrow])


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("nf-kb", "nf-kb-signalling"),
        ("nuclear factor kappa B", "nf-kb-signalling"),
        ("GABA", "gaba-signalling"),
        ("GABA signalling", "gaba-signalling"),
        ("growth factors / neurotrophic support", "neurotrophic-support"),
        ("microglia", "microglial-activation"),
    ],
)
def test_known_words(mechanisms: Graph, word: str, slug: str) -> None:
    assert dict(words(mechanisms))[word.casefold()] == MECHANISM[slug]


def test_broader_and_matches_are_kept_apart(mechanisms: Graph) -> None:
    """Relations inside the scheme never leave it; matches never stay inside (SKOS reference, section 10)."""
    for name in (SKOS.broader, SKOS.related):
        assert all(target in MECHANISM for target in mechanisms.objects(None, name) if isinstance(target, URIRef))
    for name in MATCHES:
        assert not any(target in MECHANISM for target in mechanisms.objects(None, name) if isinstance(target, URIRef))


def test_one_concept_has_no_two_kinds_of_match_to_one_term(mechanisms: Graph) -> None:
    for concept in concepts(mechanisms):
        found = [target for name in MATCHES for target in mechanisms.objects(concept, name)]
        assert len(found) == len(set(found)), concept
