"""Postings are sorted, summed and ranked as the plain definitions say, in whatever size and order they come."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg.linking.postings import (
    make_postings,
    make_rough_postings,
    merge_postings,
    rank_records,
    sort_numbers,
    split_postings,
    sum_weights,
)

SIZES = [0, 1, 1_999, 2_000, 50_000]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("bits", [3, 24, 40, 64])
@pytest.mark.parametrize("runs", [1, 7, 0])
def test_numbers_are_sorted_whatever_they_are(size: int, bits: int, runs: int) -> None:
    """Few distinct ones, equal first bits, sorted runs: the quick ways end in the same order as any other."""
    numbers = np.random.default_rng(size + bits).integers(0, 1 << bits, size, dtype=np.uint64)
    parts = [np.sort(part) for part in np.array_split(numbers, runs)] if runs else [numbers]
    assert sort_numbers(np.concatenate(parts)).tolist() == sorted(numbers.tolist())


@pytest.mark.parametrize("size", SIZES)
def test_rough_postings_merge_to_sorted_ones(size: int) -> None:
    chance = np.random.default_rng(size)
    hashes = chance.integers(0, 1 << 64, size, dtype=np.uint64) & ~np.uint64((1 << 60) - 1)  # many are equal
    records = chance.integers(0, 50, size)
    rough = split_postings(make_rough_postings(hashes, records))
    merged = np.concatenate([merge_postings([rough(number)]) for number in range(256)])
    assert merged.tolist() == make_postings(hashes, records).tolist()
    assert merged.tolist() == sorted(set(merged.tolist()))


NUMBERS = st.one_of(st.integers(0, 9), st.integers(0, 1 << 31))


@given(st.lists(st.lists(NUMBERS, max_size=30, unique=True).map(sorted), min_size=1, max_size=9))
def test_weights_of_a_record_are_those_of_its_terms(lists: list[list[int]]) -> None:
    weights = [1.5 + place for place in range(len(lists))]
    expected: dict[int, float] = defaultdict(float)
    for weight, some in zip(weights, lists, strict=True):
        for record in some:
            expected[record] += weight
    terms = np.repeat(np.arange(len(lists)), [len(some) for some in lists])
    records = np.array([record for some in lists for record in some], dtype=np.int64)
    found, sums = sum_weights(records, terms, np.array(weights))
    assert found.tolist() == sorted(expected)
    assert sums.tolist() == [expected[record] for record in sorted(expected)]


@given(
    st.lists(st.sampled_from([0.0, 0.2, 1.0, 1.0000000001, 3.0, 7.5]), max_size=40),
    st.integers(1, 9),
    st.sampled_from([0.0, 0.35, 1.0]),
)
def test_the_best_are_kept_and_the_second_best_always(sums: list[float], limit: int, share: float) -> None:
    order = sorted(range(len(sums)), key=lambda place: (-round(sums[place], 9), place))
    least = min(share * max(sums, default=0.0), sums[order[1]] if len(sums) > 1 else 0.0)
    expected = [place for place in order if round(sums[place], 9) >= round(least, 9)][:limit]
    found = rank_records(np.arange(len(sums)), np.array(sums, dtype=np.float64), limit=limit, share=share)
    assert found.tolist() == expected
