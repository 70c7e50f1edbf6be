"""What spares the patterns of claims their work never hides what they find: tried on texts made of the patterns themselves."""

import re
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alsu_kg.documents import load_vocabulary
from alsu_kg.extraction.claims import anaphora, asides, joints, reach
from alsu_kg.extraction.claims.anaphora import Before, refer
from alsu_kg.extraction.claims.asides import find_insertions
from alsu_kg.extraction.claims.clauses import plain_words, split_clauses
from alsu_kg.extraction.claims.reach import is_auxiliary, leads_to_noun, may_be_finite

# Words that part clauses, what may follow them, and others.
PARTS: Final = (
    "and and and but although however yet so because without ; , , also thus is are was may does did not cannot failed found"
    " reported thought to date cell cells A that which which it falling B-cell (C) 2"
    " as do did so too no effect"
)
ABOUT_PRONOUNS: Final = "it they this its those these effects drug of them Mice also really"
ANY_CASE: Final = re.IGNORECASE | re.ASCII
ASCII: Final = st.characters(codec="ascii")
EACH: Final = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PARTS.split()), min_size=3, max_size=16), st.booleans())
def test_words_never_hide_where_a_clause_ends(parts: list[str], spaced: bool) -> None:
    text = " ".join(parts) if spaced else " ".join(parts).replace(" ,", ",").replace(" ;", ";")
    assert split_clauses(text, load_vocabulary().words.of(text)) == split_clauses(text)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["_STOPPED", "_AND_ANOTHER", "_LISTED"])
@given(st.data())
@EACH
def test_what_stops_a_verb_or_lists_is_told_by_its_words(name: str, data: st.DataObject) -> None:
    pattern: re.Pattern[str] = getattr(reach, name)
    text = data.draw(st.from_regex(re.compile(pattern.pattern, ANY_CASE), fullmatch=True, alphabet=ASCII))
    words = plain_words(text)
    if name == "_LISTED":
        assert "," in text or not reach._LIST_WORDS.isdisjoint(words)
    else:
        assert not reach._STOPS.isdisjoint(words)


@pytest.mark.slow
@given(st.data())
@EACH
def test_what_leads_to_a_verb_is_told_by_its_end(data: st.DataObject) -> None:
    before = "A in mice "
    finite = before + data.draw(st.from_regex(re.compile(reach._FINITE.pattern, ANY_CASE), alphabet=ASCII))
    assert may_be_finite(finite) == (reach._FINITE.search(finite) is not None)
    auxiliary = data.draw(
        st.from_regex(re.compile(reach._AUXILIARIES.pattern, ANY_CASE), fullmatch=True, alphabet=ASCII)
    )
    assert is_auxiliary(auxiliary)
    leading = before + data.draw(st.sampled_from(reach._LEAD_ENDS)) + data.draw(st.sampled_from(["", " ", "\n", ". "]))
    assert leads_to_noun(leading) == (reach._LEADS.search(leading) is not None)


@given(st.data())
@EACH
def test_a_new_statement_is_told_by_its_end(data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(joints._AND_NEW.pattern, ANY_CASE), fullmatch=True, alphabet=ASCII))
    assert text.rstrip().lower().endswith(joints._NEW_ENDS)


@given(st.lists(st.sampled_from(ABOUT_PRONOUNS.split()), max_size=6))
@EACH
def test_words_tell_pronouns_as_the_pattern_does(words: list[str]) -> None:
    prefix = " ".join(words)
    by_words = anaphora._is_pronoun(prefix, prefix.lower().split())
    assert by_words == anaphora._is_pronoun(prefix, None)


@given(st.sampled_from(["this", "the"]), st.sampled_from(sorted(anaphora._NAMED_THINGS)))
def test_what_is_named_in_general_is_known(pointing: str, thing: str) -> None:
    named = f"{pointing} {thing} "
    treats = anaphora._TREATMENT.search(named) is not None
    goes_on = anaphora._PATHWAY.match(named) is not None
    assert treats or goes_on
    assert not treats or refer(named, Before(), "Foo") == "Foo"


@given(st.data())
@EACH
def test_insertions_before_a_place_are_those_that_end_before_it(data: st.DataObject) -> None:
    inserted = st.from_regex(re.compile(asides._INSERTED.pattern, re.ASCII), fullmatch=True, alphabet=ASCII)
    text = f"It{data.draw(inserted)} is A{data.draw(inserted)} B."
    end = data.draw(st.integers(0, len(text)))
    assert find_insertions(text, end) == [span for span in find_insertions(text) if span[1] <= end]
