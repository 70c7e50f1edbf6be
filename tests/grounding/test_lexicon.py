"""Words to terms: labels of a group, compared without regard to letter case and white space."""

from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.grounding.lexicon import Entry, fold, make_lexicon

MECHANISM = Entry("<m:nf-kb>", ("NF-κB signalling", "NF-kB", "SOD1"), "mechanism")
ENTITY = Entry("<e:sod1>", ("SOD1", "superoxide dismutase 1"), "entity")
TREATMENT = Entry("<t:ozone>", ("Ozone therapy",), "treatment")
LEXICON = make_lexicon([MECHANISM, ENTITY, TREATMENT])


def test_a_word_is_found_by_every_label() -> None:
    assert LEXICON.find("nf-KB", "mechanism") == "<m:nf-kb>"
    assert LEXICON.find(" NF-κB\n SIGNALLING ", "mechanism") == "<m:nf-kb>"
    assert LEXICON.find("ozone  THERAPY", "treatment") == "<t:ozone>"


def test_the_first_group_that_knows_a_word_wins() -> None:
    assert LEXICON.find("SOD1", "mechanism", "entity") == "<m:nf-kb>"
    assert LEXICON.find("SOD1", "entity", "mechanism") == "<e:sod1>"
    assert LEXICON.find("SOD1", "treatment") is None


def test_part_of_a_label_is_no_word() -> None:
    assert LEXICON.find("ozone", "treatment", "entity", "mechanism") is None
    assert LEXICON.find("", "treatment", "entity", "mechanism") is None


def test_of_two_entries_with_one_word_the_first_keeps_it() -> None:
    lexicon = make_lexicon([Entry("<a:>", ("x",), "entity"), Entry("<b:>", ("X", "y"), "entity")])
    assert lexicon.find("x", "entity") == "<a:>"
    assert lexicon.find("y", "entity") == "<b:>"


def test_an_empty_lexicon_knows_nothing() -> None:
    assert make_lexicon([]).find("x", "mechanism", "entity", "treatment") is None


@given(st.text())
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


@given(st.text(min_size=1).filter(str.strip))
def test_what_goes_in_is_found(word: str) -> None:
    assert make_lexicon([Entry("<x:>", (word,), "entity")]).find(f" {word}\t", "entity") == "<x:>"
