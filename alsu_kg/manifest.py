"""What a generation of a store was built from, record by record, so that the next build makes again only what changed.

    STORE/g-000001.manifest    beside the database of generation 1; not needed to read it

A record's quads may be kept if nothing that they depend on changed: the bytes of its file and of the decisions beside it
(``stamp``), what other records say that bears on it (``needs``, ``asked``), code, ontology and word lists (``version``).
"""

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import msgspec

from alsu_kg.assets import find_asset
from alsu_kg.decision_log import decisions_path
from alsu_kg.model.review import ReviewRecord

_DATA: Final = ("ontology", "data/lexicon", "data/retractions")
_LEFT_OUT: Final = ("__pycache__", "_assets")


class Part(msgspec.Struct, frozen=True, array_like=True):
    """The quads of one record: digest and size of their lines, how many stand in its own graphs and which these are.

    ``common`` are the lines in graphs that other records write into too (compressed), ``asked`` the words that were looked up,
    ``outline`` what other records depend on (MessagePack), ``claims`` how many claims there are.
    """

    key: str
    digest: bytes
    size: int
    own: int
    graphs: tuple[str, ...]
    common: bytes
    asked: tuple[str, ...]
    outline: bytes
    claims: int

    def common_lines(self) -> list[str]:
        """Give the lines in common graphs."""
        return zlib.decompress(self.common).decode().splitlines(keepends=True)

    def read_outline(self) -> ReviewRecord:
        """Give the outline of the record."""
        return _DECODER.decode(self.outline)


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One record of a generation: its file, the digest of what it needed of other records, and its quads."""

    name: str
    stamp: bytes
    needs: bytes
    part: Part


class Manifest(msgspec.Struct, frozen=True, array_like=True):
    """The records of one generation in their order, the number of its quads, names and sizes of its database files."""

    version: str
    generation: str
    quads: int
    files: tuple[tuple[str, int], ...]
    entries: tuple[Entry, ...]


_DECODER: Final = msgspec.msgpack.Decoder(ReviewRecord)
_READER: Final = msgspec.msgpack.Decoder(Manifest)


def manifest_path(store: Path, generation: str) -> Path:
    """Give the file of the manifest of one generation."""
    return store / f"{generation}.manifest"


def write_manifest(store: Path, manifest: Manifest) -> None:
    """Write a manifest with its checksum; the build that calls this makes the generation current afterwards."""
    data = msgspec.msgpack.encode(manifest)
    manifest_path(store, manifest.generation).write_bytes(hashlib.sha256(data).digest() + data)


def read_manifest(store: Path, generation: str | None) -> Manifest | None:
    """Read the manifest of a generation; ``None`` if there is none, it is damaged, or other code or words made it."""
    if generation is None:
        return None
    try:
        read = manifest_path(store, generation).read_bytes()
    except OSError:
        return None
    checksum, data = read[: hashlib.sha256().digest_size], read[hashlib.sha256().digest_size :]
    if hashlib.sha256(data).digest() != checksum:
        return None
    try:
        found = _READER.decode(data)
    except msgspec.MsgspecError:
        return None
    same = (found.version, found.generation) == (make_version(), generation)
    return found if same and found.files == list_files(store / generation) else None


def forget(store: Path) -> None:
    """Make the next build of ``store`` a whole one: remove what the last one was made from."""
    for manifest in store.glob("g-*.manifest"):
        manifest.unlink(missing_ok=True)


def list_files(folder: Path) -> tuple[tuple[str, int], ...]:
    """List the table files of a database with their sizes: they are written once, so a damaged database shows.

    They are listed while nobody writes; a file that is gone or cut off makes another list.
    """
    return tuple(sorted((file.name, file.stat().st_size) for file in folder.glob("*.sst")))


def stamp(path: Path) -> bytes:
    """Give the digest of a file and of the decisions beside it; an unreadable file has none that any other has."""
    digest = hashlib.sha256()
    for one in (path, decisions_path(path)):
        try:
            data = one.read_bytes()
        except OSError:
            data = b"not there"
        digest.update(hashlib.sha256(data).digest())
    return digest.digest()


@lru_cache(maxsize=1)
def make_version() -> str:
    """Give the digest of everything but records that quads depend on: the package, the ontology, lexicon and lists."""
    digest = hashlib.sha256()
    for name, file in [*_walk("alsu_kg", files("alsu_kg")), *(f for d in _DATA for f in _walk(d, find_asset(d)))]:
        digest.update(f"{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _walk(name: str, folder: Traversable) -> Iterable[tuple[str, Traversable]]:
    for child in sorted(folder.iterdir(), key=lambda child: child.name):
        if child.is_dir() and child.name not in _LEFT_OUT:
            yield from _walk(f"{name}/{child.name}", child)
        elif child.is_file() and (name.split("/")[0] != "alsu_kg" or child.name.endswith(".py")):
            yield f"{name}/{child.name}", child


def digest_of(parts: Sequence[bytes]) -> str:
    """Give the digest of a graph from those of its parts in order: equal digests, equal graphs."""
    return hashlib.sha256(b"".join(parts)).hexdigest()
