"""References from a file of any of the formats that ``alsu-kg link`` reads: txt, JSONL, JSON, BibTeX, RIS, CSL-JSON."""

import json
from collections.abc import Iterator, Mapping

from alsu_kg.model.errors import UsageError
from alsu_kg.model.reference import Reference
from alsu_kg.readers.bibtex import read_bibtex
from alsu_kg.readers.reference_fields import read_reference
from alsu_kg.readers.ris import read_ris


def parse_references(data: bytes, name: str) -> tuple[list[Reference], list[str]]:
    r"""Read references; the second list says what could not be read, and where. ``name`` is used in messages.

    Every line, object or entry gives exactly one reference, empty ones too, so that answers stand in the order of the input.

    >>> [r.text for r in parse_references(b"Liu T. 2017\n\nDoe J. 2001\n", "refs.txt")[0]]
    ['Liu T. 2017', '', 'Doe J. 2001']
    """
    text = decode(data)
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith(("@", "%")) and "{" in start[:2000]:
        entries, broken = read_bibtex(text)
        return [read_reference(entry, id=str(entry["id"])) for entry in entries], [
            f"{name}: {reason}" for reason in broken
        ]
    if start.startswith("TY  -"):
        entries, broken = read_ris(text)
        return [read_reference(entry, id=str(entry["id"])) for entry in entries], [
            f"{name}: {reason}" for reason in broken
        ]
    if start.startswith("["):
        return _read_array(text, name)
    if start.startswith("{"):
        return _read_lines(text, name)
    return [Reference(id=str(place), unstructured=line) for place, line in enumerate(_lines(text), start=1)], []


def decode(data: bytes) -> str:
    """Decode UTF-8, or what is left of it as Windows-1252: a wrong encoding costs letters, not the batch.

    >>> decode("Müller".encode("latin-1"))
    'Müller'
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str) -> list[str]:
    """Give the lines; only newlines end a line (control characters inside a reference do not)."""
    lines = text.replace("\r\n", "\n").split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def _read_array(text: str, name: str) -> tuple[list[Reference], list[str]]:
    try:
        rows = json.loads(text)
    except ValueError as error:
        raise UsageError(
            f"not well-formed JSON: {error}", place=name, repair="correct it, or give one JSON object a line"
        ) from None
    return _collect(enumerate(rows, start=1), name)


def _read_lines(text: str, name: str) -> tuple[list[Reference], list[str]]:
    return _collect(((place, _loads(line)) for place, line in enumerate(_lines(text), start=1)), name)


def _loads(line: str) -> object:
    try:
        return json.loads(line) if line.strip() else {}
    except ValueError as error:
        return error


def _collect(rows: Iterator[tuple[int, object]], name: str) -> tuple[list[Reference], list[str]]:
    references: list[Reference] = []
    broken: list[str] = []
    for place, row in rows:
        if isinstance(row, Mapping):
            references.append(read_reference(_flat(row), id=str(place)))
        elif isinstance(row, str):
            references.append(Reference(id=str(place), unstructured=row))
        else:
            broken.append(f"{name}: line {place}: {row if isinstance(row, ValueError) else 'not an object'}")
            references.append(Reference(id=str(place)))
    return references, broken


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
