"""Crossref's XML answers -> ``Work``: unixref and unixsd deposits, and the RDF of content negotiation."""

import re

from alsu_kg.indexes.crossref_work import CSL_TYPE
from alsu_kg.indexes.replies import Element, local_name
from alsu_kg.indexes.titles import clean_title
from alsu_kg.model.dates import edtf, parse_date
from alsu_kg.model.identifier import normalise_doi, normalise_issn, normalise_orcid
from alsu_kg.model.work import Licence, Name, Work

_ITEM_TYPE = {
    "journal_article": "journal-article",
    "conference_paper": "proceedings-article",
    "content_item": "book-chapter",
    "book_metadata": "book",
    "posted_content": "posted-content",
    "dissertation": "dissertation",
    "report-paper_metadata": "report",
    "dataset": "dataset",
}


def unixref_work(root: Element) -> Work | None:
    """Give the work of a unixref or unixsd document, or ``None`` if it holds none that is known here."""
    item = next((element for element in root.iter() if local_name(element) in _ITEM_TYPE), None)
    if item is None:
        return None
    kind = _ITEM_TYPE[local_name(item)]
    doi = normalise_doi(_text(item, "doi_data", "doi") or "")
    raw_title = _inner(_find(item, "titles", "title"))
    first, last = _text(item, "pages", "first_page"), _text(item, "pages", "last_page")
    issns = (normalise_issn(element.text or "") for element in root.iter() if local_name(element) == "issn")
    return Work(
        doi=doi,
        issn=tuple(dict.fromkeys(issn for issn in issns if issn)),
        type=CSL_TYPE[kind],
        index_type=kind,
        title=clean_title(raw_title),
        title_raw=raw_title,
        subtitle=clean_title(_inner(_find(item, "titles", "subtitle"))),
        authors=_names(item),
        container=clean_title(_text(root, "full_title")),
        short_container=_text(root, "abbrev_title"),
        volume=_text(root, "journal_volume", "volume"),
        issue=_text(root, "issue"),
        publisher=_crm(root, "publisher-name"),
        page=f"{first}-{last}" if first and last and last != first else first,
        article_number=_article_number(item),
        issued=_issued(item) or _issued(root),
        licences=_licences(item),
    )


def _find(node: Element, *names: str) -> Element | None:
    for name in names:
        found = next((element for element in node.iter() if local_name(element) == name and element is not node), None)
        if found is None:
            return None
        node = found
    return node


def _text(node: Element, *names: str) -> str | None:
    found = _find(node, *names)
    return (found.text or "").strip() or None if found is not None else None


def _inner(node: Element | None) -> str | None:
    if node is None:
        return None
    parts = [node.text or ""]
    parts += [f"<{local_name(child)}>{_inner(child) or ''}</{local_name(child)}>{child.tail or ''}" for child in node]
    return "".join(parts).strip() or None


def _names(item: Element) -> tuple[Name, ...]:
    names = []
    for person in item.iter():
        if local_name(person) == "person_name" and person.get("contributor_role") == "author":
            names.append(
                Name(
                    family=_text(person, "surname"),
                    given=_text(person, "given_name"),
                    suffix=_text(person, "suffix"),
                    orcid=normalise_orcid(_text(person, "ORCID") or ""),
                )
            )
        elif local_name(person) == "organization" and person.get("contributor_role") == "author":
            names.append(Name(literal=clean_title(person.text)))
    return tuple(names)


def _crm(root: Element, name: str) -> str | None:
    items = (element for element in root.iter() if local_name(element) == "crm-item" and element.get("name") == name)
    return next(((element.text or "").strip() or None for element in items), None)


def _article_number(item: Element) -> str | None:
    numbers = (
        e for e in item.iter() if local_name(e) == "item_number" and e.get("item_number_type") == "article_number"
    )
    return next(((element.text or "").strip() or None for element in numbers), None)


def _issued(node: Element) -> str | None:
    dates = []
    for element in node.iter():
        if local_name(element) in ("publication_date", "posted_date"):
            parts = [
                int(text) for name in ("year", "month", "day") if (text := _text(element, name)) and text.isdecimal()
            ]
            dates.append(edtf(parts))
    known = [date for date in dates if date]
    return min(known, key=lambda date: date if len(date) > 4 else f"{date}-99", default=None)


def _licences(item: Element) -> tuple[Licence, ...]:
    return tuple(
        Licence(
            url=element.text.strip(),
            version=element.get("applies_to"),
            start=element.get("start_date"),
            source="crossref",
        )
        for element in item.iter()
        if local_name(element) == "license_ref" and element.text
    )


def rdf_work(root: Element) -> Work | None:
    """Give the work of negotiated RDF/XML (Dublin Core, PRISM and BIBO terms), or ``None`` if it names no DOI."""
    description = next(iter(root), None)
    doi = normalise_doi(_text(description, "doi") or "") if description is not None else None
    if description is None or doi is None:
        return None
    direct = {local_name(child): (child.text or "").strip() for child in description}
    journal = _find(description, "isPartOf", "Journal")
    people = [element for element in description.iter() if local_name(element) == "Person"]
    first, last = (
        direct.get("startingPage") or direct.get("pageStart"),
        direct.get("endingPage") or direct.get("pageEnd"),
    )
    issns = (
        (normalise_issn(e.text or "") for e in journal.iter() if local_name(e) == "issn") if journal is not None else ()
    )
    date = re.match(r"[0-9-]+", direct.get("date", ""))
    return Work(
        doi=doi,
        title=clean_title(direct.get("title")),
        title_raw=direct.get("title"),
        type="article-journal",
        authors=tuple(Name(family=_text(p, "familyName"), given=_text(p, "givenName")) for p in people),
        container=clean_title(_text(journal, "title")) if journal is not None else None,
        publisher=direct.get("publisher"),
        volume=direct.get("volume"),
        page=f"{first}-{last}" if first and last else first,
        issued=parse_date(date.group()) if date else None,
        issn=tuple(dict.fromkeys(issn for issn in issns if issn)),
    )
