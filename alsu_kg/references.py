"""References from the bytes of a list: one a line, JSONL, JSON (also CSL-JSON), BibTeX, RIS."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal

from alsu_kg.model.errors import UsageError
from alsu_kg.model.reference import Reference
from alsu_kg.readers.bibtex import read_bibtex
from alsu_kg.readers.headings import role_of
from alsu_kg.readers.reference_fields import read_reference, whole_text
from alsu_kg.readers.ris import read_ris
from alsu_kg.readers.text_encoding import decode_lines

Form = Literal["lines", "jsonl", "json", "bibtex", "ris", "record", "document"]

DOCUMENTS: Final = frozenset((".md", ".markdown", ".xml", ".nxml", ".jats", ".html", ".htm", ".xhtml", ".pdf"))
"""Suffixes of files that are documents, whatever they hold."""

_LISTS: Final = ("references", "reference", "items", "records")
_LONGEST_HEADING: Final = 60
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """References in the order of the input, what could not be read and where, and the text that they were read from."""

    references: tuple[Reference, ...]
    problems: tuple[str, ...]
    form: Form
    text: str = ""


def form_of(data: bytes, name: str) -> Form:
    r"""Tell the form of an input by what it holds, and by the suffix of ``name``.

    A text with a heading "References" of its own line is a document; any other is a list with one reference a line.

    >>> form_of(b"Liu T. 2017", "a.txt"), form_of(b"%PDF-1.7", "x"), form_of(b"We saw (1).\n\nReferences\n\n1. Liu", "a.txt")
    ('lines', 'document', 'document')
    """
    suffix = PurePath(name).suffix.lower()
    if data.lstrip()[:5] == b"%PDF-" or suffix in DOCUMENTS:
        return "document"
    text = decode_lines(data)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return "document"
    if suffix in (".yaml", ".yml") or (start.startswith("{") and _is_record(start)):
        return "record"
    if start.startswith(("@", "%")) and "{" in start[:2000]:
        return "bibtex"
    if start.startswith(("TY  -", "TY - ")):
        return "ris"
    if start.startswith(("[{", "[\n", "[]", "[ ", '["', "[\r")):
        return "json"
    if start.startswith("{"):
        return "jsonl" if _is_jsonl(start) else "json"
    headings = (line.strip().lstrip("#").strip(" *_") for line in text.splitlines() if len(line) < _LONGEST_HEADING)
    return "document" if any(role_of(line) == "references" for line in headings if line) else "lines"


def _is_record(text: str) -> bool:
    return '"record"' in text[:200] and '"review"' in text[:2000]


def _is_jsonl(text: str) -> bool:
    """Tell JSON lines from one object over several lines: its first line is no whole object."""
    first = text.split("\n", 1)[0].strip()
    return first != "{" and (first.endswith("}") or "\n" not in text.strip())


def parse_references(data: bytes, name: str, form: Form | None = None, *, first: int = 1) -> ReferenceList:
    r"""Read a list of references of any form but a document or record.

    ``name`` is used in messages; ``first`` is the number of the first line. Every line, object or entry gives exactly one
    reference, empty ones too, so that answers stand in the order of the input.
    Raises ``UsageError`` where the whole is not what its form says.

    >>> [r.text for r in parse_references(b"Liu T. 2017\n\nDoe J. 2001\n", "refs.txt").references]
    ['Liu T. 2017', '', 'Doe J. 2001']
    """
    form = form or form_of(data, name)
    text = decode_lines(data)
    if form in ("bibtex", "ris"):
        entries, broken = read_bibtex(text) if form == "bibtex" else read_ris(text)
        found = tuple(read_reference(entry, id=str(entry["id"])) for entry in entries)
        return ReferenceList(found, tuple(f"{name}: {reason}" for reason in broken), form, text)
    if form == "json":
        return _collect(enumerate(_objects(text, name), start=1), name, form, text)
    if form == "jsonl":
        rows = ((place, _loads(line)) for place, line in enumerate(_lines(text), start=first))
        return _collect(rows, name, form, text)
    lines = (_CONTROL.sub(" ", line) for line in _lines(text))
    found = tuple(Reference(id=str(place), unstructured=line) for place, line in enumerate(lines, start=first))
    return ReferenceList(found, (), "lines", text)


def _lines(text: str) -> list[str]:
    """Give the lines; only newlines end a line (control characters inside a reference do not), or returns where none is."""
    text = text.replace("\r\n", "\n")
    lines = text.split("\n") if "\n" in text else text.split("\r")
    return lines[:-1] if lines and not lines[-1] else lines


def _objects(text: str, name: str) -> list[object]:
    """Give the objects of an array, or of the list in an object such as a work of Crossref's with its references."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"not well-formed JSON: {error}", place=name, repair="correct it, or give one JSON object a line"
        ) from None
    if isinstance(value, Mapping) and isinstance(value.get("message"), Mapping):
        value = value["message"]
    if isinstance(value, Mapping):
        return next((value[key] for key in _LISTS if isinstance(value.get(key), list)), [value])
    return list(value) if isinstance(value, list) else [value]


def _loads(line: str) -> object:
    try:
        return json.loads(line) if line.strip() else {}
    except (ValueError, RecursionError) as error:
        return ValueError(str(error))


def _collect(rows: Iterable[tuple[int, object]], name: str, form: Form, text: str) -> ReferenceList:
    references: list[Reference] = []
    broken: list[str] = []
    for place, row in rows:
        if isinstance(row, Mapping):
            references.append(read_reference(_flat(row), id=str(place)))
        elif isinstance(row, str):
            references.append(Reference(id=str(place), unstructured=whole_text(row)))
        else:
            broken.append(f"{name}: line {place}: {row if isinstance(row, ValueError) else 'not an object'}")
            references.append(Reference(id=str(place)))
    return ReferenceList(tuple(references), tuple(broken), form, text)


def _flat(row: Mapping[str, object]) -> Mapping[str, object]:
    """Lift CSL-JSON's date out of its list."""
    issued = row.get("issued")
    if isinstance(issued, Mapping):
        parts = issued.get("date-parts")
        year = (
            parts[0][0]
            if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]
            else issued.get("raw")
        )
        return {**row, "issued": year}
    return row
