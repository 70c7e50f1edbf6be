"""Writing an index of works: records in batches, older ones with the same id, DOI or PMID replaced, commits all or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from filelock import FileLock, Timeout

from alsu_kg.index_files import (
    MANIFEST,
    Manifest,
    Segment,
    SegmentFacts,
    SourceState,
    open_segments,
    read_manifest,
    record_keys,
    unpack,
)
from alsu_kg.index_segments import (
    Postings,
    compress,
    merge_segments,
    train_dictionary,
    write_deleted,
    write_file,
    write_segment,
)
from alsu_kg.linking.candidate_selection import record_terms
from alsu_kg.linking.postings import (
    MOST_RECORDS,
    Numbers,
    Places,
    digest_terms,
    find_terms,
    make_postings,
    merge_postings,
    records_of,
    renumber,
    superseded,
    to_hashes,
)
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import StoreError

MOST_SEGMENTS: Final = 16
"""Segments of similar size that wait to be merged while a build goes on."""

_FAR_LARGER: Final = 4
_FEW_SAMPLES: Final = 10_000
_LONGEST: Final = 255


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """Records ready to be indexed: computed in any process, added by one."""

    packed: list[bytes]
    postings: Numbers
    key_postings: Numbers
    lengths: bytes
    keys: Numbers
    key_records: Places


def prepare(candidates: Sequence[Candidate]) -> PreparedBatch:
    """Prepare records for the index: packed, with the postings of their terms and keys numbered within the batch."""
    encoder = msgspec.msgpack.Encoder()
    terms = [record_terms(candidate) for candidate in candidates]
    keys = [record_keys(candidate) for candidate in candidates]
    key_counts = [len(some) for some in keys]
    key_digests = digest_terms(key for some in keys for key in some)
    of_terms = make_postings(to_hashes(digest_terms(term for some in terms for term in some)), [len(t) for t in terms])
    return PreparedBatch(
        packed=[encoder.encode(candidate) for candidate in candidates],
        postings=of_terms,
        key_postings=make_postings(to_hashes(key_digests), key_counts),
        lengths=bytes(min(len(some), _LONGEST) for some in terms),
        keys=key_digests,
        key_records=np.repeat(np.arange(len(candidates)), key_counts),
    )


class IndexWriter:
    """Adds records to an index; they are there, all together, when ``commit`` returns. One writer at a time."""

    def __init__(self, directory: Path, *, threads: int = 1) -> None:
        self._directory = directory
        self._threads = threads
        self._waiting: list[PreparedBatch] = []
        self.waiting = 0
        self.replaced = 0
        try:
            directory.mkdir(parents=True, exist_ok=True)
            foreign = any(directory.iterdir()) and not any(map(_is_ours, directory.iterdir()))
        except OSError as error:
            raise _disk_error(error, directory) from None
        if foreign:
            raise StoreError("is not an index and not empty", place=str(directory), repair="give a new directory")
        self._lock = FileLock(directory / ".lock", timeout=0)
        try:
            self._lock.acquire()
        except Timeout:
            raise StoreError(
                "another process is building this index", place=str(directory),
                repair="wait until the other build ends, or build in a new directory",
            ) from None  # fmt: skip
        except OSError as error:
            raise _disk_error(error, directory) from None
        try:
            self.manifest = read_manifest(directory) if (directory / MANIFEST).exists() else Manifest()
            self._segments = open_segments(directory, self.manifest)
            self._dictionaries = {name: (directory / name).read_bytes() for name in self.manifest.dictionaries}
            self._remove_unnamed()
        except BaseException:
            self._lock.release()
            raise

    def add(self, batch: PreparedBatch) -> None:
        """Add records; older ones with one of their keys are replaced."""
        self._waiting.append(batch)
        self.waiting += len(batch.packed)

    def commit(
        self, now: datetime, sources: Mapping[str, SourceState], skipped: Mapping[str, int], *, last: bool = True
    ) -> Manifest:
        """Make everything added so far durable, and note how far each source was read and what was skipped since.

        With ``last``, segments of similar size are merged; else only when there are many.
        """
        try:
            if self._waiting:
                self._write_waiting()
            self._merge(MOST_SEGMENTS if not last else 1)
            old = self.manifest
            skips = {
                reason: old.skipped.get(reason, 0) + skipped.get(reason, 0) for reason in {**old.skipped, **skipped}
            }
            self._name(
                records=sum(s.records - s.deleted for s in self.manifest.segments),
                updated=now.isoformat(timespec="seconds"), sources={**old.sources, **sources}, skipped=skips,
            )  # fmt: skip
            write_file(self._directory / (MANIFEST + ".new"), [msgspec.json.format(msgspec.json.encode(self.manifest))])
            (self._directory / (MANIFEST + ".new")).replace(self._directory / MANIFEST)
            self._remove_unnamed()
        except OSError as error:
            raise _disk_error(error, self._directory) from None
        return self.manifest

    def close(self) -> None:
        """Release the lock; what was not committed is gone."""
        self._segments = []
        self._lock.release()

    def _write_waiting(self) -> None:
        """Write what waits as one segment, without records that a later one replaces, and mark those of older segments."""
        batches, self._waiting, self.waiting = self._waiting, [], 0
        firsts = np.cumsum([0, *(len(batch.packed) for batch in batches)])
        keys = np.concatenate([batch.keys for batch in batches])
        key_records = np.concatenate([b.key_records + first for b, first in zip(batches, firsts[:-1], strict=True)])
        postings, key_postings = (
            merge_postings(some + np.uint64(first) for some, first in zip(of_batches, firsts[:-1], strict=True))
            for of_batches in ([b.postings for b in batches], [b.key_postings for b in batches])
        )
        packed = [record for batch in batches for record in batch.packed]
        lengths = np.frombuffer(b"".join(batch.lengths for batch in batches), dtype=np.uint8)
        dead = superseded(keys, key_records)
        if len(dead):
            live = np.ones(len(packed), dtype=np.bool_)
            live[dead] = False
            numbers = np.where(live, np.cumsum(live) - 1, -1)
            postings, key_postings = renumber(postings, numbers), renumber(key_postings, numbers)
            packed = [record for record, kept in zip(packed, live.tolist(), strict=True) if kept]
            lengths = lengths[live]
        self.replaced += len(dead)
        for place in range(len(self._segments)):
            self._replace_older(place, keys)
        dictionary = self._dictionary(packed)
        frames = compress(packed, self._dictionaries[dictionary], threads=self._threads)
        name = f"s-{self._next():06d}"
        self._append(
            write_segment(self._directory / name, Postings([postings], [key_postings]), frames, lengths, dictionary)
        )

    def _replace_older(self, place: int, keys: Numbers) -> None:
        """Mark the records of an older segment that have one of the keys; hashes only propose them."""
        segment = self._segments[place]
        wanted = np.sort(keys)
        starts, ends = find_terms(segment.keys, to_hashes(wanted))
        segment.forget()
        found = [records_of(segment.keys[starts[i] : ends[i]]) for i in np.flatnonzero(ends > starts)]
        if not found:
            return
        proposed = np.unique(np.concatenate(found))
        proposed = proposed[segment.is_live(proposed)]
        names = [record_keys(unpack(segment.packed(number), self._directory)) for number in proposed.tolist()]
        owners = np.repeat(proposed, [len(some) for some in names])
        digests = digest_terms(name for some in names for name in some)
        nearest = np.minimum(np.searchsorted(wanted, digests), len(wanted) - 1)
        hit = np.unique(owners[wanted[nearest] == digests])
        if not len(hit):
            return
        deleted = segment.deleted()
        deleted[hit] = True
        self.replaced += len(hit)
        ending = f"deleted-{self._next():06d}"
        facts = write_deleted(self._directory / f"{segment.facts.name}.{ending}", deleted)
        kept = {end: f for end, f in segment.facts.files.items() if not end.startswith("deleted")}
        changed = msgspec.structs.replace(segment.facts, deleted=int(deleted.sum()), files={**kept, ending: facts})
        self._name(segments=(*self.manifest.segments[:place], changed, *self.manifest.segments[place + 1 :]))
        self._segments[place] = self._open(changed)

    def _merge(self, most: int) -> None:
        """Merge the youngest segments when there are more than ``most`` of which the oldest is not far larger than the rest."""
        sizes = [segment.records - segment.deleted for segment in self.manifest.segments]
        rests = [sum(sizes[place:]) for place in range(len(sizes) + 1)]
        fitting = (
            place
            for place, size in enumerate(sizes)
            if rests[place] <= MOST_RECORDS and size < _FAR_LARGER * rests[place + 1]
        )
        first = next(fitting, len(sizes))
        if len(sizes) - first <= most:
            return
        name = f"s-{self._next():06d}"
        merged = merge_segments(
            self._directory / name, self._segments[first:], self._dictionaries, threads=self._threads
        )
        self._segments = self._segments[:first]
        self._name(segments=self.manifest.segments[:first])
        self._append(merged)

    def _dictionary(self, packed: Sequence[bytes]) -> str:
        """Give the dictionary to compress against: the last one, unless many records come after few."""
        held = sum(segment.records for segment in self.manifest.segments)
        if self.manifest.dictionaries and (held >= _FEW_SAMPLES or len(packed) < _FEW_SAMPLES):
            return max(self.manifest.dictionaries)
        name = f"dictionary-{self._next():06d}"
        self._dictionaries[name] = train_dictionary(packed)
        facts = write_file(self._directory / name, [self._dictionaries[name]])
        self._name(dictionaries={**self.manifest.dictionaries, name: facts})
        return name

    def _append(self, facts: SegmentFacts) -> None:
        if facts.records:
            self._segments.append(self._open(facts))
            self._name(segments=(*self.manifest.segments, facts))

    def _open(self, facts: SegmentFacts) -> Segment:
        return open_segments(self._directory, msgspec.structs.replace(self.manifest, segments=(facts,)))[0]

    def _next(self) -> int:
        number = self.manifest.next_number
        self._name(next_number=number + 1)
        return number

    def _name(self, **changes: object) -> None:
        self.manifest = msgspec.structs.replace(self.manifest, **changes)

    def _remove_unnamed(self) -> None:
        """Remove files that the manifest does not name: of a build that was killed, or of segments that were merged."""
        named = {MANIFEST, ".lock", *self.manifest.dictionaries}
        named |= {f"{segment.name}.{ending}" for segment in self.manifest.segments for ending in segment.files}
        for path in self._directory.iterdir():
            if path.name not in named and _is_ours(path):
                _remove(path)


def _is_ours(path: Path) -> bool:
    return path.name in (".lock", MANIFEST, MANIFEST + ".new") or path.name.startswith(("s-0", "dictionary-0"))


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except PermissionError:
        return  # on Windows a reader still has it open; the next writer removes it


def _disk_error(error: OSError, directory: Path) -> StoreError:
    return StoreError(
        f"cannot be written: {error.strerror or error}", place=str(error.filename or directory),
        repair="check permission and free space, or give another directory",
    )  # fmt: skip
