"""Files that hold nothing but references (BibTeX, RIS, CSL-JSON, EndNote XML) -> references with their places.

An entry that cannot be read stays a reference with its raw text and the reason in its note, so that nothing is lost.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, NamedTuple

from alsu_kg.model.dates import parse_date
from alsu_kg.model.document import TaggedReference
from alsu_kg.model.errors import WorkError
from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.review import Place, Reference, ReferenceKind
from alsu_kg.readers.bibtex import parse_bibtex, read_bibtex
from alsu_kg.readers.markup import Node
from alsu_kg.readers.ris import read_ris
from alsu_kg.readers.tagged_exports import read_tagged, tagging_of
from alsu_kg.readers.xml_tree import parse_elements

FileForm = Literal["bibtex", "ris", "csl-json", "endnote", "pubmed", "refer"]
_BIBTEX = re.compile(r"(?:%[^\n]*\n|\s)*+@[A-Za-z]{3,20}\s*[{(]")
# Programs may write some lines on themselves before the first entry.
_BIBTEX_BELOW = re.compile(
    r"(?:[^@<{}\n]{0,200}\n){1,12}@[A-Za-z]{3,20}\s*[{(]\s*(?:[^\s,{}()=]*\s*,\s*)?[\w-]+\s*=\s*[{\"\w]"
)
_ANSWER = re.compile(r"\{[^\[\]]{0,2000}?\"items\"\s*:\s*\[\s*\{")  # works as Crossref answers them
_RIS_RECORD = re.compile(r"^TY  ?- ?.*?(?:^ER  ?-[^\n]*|(?=^TY  ?-)|\Z)", re.MULTILINE | re.DOTALL)
_ENDNOTE = re.compile(r"<records>\s*<record\b")
_LISTS: Final = ("items", "references", "records")
_KINDS: Final[Mapping[str, ReferenceKind]] = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "journal article": "article",
    "jour": "article", "article": "article", "mgzn": "article", "electronic article": "article", "review": "article",
    "book": "book", "edited book": "book", "chapter": "book-chapter", "inbook": "book-chapter", "incollection": "book-chapter",
    "book section": "book-chapter", "webpage": "web-page", "web page": "web-page", "online": "web-page", "post": "web-page",
    "post-weblog": "web-page", "blog": "web-page", "elec": "web-page", "report": "report", "rprt": "report", "techreport": "report",
    "preprint": "preprint", "unpb": "preprint",
}  # fmt: skip


class _Entry(NamedTuple):
    """One entry: its flat fields, the raw characters it stands in, and why it could not be read, if it could not."""

    fields: Mapping[str, object]
    start: int
    end: int
    problem: str = ""


def reference_file_form(raw: str) -> FileForm | None:
    r"""Say which kind of reference file ``raw`` is, or ``None`` if it is something else.

    >>> [reference_file_form(t) for t in ("% x\n@article{k,", "TY  - JOUR\n", '[{"type": "book"}]', "<p>")]
    ['bibtex', 'ris', 'csl-json', None]
    """
    start = raw[:5000].lstrip("\ufeff \t\r\n")
    if (tagging := tagging_of(start)) is not None:
        return tagging
    if (start.startswith(("@", "%")) and _BIBTEX.match(raw)) or ("\n@" in start and _BIBTEX_BELOW.match(start)):
        return "bibtex"
    if re.match(r"TY  ?- ?", start):
        return "ris"
    if re.match(r"\[\s*(?:\{|\]\s*$)", start) or re.match(r"\{\s*\"(?:items|references|records)\"\s*:\s*\[", start):
        return "csl-json"
    if start.startswith("{") and _ANSWER.match(start):
        return "csl-json"
    if (
        start.startswith("{")
        and re.match(r"\{[^{}]{0,3000}\"(?:type|title|DOI)\"\s*:", start)
        and '"record"' not in start
    ):
        return "csl-json"
    return "endnote" if start.startswith("<") and _ENDNOTE.search(raw[:20000]) else None


def read_reference_file(raw: str, form: FileForm) -> tuple[TaggedReference, ...]:
    r"""Read every entry of a reference file, in its order, numbered from 1.

    Raises ``WorkError`` where the whole is not what its form says.

    >>> found = read_reference_file('[{"type": "article-journal", "title": "One", "issued": {"date-parts": [[2001]]}}]', "csl-json")
    >>> [(r.fields.number, r.fields.title, r.fields.year, r.fields.raw_place.start) for r in found]
    [(1, 'One', 2001, 1)]
    """
    if form in ("pubmed", "refer"):
        return tuple(_reference(raw, _Entry(*item), i) for i, item in enumerate(read_tagged(raw, form), 1))
    read = {"bibtex": _bibtex, "ris": _ris, "csl-json": _csl_json, "endnote": _endnote}[form]
    return tuple(_reference(raw, entry, number) for number, entry in enumerate(read(raw), 1))


def _bibtex(raw: str) -> Iterator[_Entry]:
    entries, broken = parse_bibtex(raw)
    flat, _ = read_bibtex(raw)
    lines = [0, *(match.end() for match in re.finditer("\n", raw))]
    found: list[_Entry] = []
    for entry, fields in zip(entries, flat, strict=True):
        printed = entry.raw.strip()
        start = raw.find(printed, lines[min(entry.line, len(lines)) - 1])
        found.append(_Entry(fields, start, start + len(printed)) if start >= 0 else _Entry(fields, 0, len(raw)))
    for reason in broken:
        line, _, what = reason.partition(": ")
        number = re.search(r"\d+", line)
        start = lines[min(int(number[0]), len(lines)) - 1] if number else 0
        following = re.compile(r"^@", re.MULTILINE).search(raw, start + 1)
        end = following.start() if following else len(raw)
        found.append(_Entry({}, start, start + len(raw[start:end].rstrip()), what.strip() or "no whole BibTeX entry"))
    yield from sorted(found, key=lambda entry: entry.start)


def _ris(raw: str) -> Iterator[_Entry]:
    for match in _RIS_RECORD.finditer(raw):
        printed = match[0].rstrip()
        record = re.sub(r"^([A-Z][A-Z0-9]) - ", r"\1  - ", printed, flags=re.MULTILINE)
        whole = record if re.search(r"^ER  -", record, re.MULTILINE) else f"{record}\nER  - "
        records, broken = read_ris(f"{whole}\n")
        fields = records[0] if records else {}
        problem = "" if records else (broken[0] if broken else "no RIS record")
        yield _Entry(fields, match.start(), match.start() + len(printed), problem)


def _csl_json(raw: str) -> Iterator[_Entry]:
    """Read the objects of an array one by one, so that each has its place; of JSON lines, one a line."""
    decoder = json.JSONDecoder()
    outer = re.match(
        r"\s*\{\s*\"(?:items|references|records)\"\s*:\s*\[|\s*\[|\s*\{[^\[\]]{0,2000}?\"items\"\s*:\s*\[", raw
    )
    position = outer.end() if outer else 0
    while True:
        gap = re.compile(r"[\s,]*").match(raw, position)
        position = gap.end() if gap else position
        if position >= len(raw) or raw[position] in "]}":
            return
        try:
            value, end = decoder.raw_decode(raw, position)
        except (ValueError, RecursionError) as error:
            place = f"line {raw.count(chr(10), 0, position) + 1}"
            raise WorkError(
                f"it is not well-formed JSON: {error}", place=place, repair="correct it there, or export it again"
            ) from None
        fields = _flat_csl(value) if isinstance(value, dict) else {}
        yield _Entry(fields, position, end, "" if isinstance(value, dict) else "no object with fields")
        position = end


def _flat_csl(item: Mapping[str, object]) -> dict[str, object]:
    names = {
        "type": "kind", "container-title": "container", "page": "pages", "DOI": "doi", "PMID": "pmid", "PMCID": "pmcid",
        "URL": "url", "number": "article_number",
    }  # fmt: skip
    fields: dict[str, object] = {names.get(key, key): value for key, value in item.items()}
    people = item.get("author") or item.get("editor") or ()
    fields["authors"] = [_csl_name(name) for name in people if name] if isinstance(people, list) else _text(people)
    fields["year"], fields["accessed"] = _csl_date(item.get("issued")), _csl_date(item.get("accessed"))
    return fields


def _csl_name(name: object) -> str:
    if not isinstance(name, Mapping):
        return str(name)
    parts = (name.get("non-dropping-particle"), name.get("family"), name.get("given"), name.get("suffix"))
    return " ".join(str(part) for part in parts if part) or str(name.get("literal") or "")


def _csl_date(value: object) -> str:
    """Write a CSL date variable (CSL-JSON schema, ``date-variable``) as year, month and day as far as known."""
    if not isinstance(value, Mapping):
        return str(value or "")
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return "-".join(f"{int(p):02}" for p in parts[0][:3] if str(p).isdigit() and len(str(p)) < 5)
    return str(value.get("raw") or value.get("literal") or "")


def _endnote(raw: str) -> Iterator[_Entry]:
    """Read the records of EndNote's XML export (its element names; text stands in ``style`` elements)."""
    for record in parse_elements(raw)[1].get("record", ()):
        below = record.by_tag()
        fields: dict[str, object] = {
            name: words for name, tags in _ENDNOTE_FIELDS for tag in tags if (words := _words(below, tag))
        }
        kind = below["ref-type"][0].get("name") if "ref-type" in below else ""
        groups = below.get("authors") or below.get("secondary-authors") or []
        fields |= {"kind": kind, "authors": [node.words() for node in (groups[0].iter("author") if groups else ())]}
        urls = [url.words() for urls in below.get("related-urls", ()) for url in urls.iter("url")]
        fields |= {"url": urls[0]} if urls else {}
        if "pubmed" not in _words(below, "remote-database-name").lower() and "ncbi" not in " ".join(urls):
            fields.pop("pmid", None)
        yield _Entry(fields, record.start, record.end + len("</record>"))


