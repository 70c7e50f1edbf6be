"""A build after a change: quads of records that did not change are kept, and a copy of the database is brought up to date.

    files ──stamp──▶ changed? ──read──▶ records ──make──▶ quads ──SHACL──▶ difference ──▶ copy of the generation, changed

The result is the one of a whole build: the same quads, the same digest, the same manifest. What a record's quads depend on outside
of its file is followed (``manifest``); where too much changed, or anything is not as expected, the whole build is done.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from alsu_kg.generations import copy_changed, writing
from alsu_kg.graph import iris
from alsu_kg.graph.dataset import Rivals, find_rivals, treatment_entries
from alsu_kg.graph.outline import lesser_identifiers
from alsu_kg.graph.same_works import SameWorks, find_same_works
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.manifest import (
    Entry,
    Manifest,
    Part,
    digest_of,
    list_files,
    make_version,
    read_manifest,
    stamp,
    write_manifest,
)
from alsu_kg.model.review import ReviewRecord
from alsu_kg.ontology import make_ontology_lines
from alsu_kg.records import further_keys
from alsu_kg.store import read_current

_FEW: Final = 25
_SHARE: Final = 5
"""A whole build is faster once more than ``_FEW`` records and one of ``_SHARE`` changed."""

Make = Callable[[Sequence[ReviewRecord], Sequence[ReviewRecord]], tuple[bytes, Sequence[Part]]]
"""Makes the quads of some records (or none) among the outlines of all, checked against the shapes; raises if any was bad."""

Read = Callable[[Path], ReviewRecord | None]
"""Reads a record; ``None`` if it is bad, which the reader then remembers."""


class Known(NamedTuple):
    """A file with the digest of its bytes, and what is known of it: a record that was read, or the entry of the last build."""

    name: str
    stamp: bytes
    record: ReviewRecord | None
    entry: Entry | None
    outline: ReviewRecord


class Rebuilt(NamedTuple):
    """What a build after a change gives: outlines of all records, claims, quads, digest of the graph."""

    outlines: tuple[ReviewRecord, ...]
    claims: int
    quads: int
    digest: str


class Around(NamedTuple):
    """What records need to know of each other."""

    rivals: Mapping[str, Rivals]
    same: SameWorks

    def needs(self, record: ReviewRecord) -> bytes:
        """Give the digest of what ``record`` needs to know of others."""
        others = sorted(
            (str(key), [tuple(one) for one in told]) for key, told in self.rivals.get(record.record, {}).items()
        )
        names = sorted((term, self.same[term]) for term in set(lesser_identifiers(record)) if term in self.same)
        return hashlib.sha256(repr((others, names)).encode()).digest() if others or names else b""


def look_around(outlines: Sequence[ReviewRecord]) -> Around:
    """Find what records need to know of each other, from the outlines of all or from the records."""
    return Around(find_rivals(outlines), find_same_works(outlines))


def make_entries(
    files: Sequence[tuple[str, bytes]], outlines: Sequence[ReviewRecord], parts: Sequence[Part]
) -> tuple[Entry, ...]:
    """Make the entries of a manifest: name and stamp of each file, its record's outline, its part, all in one order."""
    around = look_around(outlines)
    return tuple(
        Entry(name, stamped, around.needs(outline), part)
        for (name, stamped), outline, part in zip(files, outlines, parts, strict=True)
    )


def make_digest(parts: Iterable[Part], others: Iterable[bytes] = ()) -> str:
    """Give the digest of the graph that consists of the ontology, the quads of records and ``others``, in this order."""
    ontology = hashlib.sha256("".join(make_ontology_lines()).encode()).digest()
    return digest_of([ontology, *(part.digest for part in parts), *(hashlib.sha256(one).digest() for one in others)])


def count_quads(parts: Sequence[Part], others: Iterable[bytes] = ()) -> int:
    """Count the quads of the graph that consists of the ontology, the quads of records and ``others``."""
    common = set(make_ontology_lines())
    for lines in others:
        common.update(lines.decode().splitlines(keepends=True))
    for part in parts:
        common.update(part.common_lines())
    return sum(part.own for part in parts) + len(common)


def keep_manifest(store: Path, fresh: Path, quads: int, entries: tuple[Entry, ...]) -> None:
    """Write the manifest of the generation in ``fresh``, before it becomes the current one."""
    write_manifest(store, Manifest(make_version(), fresh.name, quads, list_files(fresh), entries))


def rebuild(files: Sequence[Path], store: Path, read: Read, make: Make) -> Rebuilt | None:
    """Make a generation out of the current one, if few of ``files`` changed since it was built; else ``None``, and nothing is done.

    Raises ``StoreError`` if the database cannot be copied and whatever ``read`` and ``make`` raise; the store is then as it was.
    """
    manifest = read_manifest(store, read_current(store))
    if manifest is None:
        return None
    known = _find_known(files, manifest, read)
    if known is None:
        return None
    outlines = [one.outline for one in known]
    around = look_around(outlines)
    stale = _find_stale(known, manifest, around)
    if len(stale) > _most(len(files)):
        return None
    paths = {str(path): path for path in files}
    again = [one.record or read(paths[one.name]) for one in known if one.name in stale]
    records = [record for record in again if record is not None]
    if len(records) != len(stale):
        return None
    nquads, parts = make(records, outlines)
    made = {part.key: part for part in parts}
    entries = tuple(
        one.entry
        if one.entry and one.name not in stale
        else Entry(one.name, one.stamp, around.needs(one.outline), made[one.outline.record])
        for one in known
    )
    return _store(store, manifest, entries, dict(_cut(nquads, parts)))


