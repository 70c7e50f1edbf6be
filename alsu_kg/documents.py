"""A document's bytes: which form they have, the text in them, and the draft record.

``read_document`` and ``read_review`` read in this process; ``alsu_kg.reading_pool`` reads in processes that are watched.
"""

import gc
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from alsu_kg.assets import find_asset
from alsu_kg.document_files import refuse_archive
from alsu_kg.extraction.record import extract_record
from alsu_kg.extraction.vocabulary import FILES, Vocabulary, parse_vocabulary
from alsu_kg.model.document import Document, Form
from alsu_kg.model.errors import WorkError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.readers.html import read_html
from alsu_kg.readers.implied_headings import imply_headings
from alsu_kg.readers.jats import looks_like_jats, read_jats
from alsu_kg.readers.latex_markup import latex_to_markdown
from alsu_kg.readers.light_markup import to_markdown
from alsu_kg.readers.markdown import read_markdown
from alsu_kg.readers.pdf import read_pdf
from alsu_kg.readers.plain_text import read_plain_text
from alsu_kg.readers.reference_file import read_reference_file, reference_file_form
from alsu_kg.readers.text_encoding import utf16_order

MAX_TEXT_BYTES: Final = 20_000_000
MAX_PDF_BYTES: Final = 60_000_000


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Read the words of data/lexicon, once."""
    folder = find_asset("data/lexicon")
    return parse_vocabulary(
        {name: (folder / name).read_text(encoding="utf-8") for name in FILES if (folder / name).exists()}
    )


def read_document(path: Path) -> Document:
    """Read a file into a Document. Raises ``WorkError`` that names the file, what is wrong with it and the repair."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
            _check_size(path, size, head)
            data = head + file.read()
    except OSError as error:
        raise WorkError(
            f"it cannot be read: {error.strerror}", place=str(path), repair="give a readable file"
        ) from None
    return parse_document(data, path.name, place=str(path))


def _check_size(path: Path, size: int, head: bytes) -> None:
    limit = MAX_PDF_BYTES if head.startswith(b"%PDF") else MAX_TEXT_BYTES
    if size > limit:
        raise WorkError(
            f"it holds {size // 1_000_000} MB, more than {limit // 1_000_000} MB",
            place=str(path),
            repair="give one review at a time",
        )
    if size == 0:
        raise WorkError("it is empty", place=str(path), repair="give a document with text")


def parse_document(data: bytes, name: str, *, place: str = "") -> Document:
    r"""Read the bytes of a file; ``name`` (with its suffix) helps to tell Markdown from plain text.

    Raises ``WorkError`` where they hold no readable document.

    >>> parse_document(b"# Risks\n\nNone known.", "a.txt").form
    'markdown'
    """
    place = place or name
    refuse_archive(data, place)
    try:
        return _parse(data, name)
    except WorkError as error:
        raise WorkError(
            error.what, place=f"{place}: {error.place}" if error.place else place, repair=error.repair
        ) from None


