"""One record of a bibliographic dump, whatever its dialect, to a Candidate.

Dialects: Crossref REST and public data files (``title`` is a list), OpenAlex (``id`` is an OpenAlex address), CSL-JSON
(``container-title`` is text) and this project's own rows (``id, doi, pmid, title, authors, year, container,
short_container, volume, issue, first_page``).
"""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from alsu_kg.model.candidate import Candidate
from alsu_kg.model.identifier import normalise_doi, normalise_pmid

Json = Mapping[str, object]
OPENALEX: Final = "https://openalex.org/"
"""How the ids of OpenAlex begin."""

FIELDS: Final = ("id", "doi", "pmid", "title", "date", "volume", "container", "short", "issue", "page")
"""What is told of a record besides authors and kind, in this order; ``page`` may be a range, ``date`` any text with a year."""

_FIRST_PAGE: Final = re.compile(r"^\s*([^\s,;–—-]+)")
_YEAR: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")


class NotAWorkError(ValueError):
    """The record is not one of a work: the message says why."""


def read_record(record: object) -> Candidate:
    """Read one record of any of the dialects; raises ``NotAWorkError`` with the reason if it is none.

    >>> read_record({"DOI": "10.1000/X", "title": ["A"], "issued": {"date-parts": [[2001]]}, "page": "5-9"}).first_page
    '5'
    """
    if not isinstance(record, Mapping):
        raise NotAWorkError(f"a record is an object, not {type(record).__name__}")
    if str(record.get("id", "")).startswith(OPENALEX):
        return _from_openalex(record)
    if "authors" in record or "first_page" in record or "container" in record or "short_container" in record:
        return _from_row(record)
    if "DOI" in record or "container-title" in record or "issued" in record or "author" in record:
        return _from_csl(record)
    if "title" in record:
        return _from_row(record)
    raise NotAWorkError(f"no field of a work: {', '.join(map(str, list(record)[:5])) or 'empty object'}")


def make_candidate(fields: Mapping[str, str], authors: Iterable[tuple[str, str]], kind: str = "") -> Candidate:
    """Make a Candidate of texts: identifiers canonical, year a number, first page of a range; ``NotAWorkError`` if bare.

    >>> make_candidate({"title": "A", "page": "12-15", "date": "2001 Jan", "doi": "10.1000/A"}, []).id
    '10.1000/a'
    """
    return candidate_of([*(fields.get(name, "") for name in FIELDS), kind], authors)


def candidate_of(texts: Sequence[str], authors: Iterable[tuple[str, str]]) -> Candidate:
    """Make a Candidate of the texts of ``FIELDS`` and its kind.

    >>> candidate_of(["", "10.1000/A", "", "A &amp;  B", "2001 Jan", "", "", "", "", "12-15", ""], [("Doe ", "J")]).title
    'A & B'
    """
    key, doi, pmid, title, date, volume, container, short, issue, page, kind = texts
    if doi:
        doi = normalise_doi(doi) or ""
    if pmid:
        pmid = normalise_pmid(pmid) or ""
    if not key:
        key = doi or (f"pmid:{pmid}" if pmid else "")
    if "&" in title or "  " in title or not title.isprintable():
        title = " ".join(html.unescape(title).split())
    if not title and not container:
        raise NotAWorkError("neither title nor container")
    if not key:
        raise NotAWorkError("no id, DOI or PMID")
    if "&" in container:
        container = html.unescape(container)
    if "&" in short:
        short = html.unescape(short)
    return Candidate(
        id=key, title=title, authors=_clean_names(tuple(authors)), year=_year(date) if date else None, container=container,
        short_container=short, volume=volume, issue=issue, first_page=page if page.isalnum() else _first_page(page),
        doi=doi, pmid=pmid, kind=kind,
    )  # fmt: skip