def _most(records: int) -> int:
    return max(_FEW, records // _SHARE)


def _find_known(files: Sequence[Path], manifest: Manifest, read: Read) -> list[Known] | None:
    """Read what changed and look up the rest; ``None`` if too much changed or a record key stands in two files."""
    before = {entry.name: entry for entry in manifest.entries}
    stamps = {path: stamp(path) for path in files}
    changed = {path for path in files if str(path) not in before or before[str(path)].stamp != stamps[path]}
    gone = before.keys() - {str(path) for path in files}
    if len(changed) + len(gone) > _most(len(files)):
        return None
    found: list[Known] = []
    for path in files:
        entry = None if path in changed else before[str(path)]
        record = read(path) if path in changed else None
        outline = entry.part.read_outline() if entry else record
        if outline is not None:
            found.append(Known(str(path), stamps[path], record, entry, outline))
    keys = {one.outline.record for one in found}
    if len(keys) < len(found) or any(_has_lost_its_first(one, manifest, keys) for one in found):
        return None
    return found


def _has_lost_its_first(one: Known, manifest: Manifest, keys: set[str]) -> bool:
    """Say whether the key of a draft was lengthened because of another file that has that key no longer."""
    gone = (entry.part.key for entry in manifest.entries if entry.part.key not in keys)
    return any(one.outline.record in further_keys(key, one.name) for key in gone)


def _find_stale(known: Sequence[Known], manifest: Manifest, around: Around) -> set[str]:
    """Find the files whose quads are to be made: those that changed, and those whose surroundings did.

    Records that share a review or a treatment with a changed one are made again too, so that the shapes see them together.
    """
    before = {entry.part.key: entry.part.read_outline() for entry in manifest.entries}
    now = {one.outline.record: one.outline for one in known}
    moved = [one.outline for one in known if one.entry is None]
    changed = {outline.record for outline in moved}
    moved += [outline for key, outline in before.items() if key not in now or key in changed]
    touched = {node for outline in moved for node in _nodes(outline)}
    words = _changed_words(before.values(), now.values()) if moved else frozenset()
    return {
        one.name
        for one in known
        if one.entry is None
        or one.entry.needs != around.needs(one.outline)
        or not touched.isdisjoint(_nodes(one.outline))
        or not words.isdisjoint(one.entry.part.asked)
    }


def _nodes(outline: ReviewRecord) -> list[str]:
    treatment = [iris.treatment(outline.treatment.label)] if outline.treatment else []
    return [iris.review(outline), *treatment]


def _changed_words(before: Iterable[ReviewRecord], now: Iterable[ReviewRecord]) -> frozenset[str]:
    """Find the words that stand for another treatment than before, or for none."""
    old, new = (make_lexicon(treatment_entries(list(some))).words["treatment"] for some in (before, now))
    return frozenset(word for word in old.keys() | new.keys() if old.get(word) != new.get(word))


def _cut(nquads: bytes, parts: Sequence[Part]) -> Iterator[tuple[str, bytes]]:
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + part.size)
    for part, (start, end) in zip(parts, pairwise(ends), strict=True):
        yield part.key, nquads[start:end]


def _store(store: Path, manifest: Manifest, entries: tuple[Entry, ...], made: Mapping[str, bytes]) -> Rebuilt:
    """Write the generation: a copy of the current one with what differs."""
    before = {entry.part.key: entry.part for entry in manifest.entries}
    now = {entry.part.key: entry.part for entry in entries}
    differ = {key for key in before.keys() | now.keys() if key not in before or key not in now}
    differ |= {key for key in before.keys() & now.keys() if before[key].digest != now[key].digest}
    old, new = ({line for key in differ if key in some for line in some[key].common_lines()} for some in (before, now))
    elsewhere = _find_elsewhere(old ^ new, [part for key, part in now.items() if key not in differ])
    removed, added = old - new - elsewhere, new - old - elsewhere
    gone = [graph for key in differ & before.keys() for graph in before[key].graphs]
    lines = [line for key in differ & now.keys() for line in made[key].decode().splitlines(keepends=True)]
    quads = manifest.quads + len(added) - len(removed)
    quads += sum(now[key].own for key in differ & now.keys()) - sum(before[key].own for key in differ & before.keys())
    with writing(store) as fresh:
        copy_changed(store / manifest.generation, fresh, gone=gone, removed=removed, added=lines)
        keep_manifest(store, fresh, quads, entries)
    parts = [entry.part for entry in entries]
    outlines = tuple(part.read_outline() for part in parts)
    return Rebuilt(outlines, sum(part.claims for part in parts), quads, make_digest(parts))


def _find_elsewhere(wanted: set[str], parts: Sequence[Part]) -> set[str]:
    """Find which of the lines ``wanted`` the ontology or one of ``parts`` states too."""
    found = wanted & set(make_ontology_lines())
    for part in parts if wanted else ():
        found |= wanted.intersection(part.common_lines())
    return found
