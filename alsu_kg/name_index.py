"""An index of the names of all packaged terms, in the user's cache folder.

It is an SQLite file that is made when names are first needed, and again when the vocabularies or the ontology change. Nothing here
is loaded by ``query``.
"""

import hashlib
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Final, cast

import platformdirs

from alsu_kg.assets import find_asset
from alsu_kg.grounding.disambiguate import Entry
from alsu_kg.grounding.names import make_key
from alsu_kg.grounding.recognise import SCOPES, Names
from alsu_kg.grounding.vocabulary import Kind, Name, Scope, pack_names, unpack_names
from alsu_kg.ontology import read_exact_matches
from alsu_kg.vocabularies import FOLDER, LABELS_ONLY, as_curie, read_own_terms, read_sources, read_vocabulary, unpack

_FORMAT: Final = 5
_LONGEST_NAME: Final = 70
_SCHEMA: Final = """
CREATE TABLE term (id INTEGER PRIMARY KEY, curie TEXT NOT NULL, kind TEXT NOT NULL, obsolete INTEGER NOT NULL,
  replaced_by TEXT, names TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, term INTEGER NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (key, term, position)) WITHOUT ROWID;
CREATE TEMPORARY TABLE unsorted (key TEXT, term INTEGER, position INTEGER);
CREATE TABLE same (a TEXT NOT NULL, b TEXT NOT NULL);
"""
_INDEXES: Final = """
INSERT OR IGNORE INTO name SELECT key, term, position FROM unsorted ORDER BY key, term, position;
CREATE INDEX term_curie ON term (curie);
"""
_FIND: Final = """
SELECT term.curie, term.kind, term.obsolete, term.replaced_by, term.names, name.position
FROM name JOIN term ON term.id = name.term WHERE name.key = ?"""


class NameIndex:
    """Names of all packaged terms, looked up by key. Close it, or open it with ``with``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
        self._cache: dict[str, tuple[Entry, ...]] = {}
        same: dict[str, set[str]] = defaultdict(set)
        for a, b in self._connection.execute("SELECT a, b FROM same"):
            same[a].add(b)
        self._same = {curie: frozenset(others) for curie, others in same.items()}

    def __enter__(self) -> "NameIndex":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def find(self, key: str) -> Sequence[Entry]:
        """Give the entries whose name has ``key``."""
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) > 500_000:
                self._cache.clear()
            found = tuple(_entry(*row) for row in self._connection.execute(_FIND, (key,)))
            self._cache[key] = found
        return found

    def find_same(self, curie: str) -> frozenset[str]:
        """Give the terms of other vocabularies that mean the same as ``curie``."""
        return self._same.get(curie, frozenset())

    def describe(self, curie: str) -> Entry | None:
        """Give the entry of a term's own label, or ``None`` if it is not packaged or obsolete."""
        query = "SELECT curie, kind, obsolete, replaced_by, names, 0 FROM term WHERE curie = ? AND NOT obsolete ORDER BY id DESC"
        row = self._connection.execute(query, (curie,)).fetchone()
        return _entry(*row) if row else None

    def find_names(self, curie: str, scopes: Collection[Scope] = SCOPES) -> tuple[str, ...]:
        """Give the names of a term and of the terms that mean the same, sorted, each once; obsolete terms give none."""
        names: set[str] = set()
        for one in (curie, *self.find_same(curie)):
            for (packed,) in self._connection.execute(
                "SELECT names FROM term WHERE curie = ? AND NOT obsolete", (one,)
            ):
                names |= {name.text for name in unpack_names(packed) if name.scope in scopes}
        return tuple(sorted(names))

    def names(self) -> Names:
        """Give what the pure functions of ``alsu_kg.grounding.recognise`` need."""
        return Names(self.find, self.find_same, self.describe, read_common_words())


def _entry(curie: str, kind: str, obsolete: int, replaced: str | None, packed: str, position: int) -> Entry:
    names = unpack_names(packed)
    name = names[position]
    return Entry(curie, names[0].text, cast(Kind, kind), name.text, name.scope, bool(obsolete), replaced)


def open_names(folder: Path | None = None, *, say: Callable[[str], None] | None = None) -> NameIndex:
    """Open the index of names in ``folder`` (default: the user's cache folder); it is made first if need be.

    Making it takes about half a minute; ``say`` is told then. Where the folder cannot be written, a temporary one is used.
    """
    path = (folder or Path(platformdirs.user_cache_dir("alsu-kg"))) / f"names-{_digest()}.sqlite"
    if not path.exists():
        if say:
            say("making the index of names (once, about half a minute) ...")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _make_index(path)
        except OSError:
            path = Path(tempfile.mkdtemp(prefix="alsu-kg-names-")) / path.name
            _make_index(path)
    return NameIndex(path)


def _digest() -> str:
    parts = [f"{_FORMAT}".encode(), find_asset(f"{FOLDER}/SOURCES.tsv").read_bytes()]
    parts += [find_asset(f"ontology/{name}").read_bytes() for name in ("mechanisms.ttl", "reused.ttl")]
    parts.append(find_asset(f"{FOLDER}/equivalents.tsv.xz").read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _make_index(path: Path) -> None:
    """Make the index beside its place and move it there, so that a reader sees all of it or nothing."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".making", delete=False) as file:
        making = Path(file.name)
    try:
        with closing(sqlite3.connect(making, isolation_level=None)) as connection:
            connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA + "BEGIN;")
            _fill(connection)
            connection.executescript(_INDEXES)
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
    for old in path.parent.glob("names-*.sqlite"):
        if old != path:
            old.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection) -> None:
    terms = chain(
        read_own_terms(), *(read_vocabulary(name) for name in sorted(read_sources()) if name not in LABELS_ONLY)
    )
    for number, term in enumerate(terms):
        names = (Name(term.label, "label"), *term.names)
        if term.obsolete and term.label.startswith("obsolete"):
            names += (Name(term.label.removeprefix("obsolete").lstrip(" _"), "former"),)
        row = (number, term.curie, term.kind, term.obsolete, term.replaced_by, pack_names(names))
        connection.execute("INSERT INTO term VALUES (?, ?, ?, ?, ?, ?)", row)
        keys = ((make_key(name.text), number, position) for position, name in enumerate(names) if _is_word(name.text))
        connection.executemany("INSERT INTO unsorted VALUES (?, ?, ?)", (row for row in keys if row[0]))
    pairs = [(as_curie(a), as_curie(b)) for a, b in read_exact_matches()]
    pairs += [
        (a, b) for a, _, b in (line.partition("\t") for line in unpack(f"{FOLDER}/equivalents.tsv.xz").splitlines())
    ]
    connection.executemany("INSERT INTO same VALUES (?, ?)", (pair for a, b in pairs for pair in ((a, b), (b, a))))


def _is_word(name: str) -> bool:
    """Tell names that people write from systematic names of chemicals, which no text is searched for."""
    return 0 < len(name) <= _LONGEST_NAME


@lru_cache(maxsize=1)
def read_common_words() -> frozenset[str]:
    """Read the keys of ``data/lexicon/common_words.txt``: English words that are no names in running text."""
    text = find_asset("data/lexicon/common_words.txt").read_text(encoding="utf-8")
    return frozenset(make_key(word) for line in text.splitlines() if not line.startswith("#") for word in line.split())
