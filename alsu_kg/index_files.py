"""The files of an index of works: the manifest that names them, and opening, checking and reading one segment.

    INDEX/alsu-kg-index.json    manifest: version, segments, dictionaries, how far each dump was read; replaced in one step
    INDEX/s-000001.starts       search terms (``linking.term_postings``): the table of the first bits of their hashes,
    INDEX/s-000001.hashes       the other bits of the hash of each posting, two or four bytes each,
    INDEX/s-000001.postings     and its record, four bytes each
    INDEX/s-000001.keys         sorted postings of ids, DOIs and PMIDs, eight bytes each
    INDEX/s-000001.records      the records, each one Zstandard frame with a checksum
    INDEX/s-000001.offsets      where each record begins, eight bytes each, and where the last one ends
    INDEX/s-000001.lengths      how many terms each record has (at most 255), one byte each
    INDEX/s-000001.deleted-…    which records were replaced since, one bit each
    INDEX/dictionary-000001     what the frames are compressed against
    INDEX/.lock                 held by the one process that writes

Files are never written again once the manifest names them, so readers see one state or the next, never a part.
"""

import mmap
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
import zstandard
from xxhash import xxh3_64

from alsu_kg.linking.term_hashes import Numbers, Places
from alsu_kg.linking.term_postings import TermPostings
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import StoreError

INDEX_VERSION: Final = 3
"""Raised when terms, folding, packing or files change; an index of another version is refused."""

MANIFEST: Final = "alsu-kg-index.json"
_OLD_ENGINE: Final = "meta.json"
_BLOCK: Final = 1 << 22


class FileFacts(msgspec.Struct, frozen=True):
    """Size and checksum (XXH3, 64 bits, hexadecimal) of a file."""

    bytes: int
    checksum: str


class SegmentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A segment: its records (deleted ones included), how many were deleted, the terms of all, and its files by ending."""

    name: str
    records: int
    deleted: int = 0
    terms: int
    dictionary: str
    files: dict[str, FileFacts]


class SourceState(msgspec.Struct, frozen=True):
    """How far a dump was read: chunks and records taken, and whether that was all."""

    chunks: int
    records: int
    whole: bool = False


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an index is: version, records, when, from what, and the files that it consists of."""

    version: int = INDEX_VERSION
    records: int = 0
    updated: str = ""
    sources: dict[str, SourceState] = {}
    skipped: dict[str, int] = {}
    segments: tuple[SegmentFacts, ...] = ()
    dictionaries: dict[str, FileFacts] = {}
    next_number: int = 1


class _Version(msgspec.Struct):
    version: int


class Segment:
    """One open segment, mapped into memory: several processes share it."""

    def __init__(self, directory: Path, facts: SegmentFacts, dictionary: zstandard.ZstdCompressionDict) -> None:
        self.facts = facts
        self._place = directory
        self._files = {ending: directory / f"{facts.name}.{ending}" for ending in facts.files}
        for ending, path in self._files.items():
            check_size(path, facts.files[ending])
        self._maps = {ending: _map(path) for ending, path in self._files.items()}
        starts = np.frombuffer(self._maps["starts"], dtype="<u4")
        records = np.frombuffer(self._maps["postings"], dtype="<u4")
        width = len(self._maps["hashes"]) // max(1, len(records))
        self.terms = TermPostings(
            starts, np.frombuffer(self._maps["hashes"], dtype="<u2" if width == 2 else "<u4"), records
        )
        self.keys: Numbers = np.frombuffer(self._maps["keys"], dtype="<u8")
        self.offsets: npt.NDArray[np.uint64] = np.frombuffer(self._maps["offsets"], dtype="<u8")
        self.lengths: npt.NDArray[np.uint8] = np.frombuffer(self._maps["lengths"], dtype=np.uint8)
        self.frames = self._maps["records"]
        deleted = next((name for name in self._maps if name.startswith("deleted")), None)
        self._deleted = np.frombuffer(self._maps[deleted], dtype=np.uint8) if deleted else None
        if len(self.offsets) != facts.records + 1 or len(self.lengths) != facts.records:
            raise damaged(directory, f"{facts.name} does not hold {facts.records} records")
        self._decompressor = zstandard.ZstdDecompressor(dict_data=dictionary)

    def packed(self, number: int) -> bytes:
        """Read a record as it was packed."""
        try:
            frame = self.frames[int(self.offsets[number]) : int(self.offsets[number + 1])]
            return self._decompressor.decompress(frame)
        except (zstandard.ZstdError, IndexError, MemoryError) as error:
            raise damaged(self._place, f"record {number} of {self.facts.name}: {error}") from None

    def find_terms(self, hashes: Numbers) -> tuple[Places, Places]:
        """Find where the postings of terms begin and end."""
        try:
            return self.terms.find(hashes)
        except ValueError as error:
            raise damaged(self._place, f"{self.facts.name}.starts {error}") from None

    def is_live(self, numbers: Places) -> npt.NDArray[np.bool_]:
        """Tell which of the records were not replaced since."""
        if len(numbers) and int(numbers.max()) >= self.facts.records:
            raise damaged(self._place, f"{self.facts.name}.postings names a record that is not there")
        if self._deleted is None:
            return np.ones(len(numbers), dtype=np.bool_)
        bits = self._deleted[numbers >> 3] >> (numbers & 7).astype(np.uint8)
        live: npt.NDArray[np.bool_] = (bits & 1) == 0
        return live

    def forget(self) -> None:
        """Let the pages go that were read, so that reading a whole segment does not fill the memory of this process."""
        if hasattr(mmap, "MADV_DONTNEED"):
            for pages in self._maps.values():
                if isinstance(pages, mmap.mmap):
                    pages.madvise(mmap.MADV_DONTNEED)

    def deleted(self) -> npt.NDArray[np.bool_]:
        """Give for every record whether it was replaced since."""
        return ~self.is_live(np.arange(self.facts.records))


