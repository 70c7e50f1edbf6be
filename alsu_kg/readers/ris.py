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
_TAG: Final = re.compile(r"(?!ER)[A-Z][A-Z0-9]  - ")
_NARROW: Final = re.compile(r"^([A-Z][A-Z0-9]) {1,2}-(?: |$)")
_TAGS: Final = {"doi": "DO", "pmid": "AN"}


def read_ris(text: str) -> tuple[list[Fields], list[str]]:
    r"""Read RIS: records as fields, and for each that cannot be read its line and the reason.

    A record ends where the next begins, also if its last line (``ER``) is missing.

    >>> read_ris("TY  - JOUR\nAU  - Liu, T\nTI  - A title\nPY  - 2017/01/02\nSP  - 12\nER  - \n")[0][0]["first_page"]
    '12'
    >>> entries, broken = read_ris("TY  - JOUR\nTI  - A\nTY  - JOUR\nTI  - B\nER  - \nTI  - C\nTY  - BOOK\nTI  - D")
    >>> [entry["title"] for entry in entries], broken
    (['A', 'B', 'D'], ['line 6: stands in no record: no line TY before it'])
    """
    records, broken = _split_records(text)
    entries = _parse("".join(record for _, record in records))
    if entries is None or len(entries) != len(records):
        entries = []
        for line, record in records:
            found = _parse(record)
            entries += found or []
            if not found:
                broken.append(f"line {line}: is no record of RIS")
    return [_fields(entry, place) for place, entry in enumerate(entries, start=1)], broken


def _parse(text: str) -> list[Mapping[str, object]] | None:
    try:
        return list(rispy.loads(text, skip_unknown_tags=False))
    except (rispy.parser.ParseError, OSError, ValueError, KeyError):
        return None


def _split_records(text: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Cut a text into records that end as they should, each with the number of its first line."""
    records: list[tuple[int, list[str]]] = []
    broken: list[str] = []
    is_open = False
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text.lstrip("\ufeff")), start=1):
        line = _NARROW.sub(r"\1  - ", raw)
        if line.startswith("TY  - "):
            records.append((number, []))
            is_open = True
        elif not is_open:
            if _TAG.match(line):
                broken.append(f"line {number}: stands in no record: no line TY before it")
            continue
        if line.startswith("ER  -"):
            is_open = False
        else:
            records[-1][1].append(line)
    return [(number, "\n".join([*lines, "ER  - ", "", ""])) for number, lines in records], broken


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
