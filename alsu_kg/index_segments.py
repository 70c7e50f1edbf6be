"""Writing segments of an index of works: one from records in memory, one from several others, both bounded in memory."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import zstandard
from xxhash import xxh3_64

from alsu_kg.index_files import FileFacts, Segment, SegmentFacts
from alsu_kg.linking.postings import Numbers, Places, merge_postings, renumber

Frames = tuple[bytes, npt.NDArray[np.uint64]]
"""Compressed records one after the other, and the length of each."""

_LEVEL: Final = 3
_DICTIONARY_BYTES: Final = 64 * 1024
_SAMPLES: Final = 20_000
_POSTINGS_AT_ONCE: Final = 8_000_000
_RECORDS_AT_ONCE: Final = 50_000


class Postings(NamedTuple):
    """The postings of the terms and of the keys of a segment, in sorted parts."""

    terms: Iterable[Numbers]
    keys: Iterable[Numbers]


def train_dictionary(packed: Sequence[bytes]) -> bytes:
    """Give a dictionary for records like these: small records compress badly without one."""
    samples = packed[:: max(1, len(packed) // _SAMPLES)]
    try:
        return zstandard.train_dictionary(_DICTIONARY_BYTES, list(samples), k=200, d=8).as_bytes()
    except zstandard.ZstdError:
        return b"".join(samples)[:_DICTIONARY_BYTES]


def compress(packed: Sequence[bytes], dictionary: bytes, *, threads: int) -> Iterator[Frames]:
    """Compress records, each into one frame with a checksum; give many frames at once, with the length of each."""
    data = zstandard.ZstdCompressionDict(dictionary)
    data.precompute_compress(level=_LEVEL)
    compressor = zstandard.ZstdCompressor(dict_data=data, write_checksum=True, write_dict_id=False)
    for start in range(0, len(packed), _RECORDS_AT_ONCE):
        part: list[bytes | bytearray | memoryview] = [*packed[start : start + _RECORDS_AT_ONCE]]
        frames = compressor.multi_compress_to_buffer(part, threads=threads)
        some = [frames[place].tobytes() for place in range(len(frames))]
        yield b"".join(some), np.fromiter(map(len, some), dtype="<u8", count=len(some))


def write_segment(
    place: Path, postings: Postings, frames: Iterable[Frames], lengths: npt.NDArray[np.uint8], dictionary: str
) -> SegmentFacts:
    """Write the files of a segment; ``place`` is their common path without ending."""
    sizes = [np.zeros(1, dtype="<u8")]
    records = write_file(place.with_suffix(".records"), _measured(frames, sizes))
    offsets = np.cumsum(np.concatenate(sizes), dtype="<u8")
    return SegmentFacts(
        name=place.name, records=len(lengths), terms=int(lengths.sum(dtype=np.int64)), dictionary=dictionary,
        files={
            "postings": write_file(place.with_suffix(".postings"), _bytes_of(postings.terms)),
            "keys": write_file(place.with_suffix(".keys"), _bytes_of(postings.keys)),
            "records": records,
            "offsets": write_file(place.with_suffix(".offsets"), [offsets.data]),
            "lengths": write_file(place.with_suffix(".lengths"), [lengths.data]),
        },
    )  # fmt: skip


def merge_segments(
    place: Path, segments: Sequence[Segment], dictionaries: Mapping[str, bytes], *, threads: int
) -> SegmentFacts:
    """Write one segment with the records of several that were not replaced, in their order."""
    dictionary = segments[-1].facts.dictionary
    live = [~segment.deleted() for segment in segments]
    frames = _merged_frames(segments, live, dictionaries[dictionary], threads)
    lengths = np.concatenate([segment.lengths[kept] for segment, kept in zip(segments, live, strict=True)])
    terms = _merged_postings(segments, [segment.postings for segment in segments], live)
    keys = _merged_postings(segments, [segment.keys for segment in segments], live)
    return write_segment(place, Postings(terms, keys), frames, lengths, dictionary)


def write_deleted(place: Path, deleted: npt.NDArray[np.bool_]) -> FileFacts:
    """Write which records were replaced."""
    return write_file(place, [np.packbits(deleted, bitorder="little").data])


def write_file(path: Path, blocks: Iterable[bytes | memoryview]) -> FileFacts:
    """Write a file for good: on the disk, not only in its cache, before it is named anywhere."""
    checksum, size = xxh3_64(), 0
    with path.open("wb", buffering=1 << 20) as stream:
        for block in blocks:
            checksum.update(block)
            size += stream.write(block)
        stream.flush()
        os.fsync(stream.fileno())
    return FileFacts(size, checksum.hexdigest())


def _measured(frames: Iterable[Frames], sizes: list[npt.NDArray[np.uint64]]) -> Iterator[bytes]:
    for some, lengths in frames:
        sizes.append(lengths)
        yield some


def _bytes_of(parts: Iterable[Numbers]) -> Iterator[memoryview]:
    return (part.astype("<u8", copy=False).data for part in parts)


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
                packed = [segment.packed(number) for number in numbers.tolist()]
                yield from compress(packed, dictionary, threads=threads)
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


def _merged_postings(
    segments: Sequence[Segment], postings: Sequence[Numbers], live: Sequence[npt.NDArray[np.bool_]]
) -> Iterator[Numbers]:
    """Merge postings range by range of the hashes, so that only a range is in memory."""
    numbers, first = [], 0
    for kept in live:
        new = np.cumsum(kept, dtype=np.int32) + np.int32(first - 1)
        new[~kept] = -1
        numbers.append(new)
        first += int(kept.sum())
    whole = all(bool(kept.all()) for kept in live)
    count = sum(map(len, postings)) // _POSTINGS_AT_ONCE + 1
    bounds = np.array([(part << 64) // count for part in range(1, count)], dtype=np.uint64)
    cuts = [[0, *np.searchsorted(some, bounds).tolist(), len(some)] for some in postings]
    for part in range(count):
        pieces = []
        for some, cut, new in zip(postings, cuts, numbers, strict=True):
            piece = some[cut[part] : cut[part + 1]]
            pieces.append(piece + np.uint64(max(int(new[0]), 0)) if whole else renumber(piece, new))
        yield merge_postings(pieces)
        for segment in segments:
            segment.forget()
