"""Postings on the disk are found and read as they were in memory, whatever the size of the table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alsu_kg.linking.postings import (
    RANGES,
    find_terms,
    gather,
    make_postings,
    number_together,
    records_of,
    split_postings,
    to_hashes,
)
from alsu_kg.linking.term_hashes import Numbers
from alsu_kg.linking.term_postings import TermPostings, pack_postings

HASHES = st.lists(
    st.one_of(st.integers(0, 2**64 - 1), st.integers(0, 40).map(lambda n: n << 24), st.integers(0, 200).map(lambda n: n << 56)),
    max_size=150,
)  # fmt: skip


def pack(postings: Numbers, bits: int) -> TermPostings:
    part = split_postings(postings)
    packed = list(pack_postings(map(part, range(RANGES)), bits))
    starts = np.cumsum(np.concatenate([[0], *(sizes for sizes, _, _ in packed)]), dtype=np.uint32)
    return TermPostings(
        starts, np.concatenate([rest for _, rest, _ in packed]), np.concatenate([records for _, _, records in packed])
    )


@pytest.mark.parametrize("bits", [8, 13, pytest.param(24, marks=pytest.mark.slow)])
@settings(max_examples=25)  # a table of 24 bits is large
@given(values=HASHES, wanted=HASHES)
def test_look_up_is_that_of_bisection(bits: int, values: list[int], wanted: list[int]) -> None:
    hashes = np.array(values, dtype=np.uint64)
    postings = make_postings(hashes, np.arange(len(values)) % 60)
    packed = pack(postings, bits)
    asked = np.unique(to_hashes(np.array([*wanted, *values[::2]], dtype=np.uint64)))
    starts, ends = find_terms(postings, asked)
    found = packed.find(asked)
    assert (found[1] - found[0]).tolist() == (ends - starts).tolist()
    expected = [records_of(postings[start:end]).tolist() for start, end in zip(starts, ends, strict=True)]
    assert gather(packed.records, *found)[0].tolist() == [record for some in expected for record in some]
    assert np.concatenate([packed.range(number) for number in range(RANGES)]).tolist() == postings.tolist()


def test_a_table_that_points_outside_is_refused() -> None:
    postings = make_postings(np.array([5 << 60], dtype=np.uint64), np.array([0]))
    packed = pack(postings, 8)
    wrong = packed._replace(starts=np.full_like(packed.starts, 9))
    wrong.starts[0] = 0
    with pytest.raises(ValueError, match="not there"):
        wrong.find(np.array([0], dtype=np.uint64))


def test_many_postings_take_six_bytes_each() -> None:
    postings = make_postings(np.array([5 << 60], dtype=np.uint64), np.array([0]))
    assert (pack(postings, 24).hashes.itemsize, pack(postings, 23).hashes.itemsize) == (2, 4)


def test_records_that_are_left_out_lose_their_postings() -> None:
    postings = make_postings(np.array([5 << 60, 5 << 60, 7 << 60], dtype=np.uint64), np.array([0, 1, 1]))
    first, second = number_together([np.array([True, True]), np.array([False, True])])
    assert records_of(first.apply(postings)).tolist() == [0, 1, 1]
    assert records_of(second.apply(postings)).tolist() == [2, 2]