def _parse(data: bytes, name: str) -> Document:
    sha256 = hashlib.sha256(data).hexdigest()
    if data.lstrip()[:5] == b"%PDF-":
        raw = read_pdf(data)
        return Document(name, "pdf", raw, sha256, imply_headings(raw, read_plain_text(raw)))
    raw, notes = decode(data)
    if not raw or raw.isspace():
        raise WorkError("it has no text", repair="give a document with text")
    listed = reference_file_form(raw)
    if listed is not None:
        return Document(name, "references", raw, sha256, (), references=read_reference_file(raw, listed), notes=notes)
    form = form_of(raw, name)
    if form == "jats":
        blocks, front, references, related = read_jats(raw)
        return Document(name, form, raw, sha256, blocks, front, references, related, notes)
    if form == "html":
        blocks, front = read_html(raw)
        if not blocks:
            raise WorkError("it has no text, only markup", repair="give a document with text")
        return Document(name, form, raw, sha256, imply_headings(raw, blocks), front, notes=notes)
    if (rewritten := latex_to_markdown(raw) or to_markdown(raw)) is not None:
        return Document(name, "markdown", raw, sha256, imply_headings(raw, read_markdown(rewritten)), notes=notes)
    blocks = read_markdown(raw) if form == "markdown" else read_plain_text(raw)
    return Document(name, form, raw, sha256, imply_headings(raw, blocks), notes=notes)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    r"""Give the text of ``data`` and notes about its encoding. Raises ``WorkError`` for bytes that are no text.

    >>> decode(b"na\xefve")
    ('naïve', ('not UTF-8: read as Windows-1252',))
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return data.decode(codec), ()
            except UnicodeDecodeError as error:
                raise WorkError(
                    f"its bytes are not {codec} as its first bytes say (byte {error.start})", repair="save it as UTF-8"
                ) from None
    if 0 in data and data.count(0) * 50 > len(data):
        if codec := utf16_order(data):
            return data.decode(codec, "replace"), (f"no mark of its encoding: read as {codec.upper()}",)
        raise WorkError("it is no text (it holds NUL bytes)", repair="save it as UTF-8 text, HTML, JATS or PDF")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    declared = re.search(rb"(?:encoding|charset)\s*=\s*[\"']?([A-Za-z0-9_-]{3,20})", data[:2000])
    codec = declared[1].decode("ascii") if declared and declared[1].lower() not in (b"utf-8", b"utf8") else "cp1252"
    try:
        text = data.decode(codec, "replace" if codec == "cp1252" else "strict")
    except (LookupError, UnicodeDecodeError):
        text, codec = data.decode("cp1252", "replace"), "cp1252"
    strange = sum(text.count(char) for char in "\ufffd\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f")
    if strange * 100 > len(text):
        raise WorkError("it is no text in any encoding that can be told", repair="save it as UTF-8")
    return text, (f"not UTF-8: read as {'Windows-1252' if codec == 'cp1252' else codec}",)


_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6])\b", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|\|.+\|[ \t]*\r?\n\|.+\|[ \t]*$|\s{0,3}\|?\s*:?-{3,}:?\s*\|)|\]\(https?://", re.MULTILINE
)


# Without any heading a file named as Markdown is plain text: its headings are lines that stand alone.
_MARKED_HEADING = re.compile(
    r"^\S.*\r?\n(?:=+|-+)[ \t]*$|^(?:\*{2,3}|__)[^*_\n]{2,100}(?:\*{2,3}|__):?[ \t]*$|<h[1-6]|<sup>\d", re.MULTILINE
)


def form_of(raw: str, name: str) -> Form:
    r"""Tell the form of a text by what it holds, and by the suffix of ``name`` where it could be either.

    >>> form_of("<html><p>x", "a.txt"), form_of("**Risks**\n\nNone.", "a.md"), form_of("Risks\n\nNone.", "a.md")
    ('html', 'markdown', 'text')
    """
    start = raw[:3000].lstrip("\ufeff \t\r\n")
    suffix = Path(name).suffix.lower()
    if looks_like_jats(raw):
        return "jats"
    if suffix in (".md", ".markdown") and start.startswith("<") and not _WHOLE_PAGE.match(start):
        return "markdown"
    if start.startswith("<") and (_HTML.search(start) or suffix in (".html", ".htm", ".xhtml")):
        return "html"
    if start.startswith("<?xml") or (start.startswith("<") and suffix in (".xml", ".nxml", ".jats")):
        return "jats"
    if suffix in (".html", ".htm", ".xhtml"):
        return "html"
    marked = _MARKDOWN.search(raw) or (suffix in (".md", ".markdown") and _MARKED_HEADING.search(raw))
    return "markdown" if marked else "text"


def read_review(path: Path) -> ReviewRecord:
    """Read a draft record from a file, in this process. Raises ``WorkError`` as ``read_document`` does."""
    collecting = gc.isenabled()
    gc.disable()  # a tree of small objects is built and dropped: collecting cycles meanwhile costs a third of the time
    try:
        return extract_record(read_document(path), load_vocabulary())
    finally:
        if collecting:
            gc.enable()
