"""The postings of search terms as they lie on the disk: found through a table instead of by bisection, six or eight bytes each.

The first bits of a hash are not written: a table says where the postings begin whose hashes begin with them. A look-up reads one
place of each file; bisecting the whole index, two hundred times for one reference, kept all of it in memory.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from alsu_kg.linking.postings import RANGE_BITS, RANGES, RECORD_BITS, RECORD_MASK
from alsu_kg.linking.term_hashes import Numbers, Places

Small = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
Starts = npt.NDArray[np.uint32]

_HASH_BITS: Final = 64 - RECORD_BITS
MANY_POSTINGS: Final = 1 << 26
"""From here on 24 bits of a hash go into the table and 16 bits are written with each posting."""

_FEW_IN_BUCKET: Final = 256


class TermPostings(NamedTuple):
    """Postings as they lie on the disk: sorted by hash, then record.

    ``starts`` has a place for each value of the first bits of a hash, and the end; ``hashes`` the other bits of the hash of each
    posting; ``records`` its record.
    """

    starts: Starts
    hashes: Small
    records: npt.NDArray[np.uint32]

    def find(self, hashes: Numbers) -> tuple[Places, Places]:
        """Find where the postings of each hash begin and end; ``ValueError`` if the table is damaged."""
        bits = _table_bits(self.starts)
        buckets = (hashes >> np.uint64(64 - bits)).astype(np.int64)
        rest = _rest_of(hashes, bits)
        starts, ends = self.starts[buckets].astype(np.int64), self.starts[buckets + 1].astype(np.int64)
        sizes = ends - starts
        if len(sizes) and (int(sizes.min()) < 0 or int(ends.max()) > len(self.hashes)):
            raise ValueError("names postings that are not there")
        small = np.flatnonzero((sizes > 0) & (sizes <= _FEW_IN_BUCKET))
        ends[sizes == 0] = starts[sizes == 0]
        starts[small], ends[small] = self._find_in_small(starts[small], sizes[small], rest[small])
        large = np.flatnonzero(sizes > _FEW_IN_BUCKET)
        for place, start, end in zip(large.tolist(), starts[large].tolist(), ends[large].tolist(), strict=True):
            bucket = self.hashes[start:end]
            starts[place] = start + bucket.searchsorted(rest[place])
            ends[place] = start + bucket.searchsorted(rest[place], "right")
        return starts, ends

    def _find_in_small(self, starts: Places, sizes: Places, rest: Small) -> tuple[Places, Places]:
        """Look through whole buckets: for few postings that is quicker than bisecting each."""
        if not len(starts):
            return starts, starts
        firsts = np.cumsum(sizes) - sizes
        places = np.arange(int(sizes.sum())) + np.repeat(starts - firsts, sizes)
        found = self.hashes[places]
        wanted = np.repeat(rest, sizes)
        begins = starts + np.add.reduceat(found < wanted, firsts, dtype=np.int64)
        return begins, begins + np.add.reduceat(found == wanted, firsts, dtype=np.int64)

    def range(self, number: int) -> Numbers:
        """Give the postings of one of ``RANGES``, whole and sorted."""
        bits = _table_bits(self.starts)
        wide = (len(self.starts) - 1) // RANGES
        starts = self.starts[number * wide : (number + 1) * wide + 1].astype(np.int64)
        buckets = np.repeat(np.arange(number * wide, (number + 1) * wide, dtype=np.uint64), np.diff(starts))
        part = slice(int(starts[0]), int(starts[-1]))
        rest: Numbers = self.hashes[part].astype(np.uint64) << np.uint64(RECORD_BITS)
        buckets <<= np.uint64(64 - bits)
        buckets |= rest
        buckets |= self.records[part]
        return buckets


def table_bits(count: int) -> int:
    """Give the bits of a hash that the table takes for so many postings.

    >>> table_bits(0), table_bits(1_000_000), table_bits(300_000_000)
    (8, 16, 24)
    """
    return 24 if count >= MANY_POSTINGS else max(RANGE_BITS, min(23, count.bit_length() - 4))


def pack_postings(parts: Iterable[Numbers], bits: int) -> Iterator[tuple[Starts, Small, npt.NDArray[np.uint32]]]:
    """Give postings as they are written, one tuple for each of ``RANGES``: sizes of the buckets, hashes, records."""
    wide = 1 << (bits - RANGE_BITS)
    for number, part in enumerate(parts):
        buckets = (part >> np.uint64(64 - bits)).astype(np.int64) - number * wide
        sizes = np.bincount(buckets, minlength=wide).astype(np.uint32)
        yield sizes, _rest_of(part, bits), (part & RECORD_MASK).astype(np.uint32)


def _table_bits(starts: Starts) -> int:
    return (len(starts) - 1).bit_length() - 1


def _rest_of(hashes: Numbers, bits: int) -> Small:
    """Give the bits of hashes that a table of so many bits does not tell."""
    rest = hashes >> np.uint64(RECORD_BITS) & np.uint64((1 << (_HASH_BITS - bits)) - 1)
    return rest.astype(np.uint16) if bits >= _HASH_BITS - 16 else rest.astype(np.uint32)
