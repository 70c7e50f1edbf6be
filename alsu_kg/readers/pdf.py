"""PDF -> the text of its pages in reading order, running heads removed. Fonts, layout and columns are pdf-oxide's work.

Places in a PDF count characters of this text, for a PDF has no characters of its own that a person could count.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, Protocol

import pdf_oxide

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.page_holes import Char, mark_unknown, usual_widths
from alsu_kg.readers.page_layout import pages_text
from alsu_kg.readers.page_lines import RAISED, SMALLER, Word, is_raised
from alsu_kg.readers.page_margins import text_rows

MAX_PAGES = 400
_NO_FONT: Final = "Unknown"  # a font without name: of pictures


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
    pdf_oxide.disable_logging()  # it would write what it mends to the terminal
    try:
        document = pdf_oxide.PdfDocument.from_bytes(data)
        count = document.page_count()
        if count > MAX_PAGES:
            raise WorkError(f"it has {count} pages, more than {MAX_PAGES}", repair="give the pages of the review only")
        pages = [list(_words(document, i)) for i in range(count)]
    except (OSError, RuntimeError, ValueError, TypeError):
        raise broken from None
    text = pages_text(text_rows(pages))
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
    heights = _Heights(document, page)
    words = document.extract_words(page)
    usual = usual_widths(_sizes(word) for word in words if word.font_name == _NO_FONT)
    for word in words:
        if abs(word.rotation_degrees) < 5:
            left, bottom, width, height = word.bbox
            marked = mark_unknown(_sizes(word), usual) if word.font_name == _NO_FONT else word.text
            text = _text(word, heights) if marked == word.text else marked
            yield Word(text, left, bottom, left + width, bottom + height, word.font_size or height, word.is_bold)


def _sizes(word: _PdfWord) -> list[Char]:
    return [(char.char, char.font_size, char.bbox[2]) for char in word.chars]


class _Heights:
    """Where the characters of a page stand, for a word gives all of its characters one height. Looked up when first asked for."""

    def __init__(self, document: pdf_oxide.PdfDocument, page: int) -> None:
        self._document = document
        self._page = page
        self._places: dict[tuple[str, int], list[float]] | None = None

    def of(self, char: _PdfChar) -> float:
        """Give the height of a character, as near to that of its word as one is found there."""
        if self._places is None:
            self._places = {}
            for one in self._document.extract_chars(self._page):
                self._places.setdefault((one.char, round(one.bbox[0])), []).append(one.bbox[1])
        left, bottom = char.bbox[0], char.bbox[1]
        near = [y for x in (int(left), int(left) + 1) for y in self._places.get((char.char, x), ())]
        found = min(near, key=lambda y: abs(y - bottom), default=bottom)
        return found if abs(found - bottom) < char.font_size else bottom


def _text(word: _PdfWord, heights: _Heights) -> str:
    """Give the characters of a word, small digits that do not hang below the line as raised ones."""
    if len(word.text) < 2 or not any(char.isdigit() for char in word.text):
        return word.text
    chars = word.chars
    size = max(char.font_size for char in chars)
    large = [char for char in chars if char.font_size > SMALLER * size]
    if len(large) == len(chars) or "".join(char.char for char in chars) != word.text:
        return word.text
    beside = size, min(heights.of(char) for char in large)
    return "".join(
        char.char.translate(RAISED) if is_raised(char.font_size, heights.of(char), beside) else char.char
        for char in chars
    )


def _is_encrypted(data: bytes) -> bool:
    return re.search(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<", data) is not None
