"""References from files and folders: lists in this process, documents in others that are watched, review records."""

import contextlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from alsu_kg.document_files import SUFFIXES, refuse_archive
from alsu_kg.linking.record_references import references_of
from alsu_kg.model.errors import AlsuKgError, UsageError, WorkError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.readers.text_encoding import decode_lines
from alsu_kg.reading_pool import Outcome, read_reviews
from alsu_kg.records import parse_record
from alsu_kg.references import DOCUMENTS, Form, ReferenceList, form_of, parse_references

LARGEST: Final = 2_000_000_000
"""Bytes of a list that are read; a longer one is split by its owner."""

_STRANGE: Final = re.compile(r"[\x01-\x08\x0e-\x1f\x7f\ufffd]")
_MOST_STRANGE: Final = 0.1
_SUFFIXES: Final = SUFFIXES | {".jsonl", ".ndjson", ".json", ".yaml", ".yml"}


@dataclass(frozen=True, slots=True)
class FileReferences:
    """The references of one file, or the error that says why there are none; ``among_several``: others were read with it."""

    name: str
    references: ReferenceList | None
    error: AlsuKgError | None = None
    among_several: bool = True


def find_reference_files(names: Iterable[str], *, output: str | None = None) -> list[str]:
    """List the files among ``names``; a folder stands for all documents and lists below it, in name order.

    Hidden files and ``output``, which an earlier run may have left in the folder, are no input. Raises ``UsageError`` for a folder
    without any.
    """
    written = Path(output).resolve() if output and output != "-" else None
    found: list[str] = []
    for name in names:
        if name == "-" or not Path(name).is_dir():
            found.append(name)
            continue
        inside = [path for path in sorted(Path(name).rglob("*")) if _is_input(path, Path(name), written)]
        if not inside:
            known = ", ".join(sorted(suffix.removeprefix(".") for suffix in _SUFFIXES))
            raise UsageError("no file of references in there", place=name, repair=f"give files of these kinds: {known}")
        found += map(str, inside)
    return found


def _is_input(path: Path, folder: Path, written: Path | None) -> bool:
    if any(part.startswith(".") for part in path.relative_to(folder).parts) or path.suffix.lower() not in _SUFFIXES:
        return False
    return path.is_file() and (written is None or path.resolve() != written)


def read_reference_files(
    names: Sequence[str], form: Form | None = None, *, jobs: int = 0, progress: Callable[[int, int], None] | None = None
) -> list[FileReferences]:
    """Read the references of many files in their order, documents on all cores; a bad file gives its error and the rest goes on.

    ``progress`` is called with the number of documents read and of all documents. Ids that several files use get the name of
    the file before them, so that one person's decision is never taken for another reference.
    """
    found: dict[str, FileReferences] = {}
    documents: dict[Path, str] = {}
    for name in names:
        if form == "document" or (form is None and Path(name).suffix.lower() in DOCUMENTS):
            documents[Path(name)] = name
            continue
        try:
            data = _read(name)
            told = form or form_of(data, name)
            if told == "document":
                documents[Path(name)] = name
            else:
                found[name] = FileReferences(name, _parse(data, name, told))
        except AlsuKgError as error:
            found[name] = FileReferences(name, None, error)
    for outcome in read_reviews(list(documents), jobs=jobs or None, progress=progress) if documents else ():
        name = documents[outcome.path]
        try:
            found[name] = FileReferences(name, _of_record(_record_of(outcome, name), "document"))
        except AlsuKgError as error:
            found[name] = FileReferences(name, None, error)
    files = [found[name] for name in dict.fromkeys(names) if name in found]
    ids = ({r.id for r in file.references.references} for file in files if file.references)
    used = Counter(chain.from_iterable(ids))
    return [_told_apart(file, used) for file in files]


def _told_apart(file: FileReferences, used: Mapping[str, int]) -> FileReferences:
    if file.references is None:
        return file
    renamed = tuple(
        msgspec.structs.replace(r, id=f"{file.name}#{r.id}") if used[r.id] > 1 and not r.id.isdecimal() else r
        for r in file.references.references
    )
    return replace(file, references=replace(file.references, references=renamed))


def read_reference_file(name: str, form: Form | None = None) -> ReferenceList:
    """Read the references of the file ``name``; ``-`` is standard input.

    Raises ``WorkError`` if it cannot be read or holds no references, ``UsageError`` if it is not what its form says.
    """
    data = _read(name)
    form = form or form_of(data, name)
    if form == "document":
        return _of_record(_read_document(name, data), "document")
    return _parse(data, name, form)


def _parse(data: bytes, name: str, form: Form) -> ReferenceList:
    refuse_archive(data, name)
    text = decode_lines(data)
    strange = len(_STRANGE.findall(text))
    if strange > len(text) * _MOST_STRANGE:
        what = f"is no text: {strange} of {len(text)} characters are control characters or in no encoding"
        raise WorkError(what, place=name, repair="give a text in UTF-8, or a document")
    if form == "record":
        return _of_record(parse_record(text, name if name != "-" else "record.yaml"), "record")
    found = parse_references(data, name, form)
    if (
        Path(name).suffix.lower() == ".json"
        and found.references
        and not any(r.text or r.doi or r.pmid for r in found.references)
    ):
        what = "no object in it has a field of a reference (unstructured, title, author, DOI …)"
        raise WorkError(what, place=name, repair="give references as CSL-JSON, or as JSONL with these fields")
    return found


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
        return _record_of(next(read_reviews([path])), name)


def _record_of(outcome: Outcome, name: str) -> ReviewRecord:
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
