"""Identifiers of a treatment: taken from what persons decided of its name, and from nothing else."""

from typing import Final

import pytest

from alsu_kg.documents import load_vocabulary, parse_document
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.treatment_identifiers import identify_treatment, parse_groundings
from alsu_kg.graph.dataset import make_lines
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.model.review import Treatment
from alsu_kg.model.sssom import CURATED, NO_TERM, TermMapping, write_mappings

EXACT: Final = "skos:exactMatch"


def row(
    label: str, term: str, *, predicate: str = EXACT, by: str = CURATED, subject: str = "treatment:x"
) -> TermMapping:
    return TermMapping(
        subject_id=subject,
        subject_label=label,
        predicate_id=predicate,
        object_id=term,
        object_label="as named",
        justification=by,
    )


TABLE = parse_groundings(
    write_mappings(
        [
            row("Examplene-B", "CHEBI:1"),
            row("Examplene-B", "MESH:D1"),
            row("Two-fold", "CHEBI:2"),
            row("Two-fold", "CHEBI:3"),
            row("Two-fold", "MESH:D2"),
            row("Unknown", NO_TERM),
            row("Near", "CHEBI:4", predicate="skos:closeMatch"),
            row("Guessed", "CHEBI:5", by="semapv:LexicalMatching"),
            row("A word", "CHEBI:6", subject="entity:word"),
        ]
    )
)


@pytest.mark.parametrize(
    ("treatment", "found"),
    [
        (Treatment(label="examplene B"), {"chebi": "CHEBI:1", "mesh": "MESH:D1"}),
        (Treatment(label="Something", aliases=("Examplene-B", "Other")), {"chebi": "CHEBI:1", "mesh": "MESH:D1"}),
        (Treatment(label="Something", aliases=("Examplene-B", "Two-fold")), {}),
        (Treatment(label="Two-fold"), {"mesh": "MESH:D2"}),
        (Treatment(label="α-Examplene-B"), {}),
        *((Treatment(label=label), {}) for label in ("Unknown", "Near", "Guessed", "A word", "Examplene")),
    ],
)
def test_only_what_is_certain_is_taken(treatment: Treatment, found: dict[str, str]) -> None:
    identified = identify_treatment(treatment, TABLE)
    assert identified is not None
    assert {prefix: one.id for prefix, one in identified.identifiers.items()} == found


def test_a_draft_has_them_and_its_document_does_not_state_them() -> None:
    text = (
        "# ALSUntangled 99: Curcumin\n\n# Trials\n\nNone is known (1).\n\n# References\n\n1. Ay B. One. Cell. 2001;2:3."
    )
    record = extract_record(parse_document(text.encode(), "a.md"), load_vocabulary())
    assert record.treatment is not None
    assert record.treatment.identifiers["chebi"].id == "CHEBI:3962"
    lines = make_lines(record, make_lexicon([]), expand={"CHEBI": "http://purl.obolibrary.org/obo/CHEBI_"})
    stated = [line for line in lines if "CHEBI_3962" in line]
    assert stated
    assert all(line.endswith("/id/graph/curcumin> .\n") for line in stated)