# Later tags win: the full title of a periodical over its abbreviation.
_ENDNOTE_FIELDS: Final = (
    ("title", ("title",)), ("container", ("abbr-1", "secondary-title", "full-title")), ("year", ("year",)),
    ("volume", ("volume",)), ("issue", ("number",)), ("pages", ("pages",)), ("doi", ("electronic-resource-num",)),
    ("pmid", ("accession-num",)), ("pmcid", ("custom2",)), ("accessed", ("access-date",)),
)  # fmt: skip


def _words(below: Mapping[str, list[Node]], tag: str) -> str:
    return below[tag][0].words() if tag in below else ""


def _reference(raw: str, entry: _Entry, number: int) -> TaggedReference:
    fields = {"accessed": entry.fields.get("access_date"), **entry.fields}
    first, last = _pages(fields)
    kind = _text(fields.get("kind")).lower()
    year = re.search(r"(?<!\d)[12]\d{3}(?!\d)", _text(fields.get("year")))
    url = _text(fields.get("url"))
    doi = normalise_doi(_text(fields.get("doi"))) or (normalise_doi(url) if "doi.org/" in url else None)
    reference = Reference(
        number=number,
        raw_place=Place(section="References", start=entry.start, end=entry.end),
        kind=_KINDS.get(kind, "other" if kind else "unknown"),
        authors=_authors(fields.get("authors")),
        title=_text(fields.get("title")) or None,
        container=_text(fields.get("container") or fields.get("short_container")) or None,
        year=int(year[0]) if year else None,
        volume=_text(fields.get("volume")) or None,
        issue=_text(fields.get("issue")) or None,
        first_page=first,
        last_page=last,
        doi=doi,
        pmid=normalise_pmid(_text(fields.get("pmid"))),
        pmcid=normalise_pmcid(_text(fields.get("pmcid"))),
        url=url if url.startswith(("http://", "https://", "ftp://")) else None,
        accessed=parse_date(_text(fields.get("accessed")).strip("/")),
        note=f"could not be read: {entry.problem}" if entry.problem else None,
    )
    return TaggedReference((), raw[entry.start : entry.end], reference)


