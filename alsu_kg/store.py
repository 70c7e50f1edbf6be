"""The embedded store: a folder with generations of an Oxigraph database, of which one is current.

    STORE/CURRENT          name of the current generation, replaced in one step
    STORE/g-000001/        an Oxigraph database, never written again once it is current
    STORE/.lock            held by the one process that builds

A build loads a fresh generation and then renames ``CURRENT``: readers see the old graph or the new one, never a part, and
a build that is killed leaves the old one whole. Readers open a generation read-only, so any number can read at once.
"""

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from filelock import FileLock, Timeout
from platformdirs import user_data_path

from alsu_kg.model.errors import StoreError, UsageError

_CURRENT: Final = "CURRENT"
_KEPT_GENERATIONS: Final = 2
_REBUILD: Final = "build it again with 'alsu-kg build'"
Rows = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def default_store_path() -> Path:
    """Give the folder of the default store: ``ALSU_KG_STORE`` if set, else in the user's data directory."""
    configured = os.environ.get("ALSU_KG_STORE")
    return Path(configured) if configured else user_data_path("alsu-kg") / "store"


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
        fresh = path / f"g-{_highest(path) + 1:06d}"
        try:
            fresh.mkdir()
            yield fresh
            _make_current(path, fresh)
        except OSError as error:
            raise _disk_error(error, path) from None
        finally:
            if fresh.name != read_current(path):
                shutil.rmtree(fresh, ignore_errors=True)
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
    return all(child.name in (".lock", _CURRENT) or child.name.startswith("g-") for child in path.iterdir())


def read_current(path: Path) -> str | None:
    """Give the name of the current generation of the store at ``path``, or ``None`` if there is none."""
    try:
        return (path / _CURRENT).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def _generations(path: Path) -> list[Path]:
    return sorted(child for child in path.glob("g-*") if child.name[2:].isdigit())


def _highest(path: Path) -> int:
    return max((int(child.name[2:]) for child in _generations(path)), default=0)


def _make_current(path: Path, fresh: Path) -> None:
    waiting = path / f"{_CURRENT}.new"
    with waiting.open("w", encoding="ascii") as file:
        file.write(fresh.name)
        file.flush()
        os.fsync(file.fileno())
    waiting.replace(path / _CURRENT)
    for old in _generations(path)[:-_KEPT_GENERATIONS]:
        shutil.rmtree(old, ignore_errors=True)


def load(folder: Path, nquads: Path) -> int:
    """Bulk-load a file of N-Quads into a fresh database in ``folder``; give the number of distinct quads.

    The file is not checked again for well-formed IRIs: the SHACL engine has parsed every line of it before.

    Raises ``StoreError`` if a line is no N-Quads (which would be a fault of ours) or the disk refuses.
    """
    try:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS, lenient=True)
        store.flush()
        return len(store)
    except SyntaxError as error:
        raise StoreError(
            f"cannot be loaded: {error}", place=nquads.name, repair="report this: the quads should be well-formed"
        ) from None
    except OSError as error:
        raise _disk_error(error, folder) from None


_SYNTAX: Final = re.compile(r"error at (\d+):(\d+): (?:expected one of )?(.*)", re.DOTALL)
_LONGEST_REASON: Final = 160


def _explain_syntax(message: str) -> str:
    """Bring the parser's message into one short line that begins with line and column.

    >>> _explain_syntax("error at 2:9: expected one of LATERAL, SERVICE, [_]")
    'SPARQL syntax error at line 2, column 9: expected one of LATERAL, SERVICE, [_]'
    """
    match = _SYNTAX.fullmatch(message)
    if match is None:
        return f"SPARQL syntax error: {message}"
    line, column, reason = match.groups()
    known = next((told for told in ("Prefix not found", "variable that is unbound") if told in reason), "")
    said = {"Prefix not found": "a prefix is not known", "variable that is unbound": "a selected variable is not bound"}
    expected = " ".join(message.split(": ", 1)[1].split())
    short = expected if len(expected) <= _LONGEST_REASON else expected[:_LONGEST_REASON] + " …"
    return f"SPARQL syntax error at line {line}, column {column}: {said.get(known, short)}"


class Graph:
    """The graph in a store, for reading.

    ``Graph(ox.Store())`` wraps any Oxigraph store; ``open_graph`` opens one on disk.
    """

    def __init__(self, store: ox.Store, place: str = "memory") -> None:
        self._store = store
        self.place = place

    def __len__(self) -> int:
        return len(self._store)

    def run(self, sparql: str, *, prefixes: Mapping[str, str] | None = None, union: bool = False) -> Rows:
        """Run a SPARQL 1.1 query; updates are refused. With ``union`` the default graph is the union of the named ones.

        Raises ``UsageError`` for a syntax error and ``StoreError`` if the database cannot be read.
        """
        try:
            return self._store.query(sparql, prefixes=dict(prefixes or {}), use_default_graph_as_union=union)
        except SyntaxError as error:
            raise UsageError(
                _explain_syntax(str(error)), place="query", repair="correct the query at that place"
            ) from None
        except (OSError, RuntimeError) as error:
            raise StoreError(f"cannot be read: {error}", place=self.place, repair=_REBUILD) from None

    def lines(self, graph_starts: str = "") -> Iterable[str]:
        """Give every quad as an N-Quads line, sorted; only of named graphs whose IRI starts with ``graph_starts``."""
        try:
            return sorted(f"{quad} .\n" for quad in self._store if str(quad.graph_name)[1:].startswith(graph_starts))
        except OSError as error:
            raise StoreError(f"cannot be read: {error}", place=self.place, repair=_REBUILD) from None


def open_graph(path: Path) -> Graph:
    """Open the current generation of the store at ``path`` read-only.

    Raises ``StoreError`` if there is no store, or if it is damaged.
    """
    current = read_current(path)
    if current is None:
        what = "is a file, not a store" if path.is_file() else "no store here yet"
        raise StoreError(what, place=str(path), repair="build one with 'alsu-kg build', or name another with --store")
    folder = path / current
    try:
        return Graph(ox.Store.read_only(str(folder)), str(path))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"the store is damaged: {error}", place=str(folder), repair=_REBUILD) from None
