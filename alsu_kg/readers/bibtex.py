"""BibTeX and RIS text to flat fields, one mapping per entry, and the entries that could not be read."""

import logging
from collections.abc import Mapping
from typing import Final

import rispy
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry

Fields = dict[str, object]

_BIBTEX_NAMES: Final[Mapping[str, str]] = {
    "journal": "container",
    "journaltitle": "container",
    "booktitle": "container",
    "number": "issue",
    "pages": "first_page",
    "date": "year",
}
_RIS_NAMES: Final[Mapping[str, str]] = {
    "primary_title": "title",
    "journal_name": "container",
    "alternate_title1": "short_container",
    "alternate_title2": "short_container",
    "alternate_title3": "short_container",
    "secondary_title": "container",
    "number": "issue",
    "start_page": "first_page",
    "publication_year": "year",
    "first_authors": "authors",
    "accession_number": "pmid",
    "urls": "url",
}


def read_bibtex(text: str) -> tuple[list[Fields], list[str]]:
    r"""Read BibTeX: entries as fields (LaTeX letters decoded), and for each broken entry the reason with its line.

    >>> read_bibtex('@article{k, title={The M{\\"u}ller cell}, author={Doe, A and B. Roe}, pages={12--15}}')[0][0]["title"]
    'The Müller cell'
    """
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    steps = [middlewares.LatexDecodingMiddleware(), middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = parse_string(text, append_middleware=steps)
    entries = [_bibtex_fields(entry) for entry in library.entries]
    broken = [f"line {(block.start_line or 0) + 1}: {block.error}" for block in library.failed_blocks]
    return entries, broken


def _bibtex_fields(entry: Entry) -> Fields:
    fields: Fields = {"id": entry.key}
    for field in entry.fields:
        key = field.key.lower()
        if key in ("author", "editor"):
            if key == "author" or "authors" not in fields:
                fields["authors"] = [(" ".join([*name.von, *name.last]), " ".join(name.first)) for name in field.value]
        else:
            fields[_BIBTEX_NAMES.get(key, key)] = str(field.value).replace("{", "").replace("}", "").replace("$", "")
    return fields


def read_ris(text: str) -> tuple[list[Fields], list[str]]:
    r"""Read RIS: entries as fields, and the reason if the file stops making sense.

    >>> read_ris("TY  - JOUR\nAU  - Liu, T\nTI  - A title\nPY  - 2017/01/02\nSP  - 12\nER  - \n")[0][0]["first_page"]
    '12'
    """
    try:
        entries = rispy.loads(text, skip_unknown_tags=False)
    except (rispy.parser.ParseError, OSError, ValueError, KeyError) as error:
        return [], [str(error)]
    return [_ris_fields(entry, place) for place, entry in enumerate(entries, start=1)], []


def _ris_fields(entry: Mapping[str, object], place: int) -> Fields:
    fields: Fields = {}
    for key, value in entry.items():
        name = _RIS_NAMES.get(key, key)
        if name not in fields and value:
            fields[name] = value
    fields.setdefault("id", f"ris-{place}")
    fields["authors"] = [_split(name) for name in _names(fields.get("authors"))]
    return fields


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def _split(name: str) -> tuple[str, str]:
    family, _, given = name.partition(",")
    return family.strip(), given.strip()