def _clean_names(names: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Give names without outer blanks and empty ones; most are given as they are."""
    for family, given in names:
        if not family or family.strip() is not family or given.strip() is not given:
            return tuple([(name, given.strip()) for family, given in names if (name := family.strip())])
    return names


@lru_cache(maxsize=10_000)
def _year(date: str) -> int | None:
    found = _YEAR.search(date)
    return int(found[1]) if found else None


def _first_page(pages: str) -> str:
    found = _FIRST_PAGE.match(pages)
    return found[1] if found else ""


def _from_row(record: Json) -> Candidate:
    names = [_pair(name) for name in _list(record.get("authors"))]
    fields = {
        "id": _text(record.get("id")), "doi": _text(record.get("doi")), "pmid": _text(record.get("pmid")),
        "title": _text(record.get("title")), "date": _text(record.get("year")), "volume": _text(record.get("volume")),
        "container": _text(record.get("container")), "short": _text(record.get("short_container")),
        "issue": _text(record.get("issue")), "page": _text(record.get("first_page")),
    }  # fmt: skip
    return make_candidate(fields, names, _text(record.get("kind")))


def _from_csl(record: Json) -> Candidate:
    names = [
        (_text(p.get("family") or p.get("literal") or p.get("name")), _text(p.get("given"))) for p in _people(record)
    ]
    date = next((d for key in ("issued", "published-print", "published") if (d := _date(record.get(key)))), "")
    fields = {
        "doi": _text(record.get("DOI")), "pmid": _text(record.get("PMID")),
        "title": ": ".join(filter(None, [_first(record.get("title")), _first(record.get("subtitle"))])),
        "date": date, "volume": _text(record.get("volume")), "issue": _text(record.get("issue")),
        "container": _first(record.get("container-title")),
        "short": _first(record.get("short-container-title") or record.get("container-title-short")),
        "page": _text(record.get("page") or record.get("page-first") or record.get("article-number")),
    }  # fmt: skip
    if not fields["doi"] and record.get("id"):
        fields["id"] = _text(record.get("id"))
    return make_candidate(fields, names, _text(record.get("type")))


def _from_openalex(record: Json) -> Candidate:
    names = [_display_name(_map(_map(a).get("author"))) for a in _list(record.get("authorships"))]
    biblio, ids = _map(record.get("biblio")), _map(record.get("ids"))
    source = _map(_map(record.get("primary_location")).get("source"))
    fields = {
        "doi": _text(record.get("doi")), "pmid": _text(ids.get("pmid")).rsplit("/", 1)[-1],
        "title": _text(record.get("title") or record.get("display_name")), "date": _text(record.get("publication_year")),
        "container": _text(source.get("display_name")), "volume": _text(biblio.get("volume")),
        "issue": _text(biblio.get("issue")), "page": _text(biblio.get("first_page")),
    }  # fmt: skip
    if not fields["doi"] and not fields["pmid"]:
        fields["id"] = _text(record.get("id"))
    return make_candidate(fields, names, _text(record.get("type")))


def _display_name(author: Json) -> tuple[str, str]:
    given, _, family = _text(author.get("display_name")).rpartition(" ")
    return family, given


def _people(record: Json) -> list[Json]:
    return [_map(person) for person in _list(record.get("author") or record.get("editor"))]


def _pair(name: object) -> tuple[str, str]:
    if isinstance(name, list) and len(name) == 2 and isinstance(name[0], str) and isinstance(name[1], str):
        return name[0], name[1]
    if isinstance(name, str):
        family, _, given = name.partition(", ")
        return family, given
    parts = [_text(part) for part in _list(name)] if isinstance(name, list | tuple) else [""]
    return (parts[0], parts[1] if len(parts) > 1 else "") if parts else ("", "")


def _date(value: object) -> str:
    parts = _list(_map(value).get("date-parts"))
    if parts and _list(parts[0]):
        return _text(_list(parts[0])[0])
    return _text(_map(value).get("raw") or _map(value).get("literal"))


def _first(value: object) -> str:
    return _text(value[0] if isinstance(value, list) and value else value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _map(value: object) -> Json:
    return value if isinstance(value, Mapping) else {}
