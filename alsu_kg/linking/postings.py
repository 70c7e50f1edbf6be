"""Postings: which records have a term, as sorted numbers.

A posting is one 64-bit number: 40 bits of the hash of a term, then 24 bits for the record. Sorted, they are an inverted index that
needs nothing else: the records of a term lie side by side, how many there are is the distance of two places, and two indexes are
merged by sorting. A general search engine takes six times as long to build and does not count the records of two hundred terms at
once (measured, ARCHITECTURE.md). Two terms with the same 40 bits (one in 10,000 at ten million records) add a candidate that the
comparison of its fields refuses; keys are always compared with the record itself. ``term_postings`` is how they lie on the disk.
"""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from alsu_kg.linking.term_hashes import Numbers, Places

Weights = npt.NDArray[np.float64]

RECORD_BITS: Final = 24
MOST_RECORDS: Final = 1 << RECORD_BITS
"""Records that one set of postings can hold."""

MOST_POSTINGS: Final = 1 << 31
"""Postings that one table on the disk can tell the places of."""

RECORD_MASK: Final = np.uint64(MOST_RECORDS - 1)
_MANY: Final = 2_000
_FEW_RUNS: Final = 40
_HASH_MASK: Final = ~RECORD_MASK
RANGE_BITS: Final = 8
RANGES: Final = 1 << RANGE_BITS
"""Parts that postings are merged in: by the first bits of the hash, as few as any table has."""


def to_hashes(digests: Numbers) -> Numbers:
    """Give the hash that postings hold of each digest: its upper 40 bits, above 24 zeros."""
    return digests & _HASH_MASK


def make_postings(hashes: Numbers, records: Places) -> Numbers:
    """Give sorted postings of hashes and the records that they belong to, each once.

    >>> len(make_postings(np.array([1 << 40, 2 << 40, 1 << 40], dtype=np.uint64), np.array([0, 0, 0])))
    2
    """
    return merge_postings([to_hashes(hashes) | records.astype(np.uint64)])


def make_rough_postings(hashes: Numbers, records: Places) -> Numbers:
    """Give postings sorted by ``RANGES`` only, some perhaps twice: what ``merge_postings`` is given of many records.

    >>> found = make_rough_postings(np.array([5, 1, 4], dtype=np.uint64) << 54, np.array([0, 0, 0]))
    >>> (found >> 54).tolist()
    [1, 5, 4]
    """
    postings: Numbers = to_hashes(hashes) | records.astype(np.uint64)
    ranges = (postings >> np.uint64(64 - RANGE_BITS)).astype(np.uint16)
    rough: Numbers = postings[ranges.argsort(kind="stable")]
    return rough


def merge_postings(parts: Iterable[Numbers]) -> Numbers:
    """Give postings whose records have been numbered together in one, sorted, each once."""
    merged = sort_numbers(np.concatenate([np.empty(0, dtype=np.uint64), *parts]))
    twice = np.flatnonzero(merged[1:] == merged[:-1])
    return np.delete(merged, twice) if len(twice) else merged


def sort_numbers(numbers: Numbers) -> Numbers:
    """Give numbers sorted; may change ``numbers``.

    NumPy sorts 16-bit numbers by counting, and longer ones by comparing, which takes 35 to 80 ns for each of them. So two steps of
    counting bring them in the order of their first 32 bits, and what is then nearly sorted is merged from its runs: 10 to 17 ns.
    What consists of few runs is merged at once.

    >>> sort_numbers(np.array([7, 1, 5], dtype=np.uint64) << 60).tolist() == [1 << 60, 5 << 60, 7 << 60]
    True
    """
    if len(numbers) >= _MANY and np.count_nonzero(numbers[1:] < numbers[:-1]) >= _FEW_RUNS:
        for shift in (32, 48):
            numbers = numbers[(numbers >> np.uint64(shift)).astype(np.uint16).argsort(kind="stable")]
    numbers.sort(kind="stable")
    return numbers


class Numbering(NamedTuple):
    """New numbers of records: ``first`` and what follows, or, where some are left out (-1), one by one."""

    first: int
    numbers: npt.NDArray[np.int32] | None

    def apply(self, postings: Numbers) -> Numbers:
        """Give postings with the new numbers, without those of records that are left out."""
        if self.numbers is None:
            return postings + np.uint64(self.first)
        new = self.numbers[(postings & RECORD_MASK).astype(np.intp)]
        kept = new >= 0
        return (postings[kept] & _HASH_MASK) | new[kept].astype(np.uint64)


def number_together(live: Iterable[npt.NDArray[np.bool_]]) -> list[Numbering]:
    """Give new numbers to the records of several sets, one after the other, without those that are not live.

    >>> number_together([np.array([True, True]), np.array([False, True])])[1].numbers.tolist()
    [-1, 2]
    """
    found, first = [], 0
    for kept in live:
        count = int(np.count_nonzero(kept))
        numbers = None
        if count < len(kept):
            numbers = np.cumsum(kept, dtype=np.int32) + np.int32(first - 1)
            numbers[~kept] = -1
        found.append(Numbering(first, numbers))
        first += count
    return found


def find_terms(postings: Numbers, hashes: Numbers) -> tuple[Places, Places]:
    """Find where the postings of each hash begin and end; ``hashes`` are best sorted.

    >>> postings = make_postings(np.array([7, 5, 7], dtype=np.uint64) << 60, np.array([0, 0, 1]))
    >>> found = find_terms(postings, np.array([7, 3], dtype=np.uint64) << 60)
    >>> (found[1] - found[0]).tolist()
    [2, 0]
    """
    starts = np.searchsorted(postings, hashes)
    ends = starts.copy()
    there = np.flatnonzero(starts < len(postings))
    there = there[(postings[starts[there]] & _HASH_MASK) == hashes[there]]
    ends[there] = np.searchsorted(postings, hashes[there] | RECORD_MASK, side="right")
    return starts, ends


