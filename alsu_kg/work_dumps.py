"""Dumps of works on disk, cut into pieces of whole records without reading them: the reading is then done in any process.

Plain, ``.gz`` and ``.tar`` (compressed or not) files; the form is told from the first bytes, not the name. Cutting the same
file again gives the same pieces, so that a build can go on where it was broken off.
"""

import re
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Final, NamedTuple, Protocol, cast

from isal import igzip, isal_zlib

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.works import LONGEST_RECORD, BadRecord, Form, Piece, split_json

PIECE: Final = 1 << 20
"""Bytes of a piece, at least, unless the file ends; at most one record longer. Another size needs another ``INDEX_VERSION``: builds
go on at a numbered piece."""

WHOLE_DOCUMENT: Final = 128 << 20
"""Bytes up to which a JSON document is one piece (a file of Crossref's public data has 30 to 60 million); a longer one is cut
record by record, which takes five times as long."""

BREAKS_OFF: Final = "breaks off"
"""How the reason begins when a file ends too early."""

_BREAKS: Final[tuple[type[Exception], ...]] = (
    OSError,
    EOFError,
    zlib.error,
    cast("type[Exception]", isal_zlib.error),
    tarfile.TarError,
)
_BLOCK: Final = 1 << 18
_STEP: Final = 1 << 13
"""Bytes that are taken from a compressed file at once: what comes within a step before a break is lost."""

_AFTER_ARTICLE: Final = re.compile(rb"</PubmedArticle\s*>")
_AFTER_RIS: Final = re.compile(rb"(?:^|\n)ER  -[^\n]*\n")
_BEFORE_BIBTEX: Final = re.compile(rb"\n(?=@)")
_ABBREVIATION: Final = re.compile(rb"^@string\s*[{(].*$", re.IGNORECASE | re.MULTILINE)
_ENCODING: Final = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""")


class Cut(NamedTuple):
    """A piece, or the reason why a part of a dump is none; ``position`` is how far the file was read, in bytes."""

    piece: Piece | BadRecord
    position: int


class Stream(Protocol):
    """A file that can be looked into: plain, compressed or in an archive."""

    def peek(self, size: int, /) -> bytes:
        """Give some of the next bytes without taking them."""
        ...

    def read1(self, size: int, /) -> bytes:
        """Take at most so many bytes, as they come."""
        ...


def find_dumps(paths: Iterable[Path]) -> list[Path]:
    """Give the files of ``paths``, folders searched through; raises ``WorkError`` if one is not there."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        elif path.exists():
            found.append(path)
        else:
            raise WorkError("there is no such file or folder", place=str(path), repair="give the path of a dump")
    return list(dict.fromkeys(found))


def cut_dump(path: Path) -> Iterator[Cut]:
    """Cut a file into pieces. What cannot be read, or breaks off, is a ``BadRecord`` in the place of the rest."""
    try:
        with path.open("rb") as file:
            if path.name.endswith((".tar", ".tar.gz", ".tgz", ".tar.xz", ".tar.bz2")):
                pieces = _cut_archive(file, str(path))
            else:
                pieces = _cut_stream(file, str(path))
            for piece in pieces:
                yield Cut(piece, file.tell())
    except _BREAKS as error:
        yield Cut(_broken(str(path), error), path.stat().st_size)


def _cut_archive(file: IO[bytes], place: str) -> Iterator[Piece | BadRecord]:
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                yield from _cut_stream(stream, f"{place}:{member.name}")  # type: ignore[arg-type]


def _broken(place: str, error: BaseException) -> BadRecord:
    return BadRecord(place, f"{BREAKS_OFF} or cannot be read: {getattr(error, 'strerror', None) or error}")


