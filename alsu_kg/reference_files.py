"""References from files: lists in this process, documents in one that is watched, review records."""

import contextlib
import sys
import tempfile
from pathlib import Path
from typing import Final

from alsu_kg.linking.record_references import references_of
from alsu_kg.model.errors import WorkError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.readers.text_encoding import decode_lines
from alsu_kg.reading_pool import read_reviews
from alsu_kg.records import parse_record
from alsu_kg.references import Form, ReferenceList, form_of, parse_references

LARGEST: Final = 2_000_000_000
"""Bytes of a list that are read; a longer one is split by its owner."""


def read_reference_file(name: str, form: Form | None = None) -> ReferenceList:
    """Read the references of the file ``name``; ``-`` is standard input.

    Raises ``WorkError`` if it cannot be read or holds no references, ``UsageError`` if it is not what its form says.
    """
    data = _read(name)
    form = form or form_of(data, name)
    if form == "record":
        return _of_record(parse_record(decode_lines(data), name if name != "-" else "record.yaml"), "record")
    if form == "document":
        return _of_record(_read_document(name, data), "document")
    return parse_references(data, name, form)


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        if Path(name).stat().st_size > LARGEST:
            raise WorkError(
                "is too long to be read at once", place=name, repair="split it, for example with 'split -l'"
            )
        return Path(name).read_bytes()
    except OSError as error:
        raise WorkError(
            f"cannot be read: {error.strerror}", place=name, repair="give a readable file, or '-'"
        ) from None


def _read_document(name: str, data: bytes) -> ReviewRecord:
    """Read a document in a watched process; standard input goes there through a file of its own."""
    with contextlib.ExitStack() as stack:
        path = Path(name)
        if name == "-":
            path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "standard-input"
            path.write_bytes(data)
        outcome = next(read_reviews([path]))
    if outcome.record is None:
        raise outcome.error or WorkError("could not be read", place=name, repair="try 'alsu-kg read'")
    if not outcome.record.references:
        raise WorkError(
            "has no reference list that can be told", place=name,
            repair="give one reference a line with --from lines, or see 'alsu-kg read'",
        )  # fmt: skip
    return outcome.record


def _of_record(record: ReviewRecord, form: Form) -> ReferenceList:
    return ReferenceList(tuple(references_of(record)), (), form)