def records_of(postings: Numbers) -> Places:
    """Give the numbers of the records in postings."""
    return (postings & RECORD_MASK).astype(np.int64)


def choose_rarest(counts: Places, *, budget: int, least: int) -> Places:
    """Give the places of the rarest terms whose postings fit in the budget, rarest first, but at least ``least``.

    >>> choose_rarest(np.array([40, 9, 0, 1_000_000]), budget=50, least=1).tolist()
    [1, 0]
    """
    order = np.argsort(counts, kind="stable")
    order = order[np.searchsorted(counts[order], 1) :]
    fitting = int(np.searchsorted(np.cumsum(counts[order]), budget, side="right"))
    return order[: max(fitting, least)]


def split_postings(postings: Numbers) -> Callable[[int], Numbers]:
    """Give what gives each of ``RANGES`` of sorted postings.

    >>> split_postings(make_postings(np.array([7, 5], dtype=np.uint64) << 61, np.array([0, 1])))(160).tolist() == [(5 << 61) + 1]
    True
    """
    bounds = np.arange(1, RANGES, dtype=np.uint64) << np.uint64(64 - RANGE_BITS)
    cuts = [0, *np.searchsorted(postings, bounds).tolist(), len(postings)]
    return lambda number: postings[cuts[number] : cuts[number + 1]]


def gather(records: npt.NDArray[np.uint32], starts: Places, ends: Places) -> tuple[Places, Places]:
    """Give the records of several terms one after the other, and for each the place of its term.

    >>> [some.tolist() for some in gather(np.array([4, 9, 2], dtype=np.uint32), np.array([0, 2]), np.array([2, 3]))]
    [[4, 9, 2], [0, 0, 1]]
    """
    sizes = ends - starts
    begins = np.cumsum(sizes) - sizes
    places = np.arange(int(sizes.sum())) + np.repeat(starts - begins, sizes)
    return records[places].astype(np.int64), np.repeat(np.arange(len(starts)), sizes)


def rarity(counts: Places, records: int) -> Weights:
    """Give the inverse document frequency of terms that ``counts`` of ``records`` have, as in BM25 (Robertson 2009).

    >>> rarity(np.array([1, 100]), 100).round(2).tolist()
    [4.21, 0.0]
    """
    found: Weights = np.log1p(np.maximum(records - counts + 0.5, 0.5) / (counts + 0.5))
    return found


def length_factor(lengths: Places, mean: float) -> Weights:
    """Give the factor for long records, as in BM25 with k1 = 1.2, b = 0.75 and each term once.

    >>> length_factor(np.array([10, 40]), 10.0).round(2).tolist()
    [1.0, 0.45]
    """
    factor: Weights = 2.2 / (1.3 + 0.9 * lengths.astype(np.float64) / mean)
    return factor


def sum_weights(records: Places, terms: Places, weights: Weights) -> tuple[Places, Weights]:
    """Give each record once, in the order of their numbers, with the sum of the weights of its terms.

    ``terms`` says which of ``weights`` each posting has; those of one record stand in their order.

    >>> [some.tolist() for some in sum_weights(np.array([7, 3, 7]), np.array([0, 0, 1]), np.array([1.0, 0.5]))]
    [[3, 7], [1.0, 1.5]]
    """
    if not len(records):
        return records, np.empty(0, dtype=np.float64)
    for shift in range(0, int(records.max()).bit_length(), 16):  # 16-bit numbers are sorted by counting
        order = (records >> shift if shift else records).astype(np.uint16).argsort(kind="stable")
        records, terms = records[order], terms[order]
    begins = np.flatnonzero(np.concatenate([[True], records[1:] != records[:-1]]))
    return records[begins], np.add.reduceat(weights[terms], begins)


def rank_records(records: Places, sums: Weights, *, limit: int, share: float = 0.0) -> Places:
    """Give the records with the greatest sums, best first; equal ones in the order of their numbers.

    Those with less than ``share`` of the greatest sum are left out, but the second best stays: a runner-up is always shown.

    >>> rank_records(np.array([3, 5, 7]), np.array([1.5, 1.5, 2.0]), limit=2).tolist()
    [7, 3]
    >>> rank_records(np.array([3, 5, 7]), np.array([0.5, 0.1, 2.0]), limit=3, share=0.5).tolist()
    [7, 3]
    """
    if not len(records):
        return records
    sums = np.round(sums, 9)
    first = int(sums.argmax())
    second = max((float(some.max()) for some in (sums[:first], sums[first + 1 :]) if len(some)), default=0.0)
    kept = np.flatnonzero(sums >= min(share * float(sums[first]), second))
    if len(kept) > limit:
        kept = kept[sums[kept] >= np.partition(sums[kept], -limit)[-limit]]
    return records[kept][np.lexsort((records[kept], -sums[kept]))][:limit]


def superseded(keys: Numbers, records: Places) -> Places:
    """Give the records of which a later record has one of the keys.

    >>> superseded(np.array([5, 6, 5], dtype=np.uint64), np.array([0, 0, 1])).tolist()
    [0]
    """
    order = np.lexsort((records, keys))
    ordered, numbers = keys[order], records[order]
    older = (ordered[:-1] == ordered[1:]) & (numbers[:-1] != numbers[1:])
    return np.unique(numbers[:-1][older])
