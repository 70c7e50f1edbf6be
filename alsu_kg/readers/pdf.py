"""PDF -> the text of its pages in reading order, running heads removed. Fonts, layout and columns are pdf-oxide's work.

Places in a PDF count characters of this text, for a PDF has no characters of its own that a person could count.
"""

import re
from functools import lru_cache
from typing import Final, Protocol

import pdf_oxide

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.pages.holes import UNKNOWN, Run, with_ligatures
from alsu_kg.readers.pages.layout import pages_text
from alsu_kg.readers.pages.lines import Char, Word
from alsu_kg.readers.pages.margins import text_rows
from alsu_kg.readers.pages.words import make_words

MAX_PAGES = 400
_NO_FONT: Final = "Unknown"  # a font without name: of pictures
_BOLD: Final = frozenset({"SemiBold", "Bold", "ExtraBold", "Black"})
# Bold fonts whose names do not say so in words: those of TeX (Computer Modern and its successors, Libertine) and of Elsevier.
_BOLD_NAME = re.compile(
    r"(?:CM(?:BX?|BXTI|BXSL|SSBX)\d+|(?:SF|EC)(?:BX|BI|BL|RB|SX|SO|XC)\d{4}|Lin\w+[OT]BI?|\w+\.BI?)", re.IGNORECASE
)
# A sign whose text a PDF gives apart from its glyph (ISO 32000-1, 14.9.4) comes as several characters, each a byte of UTF-8, some
# in wrong places: letters that such a byte stands for are read from the runs of text, which are right.
_FIRST_BYTES: Final = frozenset("ÂÃÄÅÎÏâ")
_UPRIGHT: Final = 5  # degrees
_LARGEST: Final = 14_400  # units of a page, in each direction


def read_pdf(data: bytes) -> str:
    """Give the text of a PDF.

    Raises ``WorkError`` for a file that is broken, encrypted, has no text (a scan), or too many pages.

    >>> read_pdf(b"%PDF-1.4 broken")
    Traceback (most recent call last):
    ...
    alsu_kg.model.errors.WorkError: it is a broken PDF. Repair: open and save it again with a PDF program
    """
    if _is_encrypted(data):
        raise WorkError("it is an encrypted PDF", repair="remove the password and try again")
    pdf_oxide.disable_logging()  # it would write what it mends to the terminal
    try:
        document = pdf_oxide.PdfDocument.from_bytes(data)
        count = document.page_count()
        if count > MAX_PAGES:
            raise WorkError(f"it has {count} pages, more than {MAX_PAGES}", repair="give the pages of the review only")
        pages = [_words(document, i) for i in range(count)]
    except (OSError, RuntimeError, ValueError, TypeError):
        raise _broken() from None
    except BaseException as error:
        if _is_panic(error):
            raise _broken() from None
        raise
    text = pages_text(text_rows(pages))
    if not count or (not text.strip() and b"%%EOF" not in data[-2048:]):
        raise _broken()
    if len(re.findall(r"\w", text)) < 20 * max(1, count // 4):
        raise WorkError("it has no text, only pictures of pages", repair="run text recognition (OCR) on it first")
    return text


def _broken() -> WorkError:
    return WorkError("it is a broken PDF", repair="open and save it again with a PDF program")


def _is_panic(error: BaseException) -> bool:
    """Say whether the Rust code of pdf-oxide gave up: what it raises then is no ``Exception``, and has no name to import."""
    return type(error).__module__ == "pyo3_runtime"


class _PdfChar(Protocol):
    """A character as pdf-oxide gives it; ``bbox`` is left, bottom, width, height."""

    @property
    def char(self) -> str:
        """What it says."""

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """Its box."""

    @property
    def font_size(self) -> float:
        """Its size in points; 0 if not told."""

    @property
    def font_name(self) -> str:
        """Its font."""

    @property
    def font_weight(self) -> str:
        """How bold it is."""

    @property
    def rotation_degrees(self) -> float:
        """How far it is turned."""


def _words(document: pdf_oxide.PdfDocument, page: int) -> list[Word]:
    """Give the words of a page. Made of its characters, for the words that pdf-oxide makes may stand in wrong places."""
    chars = [char for given in document.extract_chars(page) if (char := _char(given)) is not None]
    if any("\x80" <= char.text <= "\xbf" for char in chars):
        chars = [char._replace(text=UNKNOWN) if char.text in _FIRST_BYTES else char for char in chars]
    if any(char.text == UNKNOWN or char.is_picture for char in chars):
        chars = with_ligatures(chars, _runs(document, page))
    return make_words(chars)


def _char(given: _PdfChar) -> Char | None:
    """Give a character that is upright, has a size, and stands where a page can be (ISO 32000-1, annex C.2)."""
    left, bottom, width, height = given.bbox
    size = given.font_size or height
    if not (abs(given.rotation_degrees) < _UPRIGHT and 0 < size < _LARGEST and _is_near(left, bottom, width, height)):
        return None
    bold, picture = _is_bold(given.font_name, given.font_weight), given.font_name == _NO_FONT
    return Char(given.char, left, left + width, bottom, height, size, bold, picture)


@lru_cache(maxsize=256)
def _is_bold(font: str, weight: str) -> bool:
    """Say whether a font is bold.

    >>> _is_bold("ABCDEF+SFBX1000", "Normal"), _is_bold("ABCDEF+SFRM1000", "Normal"), _is_bold("Times", "Bold")
    (True, False, True)
    """
    return weight in _BOLD or _BOLD_NAME.fullmatch(font.rsplit("+", 1)[-1]) is not None


def _is_near(left: float, bottom: float, width: float, height: float) -> bool:
    far = _LARGEST
    return -far < left < far and -far < bottom < far and -far < width < far and -far < height < far


def _runs(document: pdf_oxide.PdfDocument, page: int) -> list[Run]:
    """Give the runs of text of a page; none where pdf-oxide gives up on them, as it may where characters are unknown to it."""
    try:
        spans = [(span, span.bbox) for span in document.extract_spans(page)]
        return [
            Run(span.text, left, left + width, bottom, span.char_widths)
            for span, (left, bottom, width, height) in spans
            if _is_near(left, bottom, width, height)
        ]
    except BaseException as error:
        if _is_panic(error):
            return []
        raise


def _is_encrypted(data: bytes) -> bool:
    return re.search(rb"/Encrypt\s+\d+\s+\d+\s+R|/Encrypt\s*<<", data) is not None
