"""One item of Crossref JSON (REST ``message`` or CSL-JSON from content negotiation) -> ``Work``.

REST sends titles as lists, content negotiation as strings; ``issued`` may be ``[[null]]``; group authors carry ``name``;
an article may have an article number in place of a page; one retraction may be listed twice, by publisher and by
Retraction Watch, before or after corrections; a mis-deposited article may carry ``update-to`` itself.
"""

import re
from collections.abc import Callable
from typing import Final

from alsu_kg.indexes.titles import clean_text, clean_title, is_notice_title, is_retracted_title
from alsu_kg.indexes.values import list_at, mapping_at, text_at, texts_at
from alsu_kg.model.dates import edtf, parse_date
from alsu_kg.model.identifier import (
    normalise_arxiv,
    normalise_doi,
    normalise_isbn,
    normalise_issn,
    normalise_orcid,
    recognise,
)
from alsu_kg.model.retraction import Notice, nature_of
from alsu_kg.model.work import Licence, Name, Relation, RelationType, Work

CSL_TYPE: Final[dict[str, str]] = {
    "journal-article": "article-journal",
    "article-journal": "article-journal",
    "journal-issue": "periodical",
    "journal": "periodical",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "chapter": "chapter",
    "reference-entry": "entry-encyclopedia",
    "entry": "entry-encyclopedia",
    "proceedings-article": "paper-conference",
    "paper-conference": "paper-conference",
    "proceedings": "book",
    "posted-content": "article",
    "article": "article",
    "dissertation": "thesis",
    "thesis": "thesis",
    "report": "report",
    "report-component": "report",
    "standard": "standard",
    "dataset": "dataset",
    "database": "dataset",
    "peer-review": "review",
    "review": "review",
    "component": "document",
    "grant": "document",
    "other": "document",
}
_RELATIONS: Final[dict[str, RelationType]] = {
    "is-preprint-of": "is-preprint-of",
    "has-preprint": "has-preprint",
    "is-version-of": "is-version-of",
    "has-version": "has-version",
    "is-part-of": "is-part-of",
    "has-part": "has-part",
    "is-review-of": "is-review-of",
    "has-review": "has-review",
    "is-supplement-to": "is-supplement-to",
    "is-supplemented-by": "is-supplemented-by",
    "is-comment-on": "is-comment-on",
    "has-comment": "has-comment",
    "is-same-as": "is-identical-to",
    "is-identical-to": "is-identical-to",
    "is-component-of": "is-part-of",
}


def crossref_work(item: object) -> Work:
    """Give the work that one Crossref item describes.

    >>> crossref_work({"DOI": "10.1000/A", "title": ["A <i>x</i>"], "issued": {"date-parts": [[None]]}}).title
    'A x'
    """
    raw_title = _first_text(item, "title")
    doi = normalise_doi(text_at(item, "DOI") or "")
    notices, notice_of = _updates(item, doi, raw_title)
    kind = text_at(item, "type")
    return Work(
        doi=doi,
        arxiv=_arxiv_of(doi),
        isbn=_checked(item, "ISBN", normalise_isbn),
        issn=_checked(item, "ISSN", normalise_issn),
        type=CSL_TYPE.get(kind or "", "document") if kind else None,
        index_type=_index_type(item, kind),
        title=clean_title(raw_title),
        title_raw=raw_title,
        subtitle=clean_title(_first_text(item, "subtitle")),
        original_title=clean_title(_first_text(item, "original-title")),
        authors=_names(item, "author"),
        editors=_names(item, "editor"),
        container=clean_title(_first_text(item, "container-title")),
        short_container=clean_title(
            _first_text(item, "short-container-title") or text_at(item, "container-title-short")
        ),
        publisher=text_at(item, "publisher"),
        volume=_volume(item),
        issue=text_at(item, "issue") or text_at(item, "journal-issue", "issue"),
        page=_page(item),
        article_number=text_at(item, "article-number"),
        issued=_issued(item),
        published_print=_date(item, "published-print") or _date(item, "journal-issue", "published-print"),
        published_online=_date(item, "published-online"),
        language=text_at(item, "language"),
        url=text_at(item, "resource", "primary", "URL"),
        licences=_licences(item),
        relations=_relations(item),
        trials=_trials(item),
        notices=notices,
        notice_of=notice_of,
        abstract=clean_title(text_at(item, "abstract")),
    )


def _first_text(item: object, key: str) -> str | None:
    return next(iter(texts_at(item, key)), None)


def _checked(item: object, key: str, normalise: Callable[[str], str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in (normalise(text) for text in texts_at(item, key)) if value))


def _index_type(item: object, kind: str | None) -> str | None:
    return f"{kind}:{text_at(item, 'subtype')}" if kind and text_at(item, "subtype") else kind


