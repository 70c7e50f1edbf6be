"""Exports with a tag before each line: of PubMed (``PMID- 1``, ``TI  - …``) and of EndNote (``%T …``, the Refer format)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

Tagging = Literal["pubmed", "refer"]
# Tags by field, the better first (NLM: MEDLINE/PubMed Data Element Descriptions; EndNote: Tagged Import Format).
_TAGS: Final[Mapping[Tagging, Mapping[str, tuple[str, ...]]]] = {
    "pubmed": {
        "title": ("TI", "BTI"), "container": ("JT", "TA"), "year": ("DP",), "volume": ("VI",), "issue": ("IP",), "pages": ("PG",),
        "authors": ("FAU", "AU", "CN"), "pmid": ("PMID",), "pmcid": ("PMC",), "kind": ("PT",), "doi": ("LID", "AID"),
    },
    "refer": {
        "title": ("T",), "container": ("J", "B"), "year": ("D",), "volume": ("V",), "issue": ("N",), "pages": ("P",),
        "authors": ("A", "E"), "kind": ("0",), "doi": ("R",), "url": ("U",), "accessed": ("[",),
    },
}  # fmt: skip
_LINE: Final[Mapping[Tagging, re.Pattern[str]]] = {
    "pubmed": re.compile(r"(?P<tag>[A-Z]{2,4}) {0,2}- (?P<value>.*)"),
    "refer": re.compile(r"%(?P<tag>[0-9A-Z@!&~<>\[\]+^?])[ \t](?P<value>.*)"),
}
_FIRST: Final[Mapping[Tagging, re.Pattern[str]]] = {
    "pubmed": re.compile(r"^PMID- ?\d", re.MULTILINE),
    "refer": re.compile(r"^%0 \S", re.MULTILINE),
}
_DOI = " [doi]"


class Tagged(NamedTuple):
    """The flat fields of a record and the raw characters it stands in."""

    fields: Mapping[str, object]
    start: int
    end: int


def tagging_of(start: str) -> Tagging | None:
    r"""Say which of the two forms a text that starts so has.

    >>> tagging_of("PMID- 12\nOWN - NLM"), tagging_of("%0 Journal Article\n%T One"), tagging_of("PMID: 12")
    ('pubmed', 'refer', None)
    """
    return next((form for form in _FIRST if _FIRST[form].match(start)), None)


def read_tagged(raw: str, form: Tagging) -> Iterator[Tagged]:
    r"""Read the records; a line without a tag goes on with the one above it.

    >>> raw = "PMID- 12\nTI  - One thing\n      and more.\nFAU - Ay, Bea\nLID - 10.1/x [doi]\nPG  - 2-5\n"
    >>> [dict(record.fields) for record in read_tagged(raw, "pubmed")][0]["title"]
    'One thing and more'
    """
    starts = [match.start() for match in _FIRST[form].finditer(raw)]
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        printed = raw[start:end].rstrip()
        yield Tagged(_fields(_values(printed, form), form), start, start + len(printed))


def _values(record: str, form: Tagging) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    tag = ""
    for line in record.splitlines():
        match = _LINE[form].match(line)
        if match is not None:
            tag = match["tag"]
            found[tag].append(match["value"].strip())
        elif tag and line.strip():
            found[tag][-1] += f" {line.strip()}"
    return found


def _fields(values: Mapping[str, Sequence[str]], form: Tagging) -> dict[str, object]:
    fields: dict[str, object] = {}
    for field, tags in _TAGS[form].items():
        printed = next((values[tag] for tag in tags if values.get(tag)), ())
        if form == "pubmed" and field == "doi":
            marked = [value for tag in tags for value in values.get(tag, ()) if value.endswith(_DOI)]
            printed = [value.removesuffix(_DOI) for value in marked]
        if printed:
            fields[field] = list(printed) if field == "authors" else printed[0]
    if form == "pubmed" and isinstance(title := fields.get("title"), str):
        fields["title"] = title.removesuffix(".")  # which PubMed sets behind every title
    return fields
