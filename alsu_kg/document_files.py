"""Documents on disk: which files they are, told by names and first bytes, without loading what reads them."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from alsu_kg.model.errors import WorkError
from alsu_kg.readers.reference_file import reference_file_form

SUFFIXES: Final = frozenset(
    {".md", ".markdown", ".txt", ".text", ".xml", ".nxml", ".jats", ".html", ".htm", ".xhtml", ".pdf", ".bib", ".ris"}
    | {".nbib", ".enw", ".tex", ".rst", ".org", ".adoc"}
)
_ARCHIVES: Final = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)


def find_documents(paths: Iterable[Path]) -> list[Path]:
    """List the documents among ``paths``; a folder stands for all documents below it, in name order.

    Raises ``WorkError`` for a path that does not exist.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        elif path.exists():
            found.append(path)
        else:
            raise WorkError("no such file or folder", place=str(path), repair="check the path")
    return found


def is_reference_file(path: Path) -> bool:
    """Say by its first characters whether ``path`` holds only references (BibTeX, RIS, CSL-JSON, EndNote XML, Refer, PubMed)."""
    try:
        with path.open("rb") as file:
            head = file.read(20_000)
    except OSError:
        return False
    return reference_file_form(head.decode("utf-8-sig", "replace")) is not None


def refuse_archive(data: bytes, place: str) -> None:
    """Raise ``WorkError`` for bytes that begin as an archive, compressed file, office document or picture does."""
    for magic, what in _ARCHIVES:
        if data.startswith(magic):
            raise WorkError(
                f"it is {what}, which is no document to read",
                place=place,
                repair="unpack it or save it as text, HTML or PDF",
            )