def _arxiv_of(doi: str | None) -> str | None:
    return normalise_arxiv(doi.removeprefix("10.48550/arxiv.")) if doi and doi.startswith("10.48550/arxiv.") else None


def _date(item: object, *path: str) -> str | None:
    parts = [part for part in list_at(item, *path, "date-parts", 0) if isinstance(part, int)]
    return edtf(parts)


def _issued(item: object) -> str | None:
    for key in ("issued", "published", "published-print", "published-online", "posted"):
        date = _date(item, key)
        if date:
            return date
    return None


def _page(item: object) -> str | None:
    page = text_at(item, "page")
    if page is None:
        return None
    parts = page.replace("–", "-").replace("—", "-").replace("--", "-").split("-")
    half = len(parts) // 2  # a page number may hold hyphens itself: 29-5410-29-5410 is one page
    first, last = (
        ("-".join(parts[:half]), "-".join(parts[half:])) if len(parts) % 2 == 0 else (parts[0], "-".join(parts[1:]))
    )
    first, last = first.strip(), last.strip()
    return first if not last or last == first else f"{first}-{last}"


def _volume(item: object) -> str | None:
    volume = text_at(item, "volume")
    return re.sub(r"^(?:volume|vol)[.\s]+(?=\S)", "", volume, flags=re.I) if volume else None


def _names(item: object, key: str) -> tuple[Name, ...]:
    names = []
    for person in list_at(item, key):
        group = text_at(person, "name") or text_at(person, "literal")
        family, given = text_at(person, "family"), text_at(person, "given")
        if group and not family:
            names.append(Name(literal=re.sub(r"^(?:on )?behalf of (?:the )*", "", clean_text(group), flags=re.I)))
        elif family or given:
            orcid = normalise_orcid(text_at(person, "ORCID") or "")
            names.append(
                Name(
                    family=clean_title(family), given=clean_title(given), suffix=text_at(person, "suffix"), orcid=orcid
                )
            )
    return tuple(names)


def _licences(item: object) -> tuple[Licence, ...]:
    return tuple(
        Licence(url=url, version=text_at(entry, "content-version"), start=_date(entry, "start"), source="crossref")
        for entry in list_at(item, "license")
        if (url := text_at(entry, "URL"))
    )


def _relations(item: object) -> tuple[Relation, ...]:
    relations = []
    for name, entries in mapping_at(item, "relation").items():
        kind = _RELATIONS.get(name)
        for entry in list_at(entries) if kind else ():
            target = (
                recognise(text_at(entry, "id") or "") if text_at(entry, "id-type") in ("doi", "arxiv", "pmid") else None
            )
            if kind and target:
                relations.append(Relation(type=kind, target=target, source="crossref"))
    return tuple(relations)


def _trials(item: object) -> tuple[str, ...]:
    numbers = (text_at(entry, "clinical-trial-number") for entry in list_at(item, "clinical-trial-number"))
    return tuple(
        dict.fromkeys(number.upper() if number.lower().startswith("nct") else number for number in numbers if number)
    )


def _updates(item: object, doi: str | None, title: str | None) -> tuple[tuple[Notice, ...], tuple[Notice, ...]]:
    """Tell the notices of this work from the works that this one is a notice of.

    ``update-to`` alone cannot tell: a retracted article may list its own notices there. It does not count if the target
    is itself or one of its own notices, or if the work is itself retracted by a notice. A title "Retracted: …" is an
    article's as a rule, but some publishers give it to the notice; where nothing decides, both statements are kept.
    """
    notices, clean = _notices(item, "updated-by", doi), clean_title(title) or ""
    own = {notice.doi for notice in notices}
    targets = tuple(notice for notice in _notices(item, "update-to", doi) if notice.doi not in own)
    is_retracted = any(notice.nature == "retraction" for notice in notices)
    if is_retracted_title(clean):
        said = Notice(nature="retraction", raw_type="title", source="title:crossref")
        return (*notices, said), () if is_retracted else targets
    return notices, () if is_retracted and not is_notice_title(clean) else targets


def _notices(item: object, key: str, own_doi: str | None) -> tuple[Notice, ...]:
    notices = []
    for entry in list_at(item, key):
        kind = text_at(entry, "type")
        doi = normalise_doi(text_at(entry, "DOI") or "")
        if kind is None or (doi is not None and doi == own_doi and nature_of(kind) == "other"):
            continue
        date = _date(entry, "updated") or parse_date(text_at(entry, "updated", "date-time"))
        source = f"crossref:{text_at(entry, 'source') or 'publisher'}"
        notices.append(
            Notice(
                nature=nature_of(kind),
                raw_type=kind,
                source=source,
                doi=doi,
                date=date,
                record_id=text_at(entry, "record-id"),
            )
        )
    return tuple(notices)