def _pages(fields: Mapping[str, object]) -> tuple[str | None, str | None]:
    printed = _text(fields.get("pages") or fields.get("first_page"))
    first, _, last = re.sub(r"\s*(?:-{1,3}|–|—)\s*", "-", printed, count=1).partition("-")
    ended = (_text(fields.get("end_page")) or last).strip()
    if ended.isdecimal() and first.strip().isdecimal() and len(ended) < len(first.strip()):
        ended = first.strip()[: -len(ended)] + ended  # 101-9
    number = _text(fields.get("article_number") or fields.get("eid"))
    return first.strip() or number or None, ended or None


def _authors(value: object) -> tuple[str, ...]:
    names = value if isinstance(value, list | tuple) else [value] if isinstance(value, str) else []
    told = [" ".join(str(part) for part in name) if isinstance(name, tuple) else str(name) for name in names]
    return tuple(" ".join(name.replace(",", " ").split()) for name in told if name.strip(" ,"))


def _text(value: object) -> str:
    """Give a value as one line; of a list its first item. Control characters and numbers without end are no text."""
    if isinstance(value, list | tuple):
        return _text(value[0]) if value else ""
    if value is None or isinstance(value, bool | Mapping) or value in (float("inf"), float("-inf")) or value != value:
        return ""
    return " ".join(re.sub(r"[\x00-\x1f\x7f]", " ", str(value)).split())
