"""PDF -> the text of its pages in reading order, running heads removed. Fonts, layout and columns are pdf-oxide's work.

Places in a PDF count characters of this text, for a PDF has no characters of its own that a person could count.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pdf_oxide

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.page_layout import Word, page_text

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
    if len(re.findall(r"\w", text)) < 20 * max(1, count // 4):
        raise WorkError("it has no text, only pictures of pages", repair="run text recognition (OCR) on it first")
    return text


def _words(document: pdf_oxide.PdfDocument, page: int) -> Iterator[Word]:
    for word in document.extract_words(page):
        if abs(word.rotation_degrees) < 5:
            left, bottom, width, height = word.bbox
            yield Word(word.text, left, bottom, left + width, bottom + height, word.font_size or height, word.is_bold)


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
