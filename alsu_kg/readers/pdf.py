"""PDF -> the text of its pages in reading order, running heads removed. Fonts, layout and columns are pdf-oxide's work.

Places in a PDF count characters of this text, for a PDF has no characters of its own that a person could count.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

import pdf_oxide

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.page_layout import page_text
from alsu_kg.readers.page_lines import RAISED, Word

MAX_PAGES = 400


def read_pdf(data: bytes) -> str:
    """Give the text of a PDF.

    Raises ``WorkError`` for a file that is broken, encrypted, has no text (a scan), or too many pages.

    >>> read_pdf(b"%PDF-1.4 broken")
    Traceback (most recent call last):
    ...
    alsu_kg.model.errors.WorkError: it is a broken PDF. Repair: open and save it again with a PDF program
    """
    broken = WorkError("it is a broken PDF", repair="open and save it again with a PDF program")
    if _is_encrypted(data):
        raise WorkError("it is an encrypted PDF", repair="remove the password and try again")
    try:
        document = pdf_oxide.PdfDocument.from_bytes(data)
        count = document.page_count()
        if count > MAX_PAGES:
            raise WorkError(f"it has {count} pages, more than {MAX_PAGES}", repair="give the pages of the review only")
        pages = [page_text(list(_words(document, i))) for i in range(count)]
    except (OSError, RuntimeError, ValueError, TypeError):
        raise broken from None
    text = join_pages(pages)
    if not count or (not text.strip() and b"%%EOF" not in data[-2048:]):
        raise broken
    if len(re.findall(r"\w", text)) < 20 * max(1, count // 4):
        raise WorkError("it has no text, only pictures of pages", repair="run text recognition (OCR) on it first")
    return text


class _PdfChar(Protocol):
    """A character as pdf-oxide gives it; ``bbox`` is left, bottom, width, height."""

    @property
    def char(self) -> str:
        """The character."""

    @property
    def font_size(self) -> float:
        """The size of its type in points."""

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Its box."""


class _PdfWord(Protocol):
    """A word as pdf-oxide gives it."""

    @property
    def text(self) -> str:
        """The word."""

    @property
    def chars(self) -> Sequence[_PdfChar]:
        """Its characters."""


def _words(document: pdf_oxide.PdfDocument, page: int) -> Iterator[Word]:
    for word in document.extract_words(page):
        if abs(word.rotation_degrees) < 5:
            left, bottom, width, height = word.bbox
            yield Word(_text(word), left, bottom, left + width, bottom + height, word.font_size or height, word.is_bold)


def _text(word: _PdfWord) -> str:
    """Give the characters of a word, small digits that do not hang below the line as raised ones."""
    if len(word.text) < 2 or not any(char.isdigit() for char in word.text):
        return word.text
    chars = word.chars
    size = max(char.font_size for char in chars)
    if all(char.font_size > 0.8 * size for char in chars) or "".join(char.char for char in chars) != word.text:
        return word.text
    base = min(char.bbox[1] for char in chars if char.font_size > 0.8 * size)
    return "".join(
        char.char.translate(RAISED) if char.font_size < 0.8 * size and char.bbox[1] > base - 0.05 * size else char.char
        for char in chars
    )


def _is_encrypted(data: bytes) -> bool:
    return re.search(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<", data) is not None


def join_pages(pages: Sequence[str]) -> str:
    r"""Join pages without the lines that stand at the head or foot of most of them.

    >>> join_pages(["ALS 21\nOne\n3", "ALS 22\ntwo.\n4", "ALS 23\nMore.\n5"])
    'One\ntwo.\nMore.'
    """
    lines = [list(page.replace("\r", "\n").split("\n")) for page in pages]
    edges = Counter(key for page in lines for key in {_shape(line) for line in _edge(page)})
    running = {key for key, n in edges.items() if n >= 3 or (n == len(pages) and n > 1)}
    kept = []
    for page in lines:
        edge = {id(line) for line in _edge(page)}
        kept.append(
            "\n".join(
                line for line in page if not (id(line) in edge and line.strip() and _shape(line) in running)
            ).strip("\n")
        )
    return "\n".join(kept)


def _edge(page: Sequence[str]) -> list[str]:
    inked = [line for line in page if line.strip()]
    return inked[:2] + inked[-2:] if len(inked) > 4 else inked[:1] + inked[-1:]


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()
