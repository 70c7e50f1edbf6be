"""Persons' decisions on disk, beside what they are about: added to, never rewritten, whole after a crash, one writer at a time.

draft.yaml            draft.decisions.jsonl            claims of a draft
groundings.sssom.tsv  groundings.decisions.sssom.tsv   mappings; so a machine that writes its file again loses nothing
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from filelock import FileLock, Timeout

from alsu_kg.model.decision import Decision, apply_decisions, standing
from alsu_kg.model.decision_rows import HEAD, read_json_lines, read_mapping_rows, write_json_line, write_mapping_rows
from alsu_kg.model.errors import WorkError
from alsu_kg.model.review import ReviewRecord

_LOCK_SECONDS: Final = 10
_TABLE: Final = ".tsv"


class Log(NamedTuple):
    """The decisions of a file in the order in which they were made, and the lines that are cut off."""

    decisions: tuple[Decision, ...]
    broken: tuple[int, ...]

    @property
    def standing(self) -> dict[str, Decision]:
        """The decisions that count, by the key of what they are on."""
        return standing(self.decisions)


def decisions_path(path: Path) -> Path:
    """Give the file of the decisions on ``path``, beside it.

    >>> decisions_path(Path("a/draft.yaml")).name, decisions_path(Path("words.sssom.tsv")).name
    ('draft.decisions.jsonl', 'words.decisions.sssom.tsv')
    """
    name = path.name
    for ending in (".sssom.tsv", ".tsv", ".jsonl"):
        if name.endswith(ending):
            return path.with_name(f"{name.removesuffix(ending)}.decisions.sssom.tsv")
    return path.with_name(f"{path.stem}.decisions.jsonl")


def read_log(path: Path) -> Log:
    """Read the decisions of a file; there are none if it is not there. Raises ``WorkError`` if it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace") if path.exists() else ""
        read = read_mapping_rows if path.suffix == _TABLE else read_json_lines
        decisions, broken = read(text)
    except (OSError, ValueError) as error:
        raise WorkError(
            f"the decisions cannot be read: {error}", place=str(path), repair="correct the file, or name another"
        ) from None
    return Log(tuple(decisions), tuple(broken))


def add_decision(path: Path, decision: Decision) -> None:
    """Add one decision at the end of a file, which is made if need be; it is on disk when this returns.

    A line that a killed process left unfinished is closed first. Raises ``WorkError`` if the disk refuses or if another process
    keeps the file for long.
    """
    try:
        with _locked(path), path.open("a+b") as file:
            file.seek(0)
            before = file.read().decode("utf-8-sig", errors="replace")
            text = "" if not before or before.endswith("\n") else "\n"
            if path.suffix == _TABLE:
                text += _table_rows(before, decision)
            else:
                text += write_json_line(decision)
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise WorkError(
            f"the decision cannot be written: {error.strerror or error}",
            place=str(path),
            repair="check permission and free space; decisions before this one are kept",
        ) from None


def _table_rows(before: str, decision: Decision) -> str:
    header = next((line for line in before.splitlines() if line.strip() and not line.startswith("#")), None)
    if header is None:
        return HEAD + write_mapping_rows(decision)
    return write_mapping_rows(decision, header.split("\t"))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_LOCK_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise WorkError(
            "another process is writing these decisions", place=str(path), repair="try again when it has ended"
        ) from None
    try:
        yield
    finally:
        lock.release()


def with_decisions(record: ReviewRecord, *beside: Path) -> ReviewRecord:
    """Apply what persons decided on the claims of ``record``, from the files of decisions beside each of the paths."""
    for path in beside:
        record = apply_decisions(record, read_log(decisions_path(path)).decisions)
    return record
