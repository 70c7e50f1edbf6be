"""Records of the JSON dialects in the shape that they usually have, read without what an index does not need.

Decoding into typed structs skips reference lists, abstracts and affiliations: several times as fast as decoding all of a record.
What has another shape is left to ``work_record``, which takes any; and both give the same (``tests/readers/test_work_shapes.py``).
"""

from collections.abc import Iterable
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType, field

from alsu_kg.model.candidate import Candidate
from alsu_kg.readers.work_record import OPENALEX, candidate_of

Text = str | int | float | None
Texts = str | list[str] | None
Present = msgspec.Raw | UnsetType


class _Person(msgspec.Struct, gc=False):
    family: str | None = None
    given: str | None = None
    literal: str | None = None
    name: str | None = None


class _Date(msgspec.Struct, gc=False):
    parts: list[list[int | str | None]] | None = field(name="date-parts", default=None)
    raw: Text = None
    literal: Text = None


class _Named(msgspec.Struct, gc=False):
    display_name: str | None = None


class _Authorship(msgspec.Struct, gc=False):
    author: _Named | None = None


class _Location(msgspec.Struct, gc=False):
    source: _Named | None = None


class _Ids(msgspec.Struct, gc=False):
    pmid: Text = None


class _Biblio(msgspec.Struct, gc=False):
    volume: Text = None
    issue: Text = None
    first_page: Text = None


class _Work(msgspec.Struct, gc=False):
    """The fields of all dialects; which of them are there tells the dialect."""

    id: Text = None
    doi: Text = None
    pmid: Text = None
    title: Texts | UnsetType = UNSET
    authors: list[tuple[str, str]] | UnsetType | None = UNSET
    year: Text = None
    container: Text | UnsetType = UNSET
    short_container: Text | UnsetType = UNSET
    volume: Text = None
    issue: Text = None
    first_page: Text | UnsetType = UNSET
    kind: Text = None
    DOI: Text | UnsetType = UNSET
    PMID: Text = None
    type: Text = None
    page: Text = None
    author: list[_Person] | UnsetType | None = UNSET
    editor: list[_Person] | None = None
    issued: _Date | UnsetType | None = UNSET
    published: _Date | None = None
    subtitle: Texts = None
    container_title: Texts | UnsetType = field(name="container-title", default=UNSET)
    short_title: Texts = field(name="short-container-title", default=None)
    title_short: Texts = field(name="container-title-short", default=None)
    printed: _Date | None = field(name="published-print", default=None)
    page_first: Text = field(name="page-first", default=None)
    article_number: Text = field(name="article-number", default=None)
    display_name: Text = None
    publication_year: Text = None
    authorships: list[_Authorship] | None = None
    biblio: _Biblio | None = None
    ids: _Ids | None = None
    primary_location: _Location | None = None
    message: Present = UNSET
    items: Present = UNSET
    results: Present = UNSET


class _Reply(msgspec.Struct, gc=False):
    title: Present = UNSET
    message: Present = UNSET
    items: list[msgspec.Raw] | UnsetType = UNSET
    results: list[msgspec.Raw] | UnsetType = UNSET


_WORK: Final = msgspec.json.Decoder(_Work)
_REPLY: Final = msgspec.json.Decoder(_Reply)
_LIST: Final = msgspec.json.Decoder(list[msgspec.Raw])


def read_usual_record(text: bytes | msgspec.Raw) -> Candidate | None:
    """Read one JSON record of a work; ``None`` if it is no JSON or has not the usual shape. Raises ``NotAWorkError`` as others do.

    >>> read_usual_record(b'{"DOI": "10.1000/X", "title": ["A"], "issued": {"date-parts": [[2001]]}, "page": "5-9"}').first_page
    '5'
    >>> read_usual_record(b'{"title": {"en": "A"}}'), read_usual_record(b'{"items": []}')
    (None, None)
    """
    try:
        work = _WORK.decode(text)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    title = work.title
    if work.message is not UNSET or (title is UNSET and (work.items is not UNSET or work.results is not UNSET)):
        return None
    if isinstance(work.id, str) and work.id.startswith(OPENALEX):
        return _from_openalex(work)
    if not (work.authors is UNSET is work.first_page and work.container is UNSET is work.short_container):
        return _from_row(work)
    if not (work.DOI is UNSET is work.container_title and work.issued is UNSET is work.author):
        return _from_csl(work)
    return None if title is UNSET else _from_row(work)


def split_usual_reply(data: bytes) -> list[msgspec.Raw] | None:
    """Give the records of a JSON document (a list, items, results, or one work); ``None`` if it is none of these.

    >>> [bytes(text) for text in split_usual_reply(b'{"message": {"items": [{"DOI": "10.1000/a"}]}}')]
    [b'{"DOI": "10.1000/a"}']
    """
    try:
        if data.lstrip()[:1] == b"[":
            return _LIST.decode(data)
        reply = _REPLY.decode(data)
        inner = msgspec.Raw(data)
        if reply.message is not UNSET:
            inner, reply = reply.message, _REPLY.decode(reply.message)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    found = [some for some in (reply.items, reply.results) if some is not UNSET]
    return found[0] if found and reply.title is UNSET else [inner]


def _from_row(work: _Work) -> Candidate | None:
    if isinstance(work.title, list):
        return None
    values = (
        work.id, work.doi, work.pmid, work.title, work.year, work.volume, work.container, work.short_container, work.issue,
        work.first_page, work.kind,
    )  # fmt: skip
    return candidate_of(_texts(values), work.authors or ())


def _from_csl(work: _Work) -> Candidate:
    people = work.author or work.editor or ()
    names = [((p.family or p.literal or p.name or ""), p.given or "") for p in people]
    title, subtitle, doi = _first(work.title), _first(work.subtitle), _text(work.DOI)
    values = (
        "" if doi else work.id or "", doi, work.PMID, f"{title}: {subtitle}" if title and subtitle else title or subtitle,
        _date(work.issued) or _date(work.printed) or _date(work.published), work.volume, _first(work.container_title),
        _first(work.short_title or work.title_short), work.issue, work.page or work.page_first or work.article_number, work.type,
    )  # fmt: skip
    return candidate_of(_texts(values), names)


def _from_openalex(work: _Work) -> Candidate | None:
    if isinstance(work.title, list):
        return None
    names = [_display_name(a.author.display_name) for a in work.authorships or () if a.author]
    biblio, source = work.biblio or _Biblio(), work.primary_location and work.primary_location.source
    doi, pmid = _text(work.doi), _text(work.ids and work.ids.pmid).rsplit("/", 1)[-1]
    values = (
        "" if doi or pmid else work.id, doi, pmid, work.title or work.display_name, work.publication_year, biblio.volume,
        source and source.display_name, "", biblio.issue, biblio.first_page, work.type,
    )  # fmt: skip
    return candidate_of(_texts(values), names)


def _display_name(name: str | None) -> tuple[str, str]:
    given, _, family = (name or "").strip().rpartition(" ")
    return family, given


def _date(date: _Date | UnsetType | None) -> str:
    if not date:
        return ""
    if date.parts and date.parts[0]:
        return _text(date.parts[0][0])
    return _text(date.raw or date.literal)


def _first(value: Texts | UnsetType) -> str:
    return _text(value[0] if value else "") if isinstance(value, list) else _text(value)


def _text(value: object) -> str:
    return _texts((value,))[0]


def _texts(values: Iterable[object]) -> list[str]:
    """Give values as texts without outer blanks; what is not there is empty."""
    return [
        "" if value is None or value is UNSET else value.strip() if isinstance(value, str) else str(value)
        for value in values
    ]
