"""A piece of a dump of works to records: JSON lines or documents, PubMed articles, BibTeX, RIS.

A record that cannot be read is a ``BadRecord`` with its place and reason; the rest goes on.
"""

from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple, Protocol

import ijson
import msgspec

from alsu_kg.model.candidate import Candidate
from alsu_kg.readers.bibtex import read_bibtex
from alsu_kg.readers.pubmed_xml import read_pubmed_articles
from alsu_kg.readers.ris import read_ris
from alsu_kg.readers.work_record import NotAWorkError, read_record
from alsu_kg.readers.work_shapes import read_usual_record, split_usual_reply

LONGEST_RECORD: Final = 16_000_000
"""Bytes of one record; longer ones are reported, not read."""

Form = Literal["lines", "json", "articles", "bibtex", "ris"]
_DECODER: Final = msgspec.json.Decoder()
_LISTS: Final = ("items", "results")


class BadRecord(NamedTuple):
    """A record that could not be read."""

    place: str
    reason: str


class Piece(NamedTuple):
    """Some whole records of a dump as they are written there, after ``first`` lines or records of the same file."""

    form: Form
    data: bytes
    place: str
    first: int = 0


class Readable(Protocol):
    """Gives bytes, as files do."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes."""
        ...


def read_piece(piece: Piece) -> Iterator[Candidate | BadRecord]:
    r"""Read the records of a piece.

    >>> [work.id for work in read_piece(Piece("lines", b'{"DOI": "10.1000/a", "title": ["A"]}\n', "works.jsonl"))]
    ['10.1000/a']
    """
    if piece.form == "lines":
        return _read_lines(piece)
    if piece.form == "json":
        return _read_document(piece)
    if piece.form == "articles":
        return _read_articles(piece)
    return _read_entries(piece)


def split_json(stream: Readable, head: bytes) -> Iterator[bytes]:
    """Give the records of one JSON document of any size, one after the other; raises ``ValueError`` where it breaks.

    ``head`` is how it begins; it tells whether the records are the document (a list), its items or its results.
    """
    if head.startswith(b"["):
        prefix = "item"
    elif b'"message"' in head:
        prefix = "message.items.item"
    else:
        prefix = "results.item" if b'"results"' in head else "items.item"
    try:
        for record in ijson.items(stream, prefix, use_float=True):
            yield msgspec.json.encode(record)
    except ijson.JSONError as error:
        raise ValueError(str(error)) from None


def _read_lines(piece: Piece) -> Iterator[Candidate | BadRecord]:
    for count, line in enumerate(piece.data.split(b"\n"), start=piece.first + 1):
        if line and not line.isspace():
            yield from _read_json(line, f"{piece.place}:{count}")


def _read_json(text: bytes | msgspec.Raw, place: str) -> Iterable[Candidate | BadRecord]:
    """Read the work, or the works, of one JSON value."""
    try:
        usual = read_usual_record(text)
        if usual is not None:
            return (usual,)
        return [_read_one(work, place) for work in _works_in(_DECODER.decode(text))]
    except NotAWorkError as error:
        return (BadRecord(place, str(error)),)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return (BadRecord(place, f"not well-formed JSON: {error}"),)


def _read_document(piece: Piece) -> Iterator[Candidate | BadRecord]:
    """Read one JSON document; of one that breaks off, the records before the break."""
    usual = split_usual_reply(piece.data)
    if usual is not None:
        for count, text in enumerate(usual, start=1):
            yield from _read_json(text, f"{piece.place}[{count}]")
        return
    try:
        works: Iterable[object] = _works_in(_DECODER.decode(piece.data))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        first_line = piece.data.lstrip().split(b"\n", 1)[0]
        if _is_json(first_line):
            yield from _read_lines(piece)
            return
        works = _before_the_break(piece.data)
        yield BadRecord(piece.place, f"not well-formed JSON: {error}")
    for count, work in enumerate(works, start=1):
        yield _read_one(work, f"{piece.place}[{count}]")


def _is_json(text: bytes) -> bool:
    try:
        _DECODER.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _before_the_break(data: bytes) -> Iterator[object]:
    place = 0

    class Stream:
        def read(self, size: int, /) -> bytes:
            nonlocal place
            place += size
            return data[place - size : place]

    try:
        for record in split_json(Stream(), data[:4096].lstrip()):
            yield _DECODER.decode(record)
    except ValueError:
        return


def _works_in(record: object) -> Iterable[object]:
    """Give the works in a JSON value: a list, a reply of an interface with items or results, or one work."""
    if isinstance(record, dict):
        inner = record.get("message", record)
        if isinstance(inner, dict) and "title" not in inner:
            for name in _LISTS:
                if isinstance(inner.get(name), list):
                    return list(inner[name])
        return [inner]
    return record if isinstance(record, list) else [record]


def _read_one(record: object, place: str) -> Candidate | BadRecord:
    try:
        return read_record(record)
    except NotAWorkError as error:
        return BadRecord(place, str(error))


def _read_articles(piece: Piece) -> Iterator[Candidate | BadRecord]:
    for line, article in read_pubmed_articles(piece.data):
        if isinstance(article, str):
            yield BadRecord(f"{piece.place}:{piece.first + line}", article)
        else:
            yield article


def _read_entries(piece: Piece) -> Iterator[Candidate | BadRecord]:
    text = piece.data.decode("utf-8", errors="replace")
    entries, broken = read_bibtex(text) if piece.form == "bibtex" else read_ris(text)
    for fields in entries:
        known = {"container": "", **fields, "id": fields.get("doi") or fields["id"]}
        yield _read_one(known, f"{piece.place}: {fields['id']}")
    yield from (BadRecord(piece.place, reason) for reason in broken)
