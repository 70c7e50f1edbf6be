"""Identifiers against labels: every problem that may be there, and none where there is none."""

import pytest

from alsu_kg.grounding.term_check import Problem, Use, check_uses, find_uses
from alsu_kg.grounding.vocabulary import Name, Term

TERMS = {
    "HGNC:12014": Term("HGNC:12014", "TPMT", "gene", (Name("thiopurine S-methyltransferase", "exact"),)),
    "CHEBI:17650": Term("CHEBI:17650", "cortisol", "substance", (Name("hydrocortisone", "former"),)),
    "GO:0070997": Term("GO:0070997", "obsolete neuron death", "process", obsolete=True),
    "CHEBI:1": Term("CHEBI:1", "", "substance", obsolete=True, replaced_by="CHEBI:17650"),
    "HP:0007354": Term("HP:0007354", "Amyotrophic lateral sclerosis", "finding"),
    "CHEBI:16856": Term("CHEBI:16856", "glutathione", "substance"),
}
RELEASES = {"HGNC": "1", "CHEBI": "2", "GO": "3", "HP": "4", "NCBITaxon": "5"}


def problems(use: Use) -> list[Problem]:
    return [finding.problem for finding in check_uses([use], TERMS, RELEASES)]


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (Use("p", "HGNC:12014", "TPMT"), []),
        (Use("p", "hgnc:12014", "tpmt"), []),
        (Use("p", "HGNC:12014", "TTR"), ["wrong-label"]),
        (Use("p", "HGNC:12014", "thiopurine S-methyltransferase"), ["synonym"]),
        (Use("p", "CHEBI:17650", "hydrocortisone"), []),
        (Use("p", "CHEBI:16856", "Glutathione"), []),
        (Use("p", "GO:0070997", "neuron death"), ["obsolete"]),
        (Use("p", "GO:0070997", "apoptosis"), ["obsolete", "wrong-label"]),
        (Use("p", "CHEBI:1", "hydrocortisone"), ["obsolete"]),
        (Use("p", "HGNC:99999999", "x"), ["unknown-id"]),
        (Use("p", "NCBITaxon:99999999", "x"), ["could-not-check"]),
        (Use("p", "PUBCHEM.COMPOUND:2265", "x"), ["could-not-check"]),
        (Use("p", "HP:0007354", "Amyotrophic lateral sclerosis", "mondo"), ["wrong-scheme"]),
        (Use("p", "HP:0007354", None, None, ("disease",)), ["wrong-kind"]),
        (Use("p", "no identifier"), ["could-not-check"]),
    ],
)
def test_each_problem_is_told(use: Use, expected: list[Problem]) -> None:
    assert problems(use) == expected


def test_an_obsolete_term_names_what_replaces_it() -> None:
    found = check_uses([Use("x.yaml", "CHEBI:1", None)], TERMS, RELEASES)
    assert str(found[0]) == "x.yaml: CHEBI:1: is obsolete: use CHEBI:17650 'cortisol'"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("NF-kB", []),
        ("GO:0070997", [("GO:0070997", None)]),
        ("neuron death (GO:0070997)", [("GO:0070997", "neuron death")]),
        ("MONDO:0004976 amyotrophic lateral sclerosis", [("MONDO:0004976", "amyotrophic lateral sclerosis")]),
        ("CHEBI:1 and mesh:D000690", [("CHEBI:1", None), ("MESH:D000690", None)]),
        ("ratio 1:2", []),
    ],
)
def test_identifiers_are_found_in_words(word: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(use.curie, use.label) for use in find_uses("p", word)] == expected
