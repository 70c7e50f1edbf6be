"""SSSOM tables: read and written, and persons' decisions kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.model.sssom import CURATED, TermMapping, read_mappings, write_mappings

WORDS = st.text(alphabet="abκ :|'\"#-1", min_size=1, max_size=12).map(lambda text: "x" + " ".join(text.split()))
MAPPINGS = st.builds(
    TermMapping,
    subject_id=WORDS,
    subject_label=WORDS,
    object_id=WORDS,
    object_label=WORDS,
    justification=st.sampled_from([CURATED, "semapv:LexicalMatching"]),
    author=WORDS,
    confidence=st.one_of(st.none(), st.sampled_from([0.0, 0.5, 1.0])),
)


@given(st.lists(MAPPINGS, max_size=5))
def test_what_is_written_is_read_back(mappings: list[TermMapping]) -> None:
    def order(one: TermMapping) -> str:
        return repr(one)

    assert sorted(read_mappings(write_mappings(mappings)), key=order) == sorted(mappings, key=order)


@pytest.mark.parametrize(
    "text",
    ["", "a\tb\n1\t2", "subject_id\tobject_id\tmapping_justification\n\tX:1\tx",
     "subject_id\tobject_id\tmapping_justification\tconfidence\na\tX:1\tx\thigh"],
)  # fmt: skip
def test_a_table_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"column|row 1"):
        read_mappings(text)
