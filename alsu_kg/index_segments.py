"""Writing segments of an index of works: one from records in memory, one from several others, both bounded in memory."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import zstandard
from xxhash import xxh3_64

from alsu_kg.index_files import FileFacts, Segment, SegmentFacts
from alsu_kg.linking.postings import (
    RANGES,
    Numbering,
    merge_postings,
    number_together,
    split_postings,
)
from alsu_kg.linking.term_hashes import Numbers, Places
from alsu_kg.linking.term_postings import pack_postings, table_bits

Frames = tuple[bytes, npt.NDArray[np.uint64]]
"""Compressed records one after the other, and the length of each."""

_LEVEL: Final = 3
_DICTIONARY_BYTES: Final = 64 * 1024
_SAMPLES: Final = 20_000
_RECORDS_AT_ONCE: Final = 50_000


class Records(NamedTuple):
    """Packed records, one after the other, and of each where it begins and how long it is."""

    data: bytes
    spans: npt.NDArray[np.uint64]

    def select(self, kept: npt.NDArray[np.bool_]) -> "Records":
        """Give those where a mask is true."""
        return Records(self.data, self.spans[kept])

    def split(self) -> Iterator[bytes]:
        """Give them one by one."""
        for start, length in self.spans.tolist():
            yield self.data[start : start + length]


class Part(NamedTuple):
    """Records that go into a segment: their postings (of terms, range by range; of keys), lengths, and which of them are live."""

    terms: Callable[[int], Numbers]
    keys: Numbers
    lengths: npt.NDArray[np.uint8]
    live: npt.NDArray[np.bool_]


def train_dictionary(packed: Sequence[Records]) -> bytes:
    """Give a dictionary for records like these: small records compress badly without one."""
    records = chain.from_iterable(some.split() for some in packed)
    samples: list[bytes | bytearray | memoryview] = list(
        islice(records, 0, None, max(1, sum(len(some.spans) for some in packed) // _SAMPLES))
    )
    try:
        return zstandard.train_dictionary(_DICTIONARY_BYTES, samples, k=200, d=8).as_bytes()
    except zstandard.ZstdError:
        return b"".join(samples)[:_DICTIONARY_BYTES]


def join_records(packed: Sequence[bytes]) -> Records:
    """Give packed records one after the other.

    >>> list(join_records([b"ab", b"c"]).split())
    [b'ab', b'c']
    """
    lengths = np.fromiter(map(len, packed), dtype="<u8", count=len(packed))
    return Records(b"".join(packed), np.stack([np.cumsum(lengths, dtype="<u8") - lengths, lengths], axis=1))


def compress_records(packed: Iterable[Records], dictionary: bytes, *, threads: int) -> Iterator[Frames]:
    """Compress records, each into one frame with a checksum; give many frames at once, with the length of each."""
    data = zstandard.ZstdCompressionDict(dictionary)
    data.precompute_compress(level=_LEVEL)
    compressor = zstandard.ZstdCompressor(dict_data=data, write_checksum=True, write_dict_id=False)
    for some in packed:
        if len(some.spans):
            part = zstandard.BufferWithSegments(some.data, some.spans.tobytes())
            frames = compressor.multi_compress_to_buffer(part, threads=threads)
            single = [frames[place].tobytes() for place in range(len(frames))]
            yield b"".join(single), np.fromiter(map(len, single), dtype="<u8", count=len(single))


def write_segment(
    place: Path, parts: Sequence[Part], frames: Iterable[Frames], dictionary: str, *, done: Callable[[], None]
) -> SegmentFacts:
    """Write the files of a segment; ``place`` is their common path without ending. ``done`` is called after every range."""
    sizes = [np.zeros(1, dtype="<u8")]
    records = write_file(place.with_suffix(".records"), _measured(frames, sizes))
    offsets = np.cumsum(np.concatenate(sizes), dtype="<u8")
    sizes.clear()
    lengths = np.concatenate([part.lengths[part.live] for part in parts])
    numberings = number_together(part.live for part in parts)
    keys = _merged([split_postings(part.keys) for part in parts], numberings, done)
    terms = _merged([part.terms for part in parts], numberings, done)
    count = sum(int(part.lengths.sum(dtype=np.int64)) for part in parts)
    return SegmentFacts(
        name=place.name, records=len(lengths), terms=int(lengths.sum(dtype=np.int64)), dictionary=dictionary,
        files={
            "keys": write_file(place.with_suffix(".keys"), (some.astype("<u8", copy=False).data for some in keys)),
            "records": records,
            "offsets": write_file(place.with_suffix(".offsets"), [offsets.data]),
            "lengths": write_file(place.with_suffix(".lengths"), [lengths.data]),
            **_write_terms(place, terms, table_bits(count)),
        },
    )  # fmt: skip


def merge_segments(
    place: Path, segments: Sequence[Segment], dictionaries: Mapping[str, bytes], *, threads: int
) -> SegmentFacts:
    """Write one segment with the records of several that were not replaced, in their order."""
    dictionary = segments[-1].facts.dictionary
    parts = [Part(segment.terms.range, segment.keys, segment.lengths, ~segment.deleted()) for segment in segments]
    frames = _merged_frames(segments, [part.live for part in parts], dictionaries[dictionary], threads)

    def done() -> None:
        for segment in segments:
            segment.forget()

    return write_segment(place, parts, frames, dictionary, done=done)


def write_deleted(place: Path, deleted: npt.NDArray[np.bool_]) -> FileFacts:
    """Write which records were replaced."""
    return write_file(place, [np.packbits(deleted, bitorder="little").data])


def write_file(path: Path, blocks: Iterable[bytes | memoryview]) -> FileFacts:
    """Write a file for good: on the disk, not only in its cache, before it is named anywhere."""
    with _File(path) as file:
        for block in blocks:
            file.write(block)
    return file.facts()


class _File:
    """A file that is written, and measured while it is."""

    def __init__(self, path: Path) -> None:
        self._checksum, self._size = xxh3_64(), 0
        self._stream = path.open("wb", buffering=1 << 20)

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        with self._stream:
            if kind is None:
                self._stream.flush()
                os.fsync(self._stream.fileno())

    def write(self, block: bytes | memoryview) -> None:
        self._checksum.update(block)
        self._size += self._stream.write(block)

    def facts(self) -> FileFacts:
        return FileFacts(self._size, self._checksum.hexdigest())


def _write_terms(place: Path, parts: Iterable[Numbers], bits: int) -> dict[str, FileFacts]:
    starts, first = np.zeros((1 << bits) + 1, dtype="<u4"), 1
    with _File(place.with_suffix(".hashes")) as hashes, _File(place.with_suffix(".postings")) as postings:
        for sizes, rest, records in pack_postings(parts, bits):
            hashes.write(rest.astype(rest.dtype.newbyteorder("<"), copy=False).data)
            postings.write(records.astype("<u4", copy=False).data)
            starts[first : first + len(sizes)] = sizes
            first += len(sizes)
    np.cumsum(starts, out=starts)
    table = write_file(place.with_suffix(".starts"), [starts.data])
    return {"starts": table, "hashes": hashes.facts(), "postings": postings.facts()}


def _measured(frames: Iterable[Frames], sizes: list[npt.NDArray[np.uint64]]) -> Iterator[bytes]:
    for some, lengths in frames:
        sizes.append(lengths)
        yield some


def _merged_frames(
    segments: Sequence[Segment], live: Sequence[npt.NDArray[np.bool_]], dictionary: bytes, threads: int
) -> Iterator[Frames]:
    for segment, kept in zip(segments, live, strict=True):
        same = segment.facts.dictionary == segments[-1].facts.dictionary
        for start in range(0, segment.facts.records, _RECORDS_AT_ONCE):
            numbers = np.flatnonzero(kept[start : start + _RECORDS_AT_ONCE]) + start
            if same:
                yield _copied(segment, numbers)
            else:
                packed = join_records([segment.packed(number) for number in numbers.tolist()])
                yield from compress_records([packed], dictionary, threads=threads)
            segment.forget()


def _copied(segment: Segment, numbers: Places) -> Frames:
    """Copy the frames of records, run by run."""
    if not len(numbers):
        return b"", np.empty(0, dtype="<u8")
    lengths = segment.offsets[numbers + 1] - segment.offsets[numbers]
    breaks = np.flatnonzero(np.diff(numbers) != 1) + 1
    bounds = [0, *breaks.tolist(), len(numbers)]
    runs = [
        segment.frames[int(segment.offsets[numbers[a]]) : int(segment.offsets[numbers[b - 1] + 1])]
        for a, b in pairwise(bounds)
    ]
    return b"".join(runs), lengths


def _merged(
    sources: Sequence[Callable[[int], Numbers]], numberings: Sequence[Numbering], done: Callable[[], None]
) -> Iterator[Numbers]:
    """Merge postings range by range of the hashes, so that only a range is in memory."""
    for number in range(RANGES):
        yield merge_postings(new.apply(some(number)) for some, new in zip(sources, numberings, strict=True))
        done()
