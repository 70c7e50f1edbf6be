"""Record files and documents to records: what is bad becomes a ``Failure``, and the rest goes on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec

from alsu_kg import records
from alsu_kg.decision_log import with_decisions
from alsu_kg.document_files import is_reference_file
from alsu_kg.jobs import BATCH, split
from alsu_kg.manifest import stamp
from alsu_kg.model.errors import AlsuKgError, GraphError, RecordError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.ontology import shrink
from alsu_kg.reading_pool import read_reviews
from alsu_kg.validation import Violation
from alsu_kg.workers import ReadFile, Workers, decode, read_batch

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that was left out, with the stage that refused it and why."""

    name: str
    stage: str
    error: AlsuKgError


class Read(NamedTuple):
    """A record with the name of its file and the ``stamp`` that this had before it was read."""

    name: str
    stamp: bytes
    record: ReviewRecord


def part_files(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Part record files from documents and lists of references; each in the order given."""
    lists = {path for path in files if path.suffix == ".json" and is_reference_file(path)}
    written = [path for path in files if path.suffix in records.RECORD_SUFFIXES and path not in lists]
    return written, [path for path in files if path.suffix not in records.RECORD_SUFFIXES or path in lists]


def read_named(files: Sequence[Path], progress: Progress | None, workers: Workers) -> tuple[list[Read], list[Failure]]:
    """Read files; a bad one becomes a ``Failure``, as does one that repeats the key of another.

    Drafts of documents on one treatment have the same key by nature: the second gets the name of its file added to it.
    """
    found: dict[str, Read] = {}
    failures: list[Failure] = []
    for item in _read_each(files, progress, workers):
        if isinstance(item, Failure):
            failures.append(item)
            continue
        key = item.record.record
        if key in found and Path(item.name).suffix not in records.RECORD_SUFFIXES:
            key = next((other for other in records.further_keys(key, item.name) if other not in found), key)
            item = item._replace(record=msgspec.structs.replace(item.record, record=key))
        if key in found:
            failures.append(Failure(item.name, "read", records.repeated_key(key, item.name, found[key].name)))
        else:
            found[key] = item
    return list(found.values()), failures


def _read_each(files: Sequence[Path], progress: Progress | None, workers: Workers) -> Iterator[Read | Failure]:
    written, documents = part_files(files)
    for done, batch in enumerate(workers(read_batch, split(written))):
        if progress:
            progress("reading records", done * BATCH, len(written))
        for item in batch:
            if item.record:
                yield Read(item.name, item.stamp, decode(item.record))
            else:
                yield Failure(item.name, "read", _error(item))
    if documents:
        yield from _read_documents(documents, progress)


def _read_documents(documents: Sequence[Path], progress: Progress | None) -> Iterator[Read | Failure]:
    """Read documents in watched processes; each gives a draft record, as ``alsu-kg read`` does."""
    stamps = {path: stamp(path) for path in documents}
    for done, outcome in enumerate(read_reviews(documents)):
        if progress:
            progress("reading documents", done, len(documents))
        name = str(outcome.path)
        if outcome.record is not None:
            yield Read(name, stamps[outcome.path], with_decisions(outcome.record, outcome.path))
        else:
            error = outcome.error or RecordError("could not be read", place=name, repair="try 'alsu-kg read'")
            yield Failure(name, "read", error)


def _error(item: ReadFile) -> RecordError:
    what, place, repair = item.error or ("", item.name, "")
    return RecordError(what, place=place, repair=repair)


def first_of(failures: Sequence[Failure]) -> AlsuKgError:
    """Give one error that carries all failures, a line each, under ``failures``."""
    first = failures[0].error
    error = RecordError(first.what, place=first.place, repair=first.repair)
    error.add_note("\n".join(str(failure.error) for failure in failures[1:]))
    return error


def raise_violations(violations: Sequence[Violation]) -> None:
    """Raise ``GraphError`` with the first violation and the number of others, if there is any."""
    if violations:
        raise GraphError(
            _explain(violations[0], len(violations)),
            place=shrink(violations[0].focus.strip("<>")),
            repair="correct the record that this thing comes from",
        )


def _explain(violation: Violation, count: int) -> str:
    value = f" (found {shrink(violation.value.strip('<>'))})" if violation.value else ""
    more = f", and {count - 1} more violations" if count > 1 else ""
    return f"{violation.message}{value}{more}"