def read_manifest(directory: Path) -> Manifest:
    """Read what an index is; ``StoreError`` if it is none, is unfinished, or is of another version."""
    path = directory / MANIFEST
    try:
        text = path.read_bytes()
        version = msgspec.json.decode(text, type=_Version).version
        if version != INDEX_VERSION:
            what = f"is an index of version {version}; this program reads version {INDEX_VERSION}"
            raise StoreError(what, place=str(directory), repair="build it again in a new directory")
        return msgspec.json.decode(text, type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        raise _no_index(directory) from None
    except (OSError, msgspec.MsgspecError) as error:
        raise damaged(directory, f"{MANIFEST}: {error}") from None


def open_segments(directory: Path, manifest: Manifest) -> list[Segment]:
    """Open the segments that the manifest names; ``StoreError`` if a file is missing or not as long as it should be."""
    dictionaries = {name: _read_dictionary(directory / name, facts) for name, facts in manifest.dictionaries.items()}
    return [Segment(directory, facts, dictionaries[facts.dictionary]) for facts in manifest.segments]


def unpack(packed: bytes, directory: Path) -> Candidate:
    """Read a packed record."""
    try:
        return _DECODER.decode(packed)
    except msgspec.MsgspecError as error:
        raise damaged(directory, str(error)) from None


def record_keys(candidate: Candidate) -> list[str]:
    """Give the keys under which a record is replaced and looked up; the sign tells them from search terms.

    >>> record_keys(Candidate(id="pmid:7", doi="10.1000/A", pmid="7"))
    ['=pmid:7', '=doi:10.1000/a']
    """
    keys = [f"={candidate.id}"]
    if candidate.doi:
        keys.append(f"=doi:{candidate.doi.lower()}")
    if candidate.pmid:
        keys.append(f"=pmid:{candidate.pmid}")
    return list(dict.fromkeys(keys))


def verify(directory: Path) -> int:
    """Read every file of an index and compare it with its checksum; give the bytes read. ``StoreError`` names the damage."""
    manifest = read_manifest(directory)
    named = dict(manifest.dictionaries)
    for segment in manifest.segments:
        named |= {f"{segment.name}.{ending}": facts for ending, facts in segment.files.items()}
    for name, facts in named.items():
        check_size(directory / name, facts)
        found = xxh3_64()
        with (directory / name).open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
        if found.hexdigest() != facts.checksum:
            raise damaged(directory, f"{name} is not what was written: its checksum differs")
    return sum(facts.bytes for facts in named.values())


def check_size(path: Path, facts: FileFacts) -> None:
    """Refuse a file that is missing or not as long as it should be: ``FileNotFoundError``, or ``StoreError``."""
    size = path.stat().st_size
    if size != facts.bytes:
        raise damaged(path.parent, f"{path.name} has {size} bytes instead of {facts.bytes}")


def damaged(directory: Path, what: str) -> StoreError:
    """Give the error for an index that is not as it was written."""
    return StoreError(f"the index is damaged: {what}", place=str(directory), repair="build it again in a new directory")


def _no_index(directory: Path) -> StoreError:
    if (directory / _OLD_ENGINE).exists():
        what, repair = "is an index of an older version", "build it again in a new directory"
    elif (directory / ".lock").exists():
        what, repair = "is an index whose first build has not committed yet", "wait for it, or run the build again"
    else:
        what, repair = "is not an index of works", "run: alsu-kg index build DUMP -o DIR"
    return StoreError(what, place=str(directory), repair=repair)


def _read_dictionary(path: Path, facts: FileFacts) -> zstandard.ZstdCompressionDict:
    data = path.read_bytes()
    if len(data) != facts.bytes or xxh3_64(data).hexdigest() != facts.checksum:
        raise damaged(path.parent, f"{path.name} is not what was written: its checksum differs")
    return zstandard.ZstdCompressionDict(data)


def _map(path: Path) -> mmap.mmap | bytes:
    with path.open("rb") as stream:
        return b"" if path.stat().st_size == 0 else mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


_DECODER: Final = msgspec.msgpack.Decoder(Candidate)
