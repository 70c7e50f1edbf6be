"""Author lists that are read in one match are read as name by name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.extraction.references import author_names
from alsu_kg.extraction.references.author_names import parse_authors

FAMILIES = (
    "Maker", "McThird", "Haide-Philip", "van Second", "De La Cross", "O'Fourth", "D", "Li", "Etal", "Ethan", "Anders", "Andrews",
    "Ed", "Eds", "Edson", "Editor", "Jr", "Nature", "Group", "Müller", "Second Name", "The",
)  # fmt: skip
GIVEN = ("A", "AB", "ABC", "ABCD", "ABCDE", "A-B", "A B", "c", "A.B.", "Ann", "", "A Jr", "A II", "A 3rd")
SEPARATORS = (", ", ",", "; ", " and ", ", and ", " & ", "  ", ",  ")
ENDS = (
    ". A title",
    ", et al. A title",
    " et al. A title",
    ": A title",
    ", eds. A title",
    " (eds). A title",
    "",
    " A title",
    ", Jr. A title",
)


@given(
    st.lists(st.tuples(st.sampled_from(FAMILIES), st.sampled_from(GIVEN)), min_size=1, max_size=7),
    st.lists(st.sampled_from(SEPARATORS), min_size=7, max_size=7),
    st.sampled_from(ENDS),
)
def test_plain_names_are_read_as_one_by_one(names: list[tuple[str, str]], separators: list[str], end: str) -> None:
    joined = "".join(f"{separators[i] if i else ''}{family} {given}" for i, (family, given) in enumerate(names))
    found = parse_authors(joined + end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(author_names, "_PLAIN", re.compile("(?!)"))
        assert found == parse_authors(joined + end)


def test_plain_names_keep_their_letters() -> None:
    assert parse_authors("Müller A, Mäker-Öne BC, et al. A title").names == ("Müller A", "Mäker-Öne BC")
