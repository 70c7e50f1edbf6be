"""Terms in running text: longest first, short names in their own case, abbreviations of the document."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.grounding.disambiguate import Entry
from alsu_kg.grounding.names import make_key
from alsu_kg.grounding.recognise import Names, ground_word, recognise
from alsu_kg.grounding.vocabulary import Kind, Scope

ROWS: list[tuple[str, str, Kind, str, Scope]] = [
    ("CHEBI:2948", "azathioprine", "substance", "azathioprine", "label"),
    ("CHEBI:2948", "azathioprine", "substance", "AZA", "own"),
    ("CHEBI:23447", "azacitidine", "substance", "azacitidine", "label"),
    ("HGNC:12731", "WAS", "gene", "WAS", "label"),
    ("HGNC:8066", "NUP214", "gene", "CAN", "alias"),
    ("HGNC:11179", "SOD1", "gene", "SOD1", "label"),
    ("entity:sod1-g93a-mouse", "SOD1-G93A mouse", "model", "SOD1-G93A mouse", "label"),
    ("HGNC:7782", "NFE2L2", "gene", "NRF2", "alias"),
    ("FPLX:NFkappaB", "NFkappaB", "complex", "NF-kappaB", "exact"),
    ("MESH:D016328", "NF-kappa B", "substance", "nuclear factor-kappaB", "exact"),
    ("HGNC:7794", "NFKB1", "gene", "NF-kappaB", "alias"),
    ("MESH:D000001", "Table", "substance", "table", "label"),
    ("HGNC:9817", "RAD51", "gene", "SK", "alias"),
    ("MONDO:0004976", "amyotrophic lateral sclerosis", "disease", "ALS", "own"),
    ("CHEBI:12777", "vitamin A", "substance", "vitamin A", "label"),
]


def make_names() -> Names:
    index: dict[str, list[Entry]] = defaultdict(list)
    for curie, label, kind, name, scope in ROWS:
        index[make_key(name)].append(Entry(curie, label, kind, name, scope))
    same = {"FPLX:NFkappaB": frozenset({"MESH:D016328"}), "MESH:D016328": frozenset({"FPLX:NFkappaB"})}
    return Names(
        lambda key: index.get(key, []), lambda curie: same.get(curie, frozenset()), common_words=frozenset({"table"})
    )


NAMES = make_names()


def found(text: str) -> list[tuple[str, str | None]]:
    return [(m.text, m.best.curie if m.best else None) for m in recognise(text, NAMES)]


def test_english_words_are_no_genes() -> None:
    assert found("It was shown in Table 1 that mice can do without") == []


def test_symbols_in_their_own_case_are_genes() -> None:
    assert found("WAS and SOD1 and Nrf2") == [("WAS", "HGNC:12731"), ("SOD1", "HGNC:11179"), ("Nrf2", "HGNC:7782")]


def test_the_longest_name_is_taken() -> None:
    assert found("in the SOD1-G93A mouse") == [("SOD1-G93A mouse", "entity:sod1-g93a-mouse")]
    assert found("SOD1-related") == [("SOD1", "HGNC:11179")]


def test_initials_of_authors_are_no_genes() -> None:
    assert found("by SK Smith") == []


@pytest.mark.parametrize("written", ["NF-κB", "NF-kappaB", "NF-kappa B", "NFκB"])
def test_greek_letters_are_read_in_every_spelling(written: str) -> None:
    assert found(f"activates {written} in cells") == [(written, "FPLX:NFkappaB")]


def test_an_abbreviation_stands_for_what_the_document_defines() -> None:
    text = "Azacitidine (AZA) is not azathioprine. AZA acts."
    assert found(text)[-1] == ("AZA", "CHEBI:23447")
    assert found("AZA acts.") == [("AZA", "CHEBI:2948")]


def test_an_abbreviation_of_something_unknown_stands_for_nothing_else() -> None:
    mention = recognise("wasting and atrophy (WAS) is seen; WAS again", NAMES)[-1]
    assert (mention.best, mention.expansion) == (None, "wasting and atrophy")


def test_a_defined_abbreviation_may_name_the_family_of_its_long_form() -> None:
    text = "nuclear factor-κB (NF-κB) acts"
    assert recognise(text, NAMES)[-1].candidates[0].curie == "FPLX:NFkappaB"
    assert not recognise(text, NAMES)[-1].ambiguous


def test_names_do_not_reach_over_the_end_of_a_sentence() -> None:
    assert found("They took a vitamin. A trial followed.") == []
    assert found("vitamin A") == [("vitamin A", "CHEBI:12777")]


def test_a_line_of_capitals_says_nothing_about_case() -> None:
    assert found("WHAT CAN AND WAS DONE HERE") == []


@given(st.text(alphabet="ALSazthiorpn WCOD1-κB().,\n", max_size=80))
def test_mentions_stand_where_they_say_and_never_overlap(text: str) -> None:
    mentions = recognise(text, NAMES)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(a.end <= b.start for a, b in itertools.pairwise(mentions))


def test_a_word_alone_keeps_all_its_meanings() -> None:
    candidates = ground_word("NF-kappaB", NAMES)
    assert [one.curie for one in candidates] == ["FPLX:NFkappaB", "HGNC:7794"]
    assert ground_word("was", NAMES)[0].score < 0.5
