"""Words of data/lexicon/terms.tsv: each is a word of the ontology, of a treatment, or of a packaged vocabulary."""

from pathlib import Path

import pytest

from alsu_kg.grounding.lexicon import Entry, Group, make_lexicon
from alsu_kg.grounding.recognise import ground_word
from alsu_kg.grounding.record_words import find_words
from alsu_kg.name_index import open_names
from alsu_kg.ontology import read_entries
from alsu_kg.records import find_record_files, read_record

ROOT = Path(__file__).parents[2]
# What no packaged vocabulary has under such words.
NO_TERM = frozenset(
    {
        "wobbler mouse",
        "eye irritation",
        "increased appetite",
        "nasal irritation",
        "skin irritation",
        "urine discoloration",
        "insulin sensitivity",
        "thyroid function",
        "SOD1-G93A rat",
        "C9orf72 mouse",
        "NSC-34 cells",
        "SH-SY5Y cells",
        "cerebral blood flow",
        "muscle mass",
        "histone acetylation",
        "motor neuron survival",
        "ALS onset",
        "bulbar function",
        "intestinal permeability",
        "lipid panel",
        "eye examination",
        "vitamin D levels",
        "respiratory depression",
        "bruising",
        "anti-inflammatory cytokines",
        "BV-2 cells",
        "Bax",
        "DNA methyltransferase",
        "FUS mouse",
        "HbA1c",
        "Hedgehog signalling",
        "M1 microglia",
        "M2 microglia",
        "N2a cells",
        "SOD1-G37R mouse",
        "SOD1-G85R mouse",
        "SOD1-G86R mouse",
        "TDP-43 fly",
        "TrkA",
        "astragalus",
        "c-Abl",
        "c-Kit",
        "cinnamon",
        "compound muscle action potential",
        "cultured astrocytes",
        "cultured microglia",
        "cultured motor neurons",
        "cultured neurons",
        "drug levels",
        "flu-like symptoms",
        "incontinence",
        "infusion reactions",
        "lithium levels",
        "lithium toxicity",
        "methylsulfonylmethane",
        "motor unit number",
        "multivitamin",
        "nightmares",
        "pulmonary toxicity",
        "pycnogenol",
        "skin reactions",
        "synaptic loss",
        "withdrawal symptoms",
    }
)


def surfaces() -> dict[str, list[str]]:
    """Give each label with its synonyms."""
    lines = (ROOT / "data" / "lexicon" / "terms.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith(("#", "label\t"))]
    return {label: [label, *(one for one in (more or [""])[0].split("|") if one)] for label, _, *more in rows}


def treatments() -> list[Entry]:
    records = [read_record(file) for file in find_record_files([ROOT / "data" / "reviews"])]
    found = [record.treatment for record in records if record.treatment]
    return [Entry(f"<{one.label}>", (one.label, *one.aliases), "treatment") for one in found]


@pytest.fixture(scope="module")
def unknown() -> list[str]:
    """The labels that neither the ontology nor a treatment has."""
    lexicon = make_lexicon([*read_entries(), *treatments()])
    groups: tuple[Group, ...] = ("mechanism", "entity", "treatment")
    return [label for label, words in surfaces().items() if not any(lexicon.find(word, *groups) for word in words)]


@pytest.mark.slow
def test_every_label_has_a_term(unknown: list[str]) -> None:
    assert len(surfaces()) > 150
    with open_names() as index:
        names = index.names()
        missing = {
            label
            for label in unknown
            if not any(one.score > 0.6 for word in surfaces()[label] for one in ground_word(word, names))
        }
    assert missing == NO_TERM


def test_every_word_of_the_records_has_a_term() -> None:
    lexicon = make_lexicon([*read_entries(), *treatments()])
    words = {
        word.text
        for file in find_record_files([ROOT / "data" / "reviews"])
        for word in find_words(read_record(file))
        if lexicon.find(word.text, "entity", "mechanism", "treatment") is None
    }
    assert words == set()
