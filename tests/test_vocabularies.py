"""The packaged vocabularies: they hold what they should, and every identifier of this repository agrees with them."""

import lzma
from pathlib import Path

import pytest
from rdflib import RDFS, Graph, URIRef

from alsu_kg.grounding.record_words import find_record_uses
from alsu_kg.grounding.term_check import Finding, Use
from alsu_kg.grounding.vocabulary import normalise_curie
from alsu_kg.model.errors import AssetError
from alsu_kg.model.sssom import NO_TERM
from alsu_kg.records import find_record_files, read_record
from alsu_kg.vocabularies import (
    FOLDER,
    as_curie,
    check_identifiers,
    find_terms,
    read_packaged_groundings,
    read_sources,
    read_vocabulary,
)

ROOT = Path(__file__).parent.parent

# Right and wrong labels of identifiers that reviews of ALS treatments need; wrong ones circulate in public files.
RIGHT = [
    ("HGNC:12014", "TPMT"),
    ("HGNC:23063", "NUDT15"),
    ("MONDO:0005101", "ulcerative colitis"),
    ("MONDO:0004976", "amyotrophic lateral sclerosis"),
    ("UO:0000308", "milligram per kilogram"),
    ("GO:0071159", "NF-kappaB complex"),
    ("CL:0000129", "microglial cell"),
    ("UBERON:0002240", "spinal cord"),
    ("NCBITaxon:10090", "Mus musculus"),
    ("CHEBI:2948", "azathioprine"),
    ("MESH:D016328", "NF-kappa B"),
    ("FPLX:NFkappaB", "NFkappaB"),
    ("DOID:643", "progressive multifocal leukoencephalopathy"),
    ("HP:0001876", "Pancytopenia"),
    ("DrugBank:DB00993", "Azathioprine"),
    ("UNII:MRK240IY2L", "AZATHIOPRINE"),
]
WRONG = [
    ("HGNC:12014", "TTR", "wrong-label"),
    ("MONDO:0005101", "scleroderma", "wrong-label"),
    ("UO:0000308", "milliliter per kilogram", "wrong-label"),
    ("HP:0005528", "Pancytopenia", "wrong-label"),
    ("GO:0070997", "neuron death", "obsolete"),
    ("CHEBI:12777", "retinol", "wrong-label"),
    ("CL:0000129", "motor neuron", "wrong-label"),
    ("UBERON:0002240", "brain", "wrong-label"),
    ("MESH:D000690", "Azathioprine", "wrong-label"),
    ("HP:9999999", "anything", "unknown-id"),
]


def real(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.problem != "could-not-check"]


@pytest.mark.slow
def test_right_labels_give_no_finding() -> None:
    assert check_identifiers([Use("x", curie, label) for curie, label in RIGHT]) == []


def test_wrong_labels_and_obsolete_terms_are_found() -> None:
    found = check_identifiers([Use("x", curie, label) for curie, label, _ in WRONG])
    assert [(one.curie, one.problem) for one in found] == [(curie, problem) for curie, _, problem in WRONG]


@pytest.mark.slow
def test_every_identifier_of_the_records_has_its_label() -> None:
    files = find_record_files([ROOT / "data" / "reviews"])
    uses = [use for file in files for use in find_record_uses(read_record(file))]
    assert len(uses) > 60
    assert real(check_identifiers(uses)) == []


@pytest.mark.slow
def test_every_identifier_of_the_ontology_has_its_label() -> None:
    reused = Graph().parse(ROOT / "ontology" / "reused.ttl")
    uses = [
        Use("reused.ttl", curie, str(label))
        for thing, label in reused.subject_objects(RDFS.label)
        if isinstance(thing, URIRef) and (curie := normalise_curie(as_curie(str(thing))))
    ]
    assert len(uses) > 100
    assert check_identifiers(uses) == []


def test_every_curated_grounding_has_the_label_of_its_term() -> None:
    rows = [one for one in read_packaged_groundings() if one.object_id != NO_TERM]
    assert all(one.is_curated and one.author and one.date for one in rows)
    assert check_identifiers([Use("groundings", one.object_id, one.object_label) for one in rows]) == []


def test_every_vocabulary_has_a_source_a_licence_and_its_terms() -> None:
    licences = (ROOT / FOLDER / "LICENCES.md").read_text("utf-8")
    for source in read_sources().values():
        assert source.version
        assert source.licence
        assert f"| {source.vocabulary.removesuffix('-labels')} |" in licences
    assert sum(1 for _ in read_vocabulary("FPLX")) == read_sources()["FPLX"].terms


def test_hpo_is_shipped_unaltered() -> None:
    text = lzma.decompress((ROOT / FOLDER / "hp.obo.xz").read_bytes()).decode("utf-8")
    assert text.startswith("format-version: 1.2\n")
    assert f"data-version: hp/releases/{read_sources()['HP'].release}\n" in text


def test_an_obsolete_term_says_what_replaces_it() -> None:
    assert find_terms(["CHEBI:1"])["CHEBI:1"].replaced_by == "CHEBI:18357"


def test_a_missing_vocabulary_is_an_error_with_a_repair() -> None:
    with pytest.raises(AssetError, match="install alsu-kg again"):
        list(read_vocabulary("NOSUCH"))
