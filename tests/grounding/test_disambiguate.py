"""Scores of matches, pinned: which of two terms with one name goes first, and by how much."""

import pytest

from alsu_kg.grounding.disambiguate import CLOSE, Candidate, Entry, compare_forms, is_ambiguous, rank
from alsu_kg.grounding.vocabulary import Kind, Scope


def entry(curie: str, name: str, scope: Scope = "label", kind: Kind = "substance", *, obsolete: bool = False) -> Entry:
    return Entry(curie, name, kind, name, scope, obsolete)


@pytest.mark.parametrize(
    ("surface", "name", "factor"),
    [
        ("azathioprine", "azathioprine", 1.0),
        ("Azathioprine", "azathioprine", 0.99),
        ("AZATHIOPRINE", "azathioprine", 0.985),
        ("NF-κB", "NF-kappaB", 0.98),
        ("TDP43", "TDP-43", 0.98),
        ("was", "WAS", 0.3),
        ("can", "CAN", 0.3),
        ("For", "FOR", 0.3),
        ("microglia", "Microglia", 0.99),
        ("cytokine", "cytokines", 0.985),
    ],
)
def test_the_form_of_a_match(surface: str, name: str, factor: float) -> None:
    assert compare_forms(surface, name)[0] == factor


def test_the_complex_goes_before_the_gene_whose_alias_it_is() -> None:
    entries = [
        entry("HGNC:7794", "NF-kappaB", "alias", "gene"),
        entry("FPLX:NFkappaB", "NF-kappaB", "exact", "complex"),
    ]
    assert [one.curie for one in rank("NF-kappa B", entries)] == ["FPLX:NFkappaB", "HGNC:7794"]


def test_the_kind_expected_decides_between_equal_names() -> None:
    entries = [entry("MONDO:1", "anemia", kind="disease"), entry("HP:1", "anemia", kind="finding")]
    assert rank("anemia", entries)[0].curie == "MONDO:1"
    wanted = rank("anemia", entries, wanted=("finding",))
    assert wanted[0].curie == "HP:1"
    assert "where finding is expected" in wanted[1].why


def test_an_obsolete_term_comes_last_and_says_so() -> None:
    entries = [entry("GO:0070997", "neuron death", obsolete=True), entry("X:1", "neuron death", "related")]
    ranked = rank("neuron death", entries)
    assert [one.curie for one in ranked] == ["X:1", "GO:0070997"]
    assert "obsolete" in ranked[1].why


def test_terms_that_mean_the_same_make_no_ambiguity() -> None:
    same = {"CHEBI:1": frozenset({"MESH:1"}), "MESH:1": frozenset({"CHEBI:1"})}
    entries = [entry("CHEBI:1", "x one"), entry("MESH:1", "x one", "exact")]
    ranked = rank("x one", entries, same=same)
    assert ranked[0].same_as == ("MESH:1",)
    assert not is_ambiguous(ranked)


def test_another_meaning_that_comes_close_makes_a_word_ambiguous() -> None:
    def candidate(curie: str, label: str, score: float) -> Candidate:
        return Candidate(curie, label, "gene", score, "", label)

    assert is_ambiguous([candidate("A:1", "a", 0.9), candidate("B:1", "b", 0.9 - CLOSE / 2)])
    assert not is_ambiguous([candidate("A:1", "a", 0.9), candidate("B:1", "b", 0.9 - 2 * CLOSE)])
    assert not is_ambiguous([])
