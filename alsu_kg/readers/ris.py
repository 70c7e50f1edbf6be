"""RIS read to flat fields, one mapping per record, and identifiers filled into a file that is otherwise left as it is."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

import rispy

Fields = dict[str, object]

_NAMES: Final[Mapping[str, str]] = {
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
    "urls": "url",
}
_KINDS: Final = {
    "JOUR": "article-journal",
    "BOOK": "book",
    "CHAP": "chapter",
    "ELEC": "webpage",
    "CONF": "paper-conference",
}
_RECORD: Final = re.compile(r"^TY  -.*?^ER  -[^\n]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_TAGS: Final = {"doi": "DO", "pmid": "AN"}


def read_ris(text: str) -> tuple[list[Fields], list[str]]:
    r"""Read RIS: records as fields, and the reason if the file stops making sense.

    >>> read_ris("TY  - JOUR\nAU  - Liu, T\nTI  - A title\nPY  - 2017/01/02\nSP  - 12\nER  - \n")[0][0]["first_page"]
    '12'
    """
    try:
        entries = rispy.loads(text.lstrip("\ufeff"), skip_unknown_tags=False)
    except (rispy.parser.ParseError, OSError, ValueError, KeyError) as error:
        return [], [str(error)]
    return [_fields(entry, place) for place, entry in enumerate(entries, start=1)], []


def _fields(entry: Mapping[str, object], place: int) -> Fields:
    fields: Fields = {}
    for key, value in entry.items():
        name = _NAMES.get(key, key)
        if name not in fields and value:
            fields[name] = value
    fields.setdefault("id", f"ris-{place}")
    kind = str(entry.get("type_of_reference", ""))
    fields["kind"] = _KINDS.get(kind, kind.lower())
    number = str(entry.get("accession_number", ""))
    if number.isdecimal() and len(number) <= len("12345678"):
        fields.setdefault("pmid", number)
    fields["authors"] = [_split(name) for name in _texts(fields.get("authors"))]
    return fields


def _texts(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []


def _split(name: str) -> tuple[str, str]:
    family, _, given = name.partition(",")
    return family.strip(), given.strip()


def fill_ris(text: str, added: Sequence[Mapping[str, str]]) -> str | None:
    r"""Add ``doi`` and ``pmid`` to the records of ``text`` that lack them; every other character stays as it is.

    ``None`` if the records of the text are not as many as ``added``: then nobody can say which is which.

    >>> fill_ris("TY  - JOUR\nTI  - A\nER  - \n", [{"doi": "10.1/a", "pmid": ""}])
    'TY  - JOUR\nTI  - A\nDO  - 10.1/a\nER  - \n'
    """
    if len(_RECORD.findall(text)) != len(added):
        return None
    waiting = iter(added)

    def fill(record: re.Match[str]) -> str:
        fields, raw = next(waiting, {}), record.group()
        lines = [
            f"{_TAGS[name]}  - {value}"
            for name, value in fields.items()
            if value and not re.search(rf"^{_TAGS[name]}  -[^\n]*\S", raw, re.MULTILINE)
        ]
        newline = "\r\n" if "\r\n" in raw else "\n"
        head, end = raw[: raw.rindex("ER  -")], raw[raw.rindex("ER  -") :]
        return head + "".join(line + newline for line in lines) + end

    return _RECORD.sub(fill, text)
