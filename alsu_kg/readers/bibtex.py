"""BibTeX read: to flat fields for the linker and the index, and to a ``Work`` for the resolver.

``bibtexparser`` splits the text into entries, ``pylatexenc`` decodes LaTeX. An entry whose key occurred before is an entry
all the same; one that cannot be read is reported with its line, and the rest goes on.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Block, DuplicateBlockKeyBlock, Entry
from pylatexenc.latex2text import LatexNodes2Text

from alsu_kg.model.dates import edtf, month_number
from alsu_kg.model.identifier import normalise_doi, normalise_issn
from alsu_kg.model.work import Name, Work

Fields = dict[str, object]

_NAMES: Final[Mapping[str, str]] = {
    "journal": "container",
    "journaltitle": "container",
    "booktitle": "container",
    "number": "issue",
    "pages": "first_page",
    "date": "year",
}
_TYPE_OF: Final = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "inbook": "chapter",
    "incollection": "chapter",
    "book": "book",
    "phdthesis": "thesis",
    "techreport": "report",
    "misc": "document",
}
_UNTOLD: Final = "no whole entry; a brace, quote or comma may be missing"
_LATEX: Final = re.compile(r"[\\{}$~]")


@dataclass(frozen=True, slots=True)
class BibtexEntry:
    """One entry: key, type and fields in lower case with values as written; ``raw`` and ``line`` are its text and place."""

    key: str
    kind: str
    fields: Mapping[str, str]
    raw: str
    line: int


def parse_bibtex(text: str) -> tuple[list[BibtexEntry], list[str]]:
    """Split BibTeX into entries, and give for each that cannot be read its line and the reason.

    >>> entries, broken = parse_bibtex("@misc{k, title={A}} @misc{k, title={B}} @misc{bad")
    >>> [entry.fields["title"] for entry in entries], len(broken)
    (['A', 'B'], 1)
    """
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    library = parse_string(text)
    entries: list[BibtexEntry] = []
    broken: list[str] = []
    for block in library.blocks:
        entry = _entry_of(block)
        if entry is not None:
            fields = _fields_of(entry, is_bare=not isinstance(block, DuplicateBlockKeyBlock))
            line = (block.start_line or 0) + 1
            entries.append(BibtexEntry(entry.key, entry.entry_type.lower(), fields, block.raw or "", line))
    broken = [
        f"line {(block.start_line or 0) + 1}: {' '.join(str(block.error).split()) or _UNTOLD}"
        for block in library.failed_blocks
        if _entry_of(block) is None
    ]
    return entries, broken


def _entry_of(block: Block) -> Entry | None:
    if isinstance(block, DuplicateBlockKeyBlock) and isinstance(block.ignore_error_block, Entry):
        return block.ignore_error_block
    return block if isinstance(block, Entry) else None


def _fields_of(entry: Entry, *, is_bare: bool) -> dict[str, str]:
    """Give the values of an entry; a repeated one still has its braces, because the library has not looked into it."""
    values = {field.key.lower(): str(field.value).strip() for field in entry.fields}
    if is_bare:
        return values
    return {key: v[1:-1] if v[:1] + v[-1:] in ("{}", '""') else v for key, v in values.items()}


def read_bibtex(text: str) -> tuple[list[Fields], list[str]]:
    r"""Read BibTeX: entries as flat fields (LaTeX decoded), and for each broken entry the reason with its line.

    >>> read_bibtex('@article{k, title={The M{\\"u}ller cell}, author={Doe, A and B. Roe}, pages={12--15}}')[0][0]["title"]
    'The Müller cell'
    """
    entries, broken = parse_bibtex(text)
    return [_flat(entry) for entry in entries], broken


def _flat(entry: BibtexEntry) -> Fields:
    fields: Fields = {"id": entry.key, "kind": _TYPE_OF.get(entry.kind, entry.kind)}
    people = entry.fields.get("author") or entry.fields.get("editor")
    if people:
        fields["authors"] = [(name.family or name.literal or "", name.given or "") for name in _names(people)]
    for key, value in entry.fields.items():
        if key not in ("author", "editor"):
            fields.setdefault(_NAMES.get(key, key), value if key in ("doi", "url") else _decoded(value))
    return fields


def read_bibtex_entry(text: str) -> Work | None:
    r"""Give the work of the first entry in ``text``, or ``None`` if there is none.

    >>> work = read_bibtex_entry(' @article{2023, title={M{\\"u}ller \\& Co}, DOI={10.1000/A}, year={2023}, month=jun }')
    >>> work.title, work.doi, work.issued
    ('Müller & Co', '10.1000/a', '2023-06')
    """
    entries, _ = parse_bibtex(text)
    if not entries:
        return None
    fields, kind = entries[0].fields, entries[0].kind
    get = {key: _decoded(value) for key, value in fields.items()}
    pages = re.sub(r"\s*(?:--|–|—)\s*", "-", get.get("pages", ""))
    first, _, last = pages.partition("-")
    year = get.get("year", "")
    issn = normalise_issn(get.get("issn", ""))
    return Work(
        doi=normalise_doi(fields.get("doi", "")),
        type=_TYPE_OF.get(kind, "document"),
        index_type=kind,
        title=get.get("title") or None,
        title_raw=fields.get("title"),
        authors=_names(fields.get("author", "")),
        editors=_names(fields.get("editor", "")),
        container=get.get("journal") or get.get("booktitle") or None,
        publisher=get.get("publisher") or get.get("school") or get.get("institution") or None,
        volume=get.get("volume") or None,
        issue=get.get("number", "").replace("–", "-") or None,
        page=(first if not last or last == first else pages) or None,
        issued=edtf((int(year), month_number(get.get("month")))) if year.isdecimal() else None,
        issn=(issn,) if issn else (),
        article_number=get.get("eid") or None,
    )


def _decoded(value: str) -> str:
    text = LatexNodes2Text(strict_latex_spaces=True).latex_to_text(value) if _LATEX.search(value) else value
    return re.sub(r"(?<=[(\[])\s+|\s+(?=[)\]])", "", " ".join(text.split()))


def _names(text: str) -> tuple[Name, ...]:
    """Split names as BibTeX does (Patashnik, BibTeXing, 1988, section 4): *von* belongs to the family name.

    >>> [name.text for name in _names("van der Berg, J. and {World Health Organization} and King, Jr, M L")]
    ['J. van der Berg', 'World Health Organization', 'M L King Jr']
    """
    return tuple(_name(person) for person in split_multiple_persons_names(text)) if text.strip() else ()


def _name(person: str) -> Name:
    parts = parse_single_name_into_parts(person, strict=False)
    family = _decoded(" ".join([*parts.von, *parts.last]))
    given, suffix = _decoded(" ".join(parts.first)), _decoded(" ".join(parts.jr))
    return Name(family=family, given=given, suffix=suffix or None) if given else Name(literal=family)
