"""Writing an index of works: records in batches, older ones with the same id, DOI or PMID replaced, commits all or nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from filelock import FileLock, Timeout

from alsu_kg.index_batches import PreparedBatch
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
    Part,
    Records,
    compress_records,
    merge_segments,
    train_dictionary,
    write_deleted,
    write_file,
    write_segment,
)
from alsu_kg.linking.postings import (
    MOST_POSTINGS,
    MOST_RECORDS,
    find_terms,
    records_of,
    split_postings,
    superseded,
    to_hashes,
)
from alsu_kg.linking.term_hashes import Numbers, digest_keys
from alsu_kg.model.errors import StoreError

MOST_SEGMENTS: Final = 16
"""Segments of similar size that wait to be merged while a build goes on."""

_FAR_LARGER: Final = 4
_FEW_SAMPLES: Final = 10_000


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
        self.waiting += batch.records

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
        firsts = np.cumsum([0, *(batch.records for batch in batches)]).tolist()
        keys = np.concatenate([batch.keys for batch in batches])
        key_records = np.concatenate([b.key_records + first for b, first in zip(batches, firsts[:-1], strict=True)])
        live = np.ones(firsts[-1], dtype=np.bool_)
        live[superseded(keys, key_records)] = False
        self.replaced += len(live) - int(np.count_nonzero(live))
        self._replace_older(keys)
        packed = [b.packed.select(live[start:end]) for b, (start, end) in zip(batches, pairwise(firsts), strict=True)]
        dictionary = self._dictionary(packed)
        frames = compress_records(packed, self._dictionaries[dictionary], threads=self._threads)
        parts = [
            Part(split_postings(b.postings), b.key_postings, np.frombuffer(b.lengths, dtype=np.uint8), live[start:end])
            for b, (start, end) in zip(batches, pairwise(firsts), strict=True)
        ]
        place = self._directory / f"s-{self._next():06d}"
        self._append(write_segment(place, parts, frames, dictionary, done=lambda: None))

    def _replace_older(self, keys: Numbers) -> None:
        """Mark the records of older segments that have one of the keys."""
        wanted = np.sort(keys)
        for place in range(len(self._segments)):
            self._replace_in(place, wanted)

    def _replace_in(self, place: int, wanted: Numbers) -> None:
        """Mark the records of an older segment that have one of the keys; hashes only propose them."""
        segment = self._segments[place]
        starts, ends = find_terms(segment.keys, to_hashes(wanted))
        segment.forget()
        found = [records_of(segment.keys[starts[i] : ends[i]]) for i in np.flatnonzero(ends > starts)]
        if not found:
            return
        proposed = np.unique(np.concatenate(found))
        proposed = proposed[segment.is_live(proposed)]
        names = [record_keys(unpack(segment.packed(number), self._directory)) for number in proposed.tolist()]
        owners = np.repeat(proposed, [len(some) for some in names])
        digests = digest_keys(name for some in names for name in some)
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
        terms = [segment.terms for segment in self.manifest.segments]
        fitting = (
            place
            for place, size in enumerate(sizes)
            if rests[place] <= MOST_RECORDS
            and sum(terms[place:]) <= MOST_POSTINGS
            and size < _FAR_LARGER * rests[place + 1]
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

    def _dictionary(self, packed: Sequence[Records]) -> str:
        """Give the dictionary to compress against: the last one, unless many records come after few."""
        held = sum(segment.records for segment in self.manifest.segments)
        if self.manifest.dictionaries and (
            held >= _FEW_SAMPLES or sum(len(some.spans) for some in packed) < _FEW_SAMPLES
        ):
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