class _UntilBreak:
    """A stream that ends where it cannot be read any further, so that what came before is not lost."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self.error: BaseException | None = None

    def read1(self, size: int, /) -> bytes:
        parts = []
        while size > 0 and (part := self._step(min(size, _STEP))):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _step(self, size: int) -> bytes:
        if self.error:
            return b""
        try:
            return self._stream.read1(size)
        except _BREAKS as error:
            self.error = error
            return b""


def _cut_stream(source: Stream, place: str) -> Iterator[Piece | BadRecord]:
    if source.peek(2)[:2] == b"\x1f\x8b":
        source = igzip.IGzipFile(fileobj=source)  # type: ignore[no-untyped-call]
    head = source.peek(8192)[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    stream = _UntilBreak(source)
    yield from _cut_form(stream, place, head)
    if stream.error:
        yield _broken(place, stream.error)


def _cut_form(stream: _UntilBreak, place: str, head: bytes) -> Iterator[Piece | BadRecord]:
    if head.startswith(b"<"):
        yield from _cut_articles(stream, place, head)
    elif head.startswith((b"@", b"%")):
        yield from _cut_bibtex(stream, place)
    elif head.startswith(b"TY  -"):
        yield from _cut_entries(stream, place, "ris", _AFTER_RIS)
    elif head[:1] in (b"{", b"["):
        yield from _cut_json(stream, place, head)
    elif head:
        yield BadRecord(place, "no known format (JSON, JSONL, PubMed XML, BibTeX or RIS, plain or gzip)")


def _cut_json(stream: _UntilBreak, place: str, head: bytes) -> Iterator[Piece | BadRecord]:
    if _is_lines(head):
        yield from _cut_lines(stream, place)
        return
    whole = b"".join(_blocks(stream, WHOLE_DOCUMENT))
    if len(whole) < WHOLE_DOCUMENT:
        yield Piece("json", whole, place)
        return
    count = 0
    try:
        records = split_json(_Rejoined(whole, stream), head)
        del whole
        while some := list(islice(records, 1000)):
            yield Piece("lines", b"\n".join(some), place, count)
            count += len(some)
    except ValueError as error:
        yield BadRecord(f"{place}[{count}]", f"not well-formed JSON: {error}")


class _Rejoined:
    """What was read of a stream, and then the rest of it."""

    def __init__(self, start: bytes, stream: _UntilBreak) -> None:
        self._start = start
        self._place = 0
        self._stream = stream

    def read(self, size: int, /) -> bytes:
        if self._place < len(self._start):
            self._place += size
            return self._start[self._place - size : self._place]
        self._start = b""
        return self._stream.read1(size)


def _is_lines(head: bytes) -> bool:
    """Tell JSON lines from one JSON document: the first line is an object by itself, and not a list of items."""
    line = head.split(b"\n", 1)[0].strip()
    if not line.startswith(b"{") or line == b"{":
        return False
    lists = (b'{"items"', b'{"message', b'{"status"', b'{"results"', b'{"meta"')
    return not line.startswith(lists) and (line.endswith(b"}") or len(line) > 4000)


def _blocks(stream: _UntilBreak, most: int | None = None) -> Iterator[bytes]:
    taken = 0
    while (most is None or taken < most) and (block := stream.read1(_BLOCK)):
        taken += len(block)
        yield block


def _cut_lines(stream: _UntilBreak, place: str) -> Iterator[Piece | BadRecord]:
    waiting: list[bytes] = []
    size = first = 0
    for block in _blocks(stream):
        end = block.rfind(b"\n") + 1
        waiting.append(block)
        size += len(block)
        if end and size >= PIECE:
            waiting[-1] = block[:end]
            piece = b"".join(waiting)
            yield Piece("lines", piece, place, first)
            first += piece.count(b"\n")
            waiting, size = [block[end:]], len(block) - end
        elif size > PIECE + LONGEST_RECORD:
            yield BadRecord(f"{place}:{first + 1}", "longer than any record of a work")
            return
    if size:
        yield Piece("lines", b"".join(waiting), place, first)


def _cut_after(stream: _UntilBreak, mark: re.Pattern[bytes]) -> Iterator[tuple[bytes, int, bool]]:
    """Cut after the last mark in every so many bytes; give piece, lines before it, and whether it is the rest."""
    waiting, first = b"", 0
    for block in _blocks(stream):
        waiting += block
        if len(waiting) < PIECE:
            continue
        ends = [found.end() for found in mark.finditer(waiting)]
        if ends:
            yield waiting[: ends[-1]], first, False
            first += waiting.count(b"\n", 0, ends[-1])
            waiting = waiting[ends[-1] :]
        elif len(waiting) > LONGEST_RECORD:
            break
    yield waiting, first, True


def _cut_entries(stream: _UntilBreak, place: str, form: Form, mark: re.Pattern[bytes]) -> Iterator[Piece | BadRecord]:
    for data, first, _ in _cut_after(stream, mark):
        if len(data) > LONGEST_RECORD:
            yield BadRecord(f"{place}:{first + 1}", "longer than any record of a work")
        elif data.strip():
            yield Piece(form, data, place, first)


def _cut_bibtex(stream: _UntilBreak, place: str) -> Iterator[Piece | BadRecord]:
    """Cut before an entry; abbreviations that were defined before go with every piece."""
    defined: list[bytes] = []
    for piece in _cut_entries(stream, place, "bibtex", _BEFORE_BIBTEX):
        if isinstance(piece, Piece):
            before = b"\n".join([*defined, b""]) if defined else b""
            defined += _ABBREVIATION.findall(piece.data)
            piece = piece._replace(data=before + piece.data)
        yield piece


def _cut_articles(stream: _UntilBreak, place: str, head: bytes) -> Iterator[Piece | BadRecord]:
    declared = _ENCODING.match(head)
    encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
    found = False
    for data, first, is_rest in _cut_after(stream, _AFTER_ARTICLE):
        ends = [match.end() for match in _AFTER_ARTICLE.finditer(data)]
        if ends:
            found = True
            yield Piece("articles", _as_utf8(data[: ends[-1]], encoding), place, first)
        left = data[ends[-1] :] if ends else data
        if is_rest and b"<PubmedArticle>" in left:
            line = first + data.count(b"\n") + 1
            yield BadRecord(f"{place}:{line}", "not well-formed XML: breaks off in an article")
        elif is_rest and not found:
            yield BadRecord(place, "no PubmedArticle in it")


def _as_utf8(data: bytes, encoding: str) -> bytes:
    if encoding in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        return data.decode(encoding, errors="replace").encode()
    except LookupError:
        return data
