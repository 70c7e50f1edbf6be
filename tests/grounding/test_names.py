"""Keys of names: what counts as the same name, and what does not."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.grounding.names import _PART, make_key, split_parts

SAME = [
    ("NF-κB", "NF-kappaB", "NF-kappa B", "NFkappaB", "nf-κb"),
    ("TNF-α", "TNFalpha", "TNF alpha", "TNF-alpha"),
    ("SOD1-G93A", "SOD1 G93A", "SOD1(G93A)"),
    ("TDP-43", "TDP43", "TDP 43"),
    ("corticosteroids", "Corticosteroid"),
    ("leukaemia", "Leukemia"),
    ("anti-inflammatory signalling", "Anti inflammatory signaling"),
    ("mice", "mouse"),
]
DIFFERENT = [
    ("NF-kB", "NF-κB"),
    ("GFAP", "GFRA"),
    ("AIDS", "AID"),
    ("vitamin B1", "vitamin B12"),
    ("alphabet", "α-bet a"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_key(names: tuple[str, ...]) -> None:
    assert len({make_key(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert make_key(one) != make_key(other)


@given(st.text(max_size=60))
def test_parts_stand_where_they_say_and_in_order(text: str) -> None:
    parts = split_parts(text)
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
    assert " ".join(part.form for part in parts) == make_key(text)


@given(st.text(alphabet="aAbBkκ1- 2µ,", max_size=30))
def test_the_fast_pattern_cuts_as_the_full_one(text: str) -> None:
    assert [text[part.start : part.end] for part in split_parts(text)] == _PART.findall(text)
