"""Reading the embedded store: where it lies, its current generation, queries on it.

``generations`` describes the folder and writes it. Readers open a generation read-only, so any number can read at once.
"""

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from platformdirs import user_data_path

from alsu_kg.model.errors import StoreError, UsageError

CURRENT: Final = "CURRENT"
"""Name of the file that names the current generation."""

_REBUILD: Final = "build it again with 'alsu-kg build --fresh'"
Rows = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def default_store_path() -> Path:
    """Give the folder of the default store: ``ALSU_KG_STORE`` if set, else in the user's data directory."""
    configured = os.environ.get("ALSU_KG_STORE")
    return Path(configured) if configured else user_data_path("alsu-kg") / "store"


def store_path(chosen: str | None) -> Path:
    """Give the path of the chosen store, or of the default one. Raises ``UsageError`` for a URL."""
    if chosen and chosen.startswith(("http://", "https://")):
        raise UsageError(
            "a store at a URL is not supported yet",
            place=chosen,
            repair="build into a folder and load 'alsu-kg export --format nquads' there",
        )
    return Path(chosen) if chosen else default_store_path()


def read_current(path: Path) -> str | None:
    """Give the name of the current generation of the store at ``path``, or ``None`` if there is none."""
    try:
        return (path / CURRENT).read_text(encoding="ascii").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


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
