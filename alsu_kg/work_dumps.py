"""Dumps of works on disk, read as a stream: Crossref, OpenAlex, PubMed, CSL-JSON, BibTeX, RIS and this project's rows.

Plain, ``.gz`` and ``.tar`` (compressed or not) files, and folders of them. The format is told from the first bytes, not the
name. A record that cannot be read is a ``BadRecord`` with its place and reason; the rest goes on.
"""

import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, cast

from lxml import etree

from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import WorkError
from alsu_kg.readers.bibtex import read_bibtex
from alsu_kg.readers.pubmed_xml import read_pubmed_article
from alsu_kg.readers.ris import read_ris
from alsu_kg.readers.work_record import NotAWorkError, read_record

LONGEST_RECORD: Final = 16_000_000
"""Bytes of one line or file that is read at once; longer ones are reported, not read."""

_WHOLE_FILE: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that could not be read."""

    place: str
    reason: str


def read_works(path: Path) -> Iterator[Candidate | BadRecord]:
    """Read the works of a file or folder; raises ``WorkError`` if it cannot be opened or is of no known format."""
    if path.is_dir():
        for part in sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith(".")):
            yield from read_works(part)
        return
    try:
        if path.name.endswith((".tar", ".tar.gz", ".tgz", ".tar.xz")):
            yield from _read_tar(path)
        else:
            with path.open("rb") as stream:
                yield from _read_stream(stream, str(path))
    except (OSError, EOFError, tarfile.TarError) as error:
        raise WorkError(f"cannot be read: {error}", place=str(path), repair="give a whole, readable dump") from None


def _read_tar(path: Path) -> Iterator[Candidate | BadRecord]:
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield from _read_stream(stream, f"{path}:{member.name}")


def _read_stream(raw: IO[bytes], place: str) -> Iterator[Candidate | BadRecord]:
    stream = raw if isinstance(raw, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, raw), 1 << 20)
    if stream.peek(2)[:2] == b"\x1f\x8b":
        stream = io.BufferedReader(cast(io.RawIOBase, gzip.GzipFile(fileobj=stream)), 1 << 20)
    head = stream.peek(4096)[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        yield from _read_xml(stream, place)
    elif head.startswith((b"@", b"%")):
        yield from _read_text(stream.read(_WHOLE_FILE), place, bibtex=True)
    elif head.startswith(b"TY  -"):
        yield from _read_text(stream.read(_WHOLE_FILE), place, bibtex=False)
    elif head[:1] in (b"{", b"["):
        yield from _read_json(stream, place, head)
    elif head:
        what = "is of no known format (JSON, JSONL, PubMed XML, BibTeX or RIS, plain or gzip)"
        raise WorkError(what, place=place, repair="give a dump in one of these")


def _read_json(stream: IO[bytes], place: str, head: bytes) -> Iterator[Candidate | BadRecord]:
    if _is_lines(head):
        for count, line in enumerate(stream, start=1):
            if line.strip():
                yield _read_line(line, f"{place}:{count}")
        return
    try:
        data = json.loads(stream.read(_WHOLE_FILE))
    except ValueError as error:
        yield BadRecord(place, f"not well-formed JSON: {error}")
        return
    if isinstance(data, dict):
        message = data.get("message", data)
        data = message.get("items") or message.get("results") or [message] if isinstance(message, dict) else [message]
    for count, record in enumerate(data, start=1):
        yield _candidate(record, f"{place}[{count}]")


def _is_lines(head: bytes) -> bool:
    """Tell JSON lines from one JSON document: the first line is an object by itself, and not a list of items."""
    line = head.split(b"\n", 1)[0].strip()
    if not line.startswith(b"{") or line.startswith(
        (b'{"items"', b'{"message', b'{"status"', b'{"results"', b'{"meta"')
    ):
        return False
    return line != b"{" and (line.endswith(b"}") or len(line) > 4000)


def _read_line(line: bytes, place: str) -> Candidate | BadRecord:
    if len(line) > LONGEST_RECORD:
        return BadRecord(place, "longer than any record of a work")
    try:
        record = json.loads(line)
    except ValueError as error:
        return BadRecord(place, f"not well-formed JSON: {error}")
    return _candidate(record, place)


def _candidate(record: object, place: str) -> Candidate | BadRecord:
    try:
        return read_record(record)
    except NotAWorkError as error:
        return BadRecord(place, str(error))


def _read_xml(stream: IO[bytes], place: str) -> Iterator[Candidate | BadRecord]:
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
    try:
        for _, element in etree.iterparse(stream, tag="PubmedArticle", **options):
            try:
                yield read_pubmed_article(element)
            except NotAWorkError as error:
                yield BadRecord(f"{place}:{element.sourceline}", str(error))
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        yield BadRecord(place, f"not well-formed XML: {error}")


def _read_text(data: bytes, place: str, *, bibtex: bool) -> Iterator[Candidate | BadRecord]:
    text = data.decode("utf-8", errors="replace")
    entries, broken = read_bibtex(text) if bibtex else read_ris(text)
    for fields in entries:
        yield _candidate(
            {"container": "", **fields, "id": fields.get("doi") or fields["id"]}, f"{place}: {fields['id']}"
        )
    yield from (BadRecord(place, reason) for reason in broken)
