"""Writing the embedded store: a folder with generations of an Oxigraph database, of which one is current.

    STORE/CURRENT          name of the current generation, replaced in one step
    STORE/g-000001/        an Oxigraph database, never written again once it is current
    STORE/.lock            held by the one process that builds

A build loads a fresh generation and then replaces ``CURRENT``: readers see the old graph or the new one, never a part, and
a build that is killed leaves the old one whole.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from filelock import FileLock, Timeout

from alsu_kg.model.errors import StoreError
from alsu_kg.store import CURRENT, read_current

_KEPT_GENERATIONS: Final = 2


@contextmanager
def writing(path: Path) -> Iterator[Path]:
    """Give a fresh folder to load a new generation into; it becomes current when the block ends without an error.

    Raises ``StoreError`` if ``path`` cannot be a store, if another process is building, or if the disk refuses. Whatever
    happens inside the block, the store stays as it was unless the block ends well.
    """
    lock = FileLock(path / ".lock", timeout=0)
    try:
        _check_is_store(path)
        path.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise StoreError(
            "another process is building this store", place=str(path), repair="wait for it to end"
        ) from None
    except OSError as error:
        raise _disk_error(error, path) from None
    try:
        _remove_leftovers(path)
        fresh = path / f"g-{_highest(path) + 1:06d}"
        try:
            fresh.mkdir()
            yield fresh
            _make_current(path, fresh)
        except OSError as error:
            raise _disk_error(error, path) from None
        finally:
            if fresh.name != read_current(path):
                _remove(fresh)
    finally:
        lock.release()


def _disk_error(error: OSError, path: Path) -> StoreError:
    return StoreError(
        f"cannot be written: {error.strerror or error}",
        place=str(error.filename or path),
        repair="check permission and free space, or choose another folder with --store",
    )


def _check_is_store(path: Path) -> None:
    """Refuse a path that holds something else, so that a build never mixes with other people's files."""
    if path.exists() and not path.is_dir():
        raise StoreError("is a file, not a store folder", place=str(path), repair="choose another folder with --store")
    if path.is_dir() and any(path.iterdir()) and read_current(path) is None and not _only_ours(path):
        raise StoreError(
            "holds other files and is no store", place=str(path), repair="choose an empty folder with --store"
        )


def _only_ours(path: Path) -> bool:
    return all(child.name in (".lock", CURRENT) or child.name.startswith("g-") for child in path.iterdir())


def _generations(path: Path) -> list[Path]:
    return sorted(child for child in path.glob("g-*") if child.name[2:].isdigit())


def _remove_leftovers(path: Path) -> None:
    """Remove what a killed build left: its file of quads, and a generation that never became current."""
    for quads in path.glob("g-*.nq"):
        quads.unlink()
    for manifest in path.glob("g-*.manifest"):
        if not (path / manifest.stem).is_dir():
            manifest.unlink()
    for folder in _generations(path):
        if folder.name > (read_current(path) or ""):
            _remove(folder)


def _highest(path: Path) -> int:
    return max((int(child.name[2:]) for child in _generations(path)), default=0)


def _make_current(path: Path, fresh: Path) -> None:
    waiting = path / f"{CURRENT}.new"
    with waiting.open("w", encoding="ascii") as file:
        file.write(fresh.name)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path / CURRENT)
    for old in _generations(path)[:-_KEPT_GENERATIONS]:
        _remove(old)


def _remove(folder: Path) -> None:
    """Remove a generation and its manifest."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.with_name(f"{folder.name}.manifest").unlink(missing_ok=True)


def load(folder: Path, nquads: Path) -> None:
    """Bulk-load a file of N-Quads into a fresh database in ``folder``.

    Raises ``StoreError`` if a line is no N-Quads (which would be a fault of ours) or the disk refuses.
    """
    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()
    except SyntaxError as error:
        raise _not_nquads(error, nquads.name) from None
    except OSError as error:
        raise _disk_error(error, folder) from None


def copy_changed(
    current: Path, fresh: Path, *, gone: Iterable[str], removed: Iterable[str], added: Iterable[str]
) -> None:
    """Copy the database ``current`` to ``fresh`` and change the copy: drop the graphs ``gone``, then lines, then add lines.

    The copy is a RocksDB checkpoint: files that both hold are hard links and are never written again, so it costs little and
    leaves ``current`` as it is. Raises ``StoreError`` as ``load`` does.
    """
    try:
        fresh.rmdir()
        ox.Store.read_only(str(current)).backup(str(fresh))
        store = ox.Store(str(fresh))
        for graph in gone:
            store.remove_graph(ox.NamedNode(graph.strip("<>")))
        for quad in _parse(removed):
            store.remove(quad)
        store.extend(_parse(added))
        store.flush()
    except SyntaxError as error:
        raise _not_nquads(error, current.name) from None
    except OSError as error:
        raise _disk_error(error, fresh) from None


def _parse(lines: Iterable[str]) -> Iterable[ox.Quad]:
    return ox.parse(input="".join(lines).encode(), format=ox.RdfFormat.N_QUADS)


def _not_nquads(error: SyntaxError, place: str) -> StoreError:
    return StoreError(f"cannot be loaded: {error}", place=place, repair="report this: the quads should be well-formed")
