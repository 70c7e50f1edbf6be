"""Answers on disk, by normalised identifier: an SQLite file in WAL mode, safe with several processes and a sudden end.

``requests-cache`` keys whole responses by address; here one list response answers up to 200 identifiers, and metadata and
retraction status of one identifier grow old at different speeds. So the key is the identifier, and SQLite does the rest.
Nothing that *could not be checked* is ever stored, and no key or contact address: only answers.
"""

import gzip
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from alsu_kg.model.errors import WorkError
from alsu_kg.model.resolution import CachedKind

LIFETIME: Final[dict[CachedKind, int]] = {"metadata": 30 * 86400, "retraction": 7 * 86400}
"""Seconds after which an answer is asked for again. *Not found* lives as long as a retraction status: DOIs get registered."""

_FORMAT: Final = 2
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answer (
  identifier TEXT NOT NULL, kind TEXT NOT NULL, fetched_at INTEGER NOT NULL, found INTEGER NOT NULL, body BLOB NOT NULL,
  PRIMARY KEY (identifier, kind))
"""
_BATCH: Final = 500


class CachedAnswer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One stored answer: when it was fetched (seconds since 1970, UTC), whether the thing was found, and its bytes."""

    identifier: str
    kind: CachedKind
    fetched_at: int
    found: bool
    body: bytes

    def is_fresh(self, now: float) -> bool:
        """Tell whether the answer is still within its lifetime.

        >>> CachedAnswer(identifier="doi:10.1/a", kind="retraction", fetched_at=0, found=True, body=b"").is_fresh(8 * 86400)
        False
        """
        return 0 <= now - self.fetched_at < (LIFETIME[self.kind] if self.found else LIFETIME["retraction"])


class ResponseCache:
    """The cache file. Open it with ``with``; use one instance per thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute(_SCHEMA)
            stored = self._connection.execute("PRAGMA user_version").fetchone()[0]
            if stored not in (0, _FORMAT):
                self._connection.execute("DELETE FROM answer")
            if stored != _FORMAT:
                self._connection.execute(f"PRAGMA user_version={_FORMAT}")
        except (sqlite3.Error, OSError) as error:
            raise WorkError(
                f"the cache cannot be opened: {error}",
                place=str(path),
                repair="remove the file, or name another folder with cache = … in alsu-kg.toml",
            ) from None

    def __enter__(self) -> "ResponseCache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get(self, identifiers: Sequence[str]) -> dict[tuple[str, CachedKind], CachedAnswer]:
        """Give every stored answer for ``identifiers``, however old."""
        answers: dict[tuple[str, CachedKind], CachedAnswer] = {}
        for start in range(0, len(identifiers), _BATCH):
            part = identifiers[start : start + _BATCH]
            marks = ",".join("?" * len(part))
            sql = f"SELECT identifier, kind, fetched_at, found, body FROM answer WHERE identifier IN ({marks})"  # noqa: S608
            for identifier, kind, fetched_at, was_found, body in self._connection.execute(sql, part):
                answers[identifier, kind] = CachedAnswer(
                    identifier=identifier, kind=kind, fetched_at=fetched_at, found=bool(was_found), body=body
                )
        return answers

    def put(self, answers: Iterable[CachedAnswer]) -> None:
        """Store answers in one transaction; an older answer never replaces a newer one."""
        rows = [(a.identifier, a.kind, a.fetched_at, int(a.found), a.body) for a in answers]
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._connection.executemany(
                "INSERT INTO answer VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET fetched_at = excluded.fetched_at, "
                "found = excluded.found, body = excluded.body WHERE excluded.fetched_at >= answer.fetched_at",
                rows,
            )
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def info(self, now: float) -> dict[str, object]:
        """Count the stored answers: all of them, and the fresh ones of each kind."""
        counts: dict[str, object] = {"file": str(self.path), "bytes": self.path.stat().st_size}
        for kind in LIFETIME:
            rows = self._connection.execute("SELECT fetched_at, found FROM answer WHERE kind = ?", (kind,)).fetchall()
            fresh = sum(now - at < (LIFETIME[kind] if was_found else LIFETIME["retraction"]) for at, was_found in rows)
            counts[kind] = {"answers": len(rows), "fresh": fresh, "lifetime_days": LIFETIME[kind] // 86400}
        return counts

    def clear(self, identifiers: Sequence[str] | None = None) -> int:
        """Delete the answers of ``identifiers``, or all; gives how many went."""
        if identifiers is None:
            return self._connection.execute("DELETE FROM answer").rowcount
        return sum(
            self._connection.execute("DELETE FROM answer WHERE identifier = ?", (i,)).rowcount for i in identifiers
        )

    def export(self, identifiers: Sequence[str] | None = None) -> Iterator[bytes]:
        """Give the answers as JSON lines, in order of identifier; of ``identifiers`` only, if named."""
        wanted = None if identifiers is None else set(identifiers)
        yield json.dumps({"alsu-kg-cache": _FORMAT}).encode() + b"\n"
        rows = self._connection.execute(
            "SELECT identifier, kind, fetched_at, found, body FROM answer ORDER BY identifier, kind"
        )
        for identifier, kind, fetched_at, was_found, body in rows:
            if wanted is None or identifier in wanted:
                line = {
                    "identifier": identifier,
                    "kind": kind,
                    "fetched_at": fetched_at,
                    "found": bool(was_found),
                    "body": msgspec.msgpack.decode(body),
                }
                yield msgspec.json.encode(line) + b"\n"

    def import_lines(self, lines: Iterable[bytes], name: str) -> int:
        """Store the answers of an export; gives how many lines there were. Raises ``WorkError`` for any other file."""
        answers = list(_parse_lines(lines, name))
        self.put(answers)
        return len(answers)


def _parse_lines(lines: Iterable[bytes], name: str) -> Iterator[CachedAnswer]:
    repair = "give a file that 'alsu-kg cache export' wrote"
    for number, line in enumerate(lines, start=1):
        try:
            item = msgspec.json.decode(line)
            if number == 1:
                if not isinstance(item, Mapping) or item.get("alsu-kg-cache") != _FORMAT:
                    raise WorkError("is no cache export of this version", place=name, repair=repair)
                continue
            yield msgspec.convert({**item, "body": msgspec.msgpack.encode(item["body"])}, CachedAnswer)
        except (msgspec.MsgspecError, TypeError, KeyError, UnicodeDecodeError) as error:
            raise WorkError(f"line {number} is damaged: {error}", place=name, repair=repair) from None


def open_export(path: Path) -> list[bytes]:
    """Read the lines of an export file, gzip or plain. Raises ``WorkError`` if it cannot be read."""
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).splitlines()
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise WorkError(
            f"cannot be read: {error}", place=str(path), repair="give a file that 'alsu-kg cache export' wrote"
        ) from None
