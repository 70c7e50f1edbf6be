"""DataCite REST (JSON:API): a request for one DOI, and the reply -> work. DataCite registers data sets, arXiv and Zenodo."""

from typing import Final
from urllib.parse import quote

from alsu_kg.indexes.replies import read_json
from alsu_kg.indexes.titles import clean_title
from alsu_kg.indexes.values import at, list_at, number_at, text_at
from alsu_kg.model.dates import parse_date
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import Identifier, normalise_arxiv, normalise_doi, normalise_issn, normalise_orcid
from alsu_kg.model.work import Licence, Name, Relation, RelationType, Work

BASE: Final = "https://api.datacite.org"
_TYPES: Final[dict[str, str]] = {
    "Preprint": "article",
    "JournalArticle": "article-journal",
    "ConferencePaper": "paper-conference",
    "Dataset": "dataset",
    "Software": "software",
    "Book": "book",
    "BookChapter": "chapter",
    "Report": "report",
    "Dissertation": "thesis",
    "Collection": "collection",
    "Image": "graphic",
    "PeerReview": "review",
    "Standard": "standard",
    "DataPaper": "article-journal",
}
_RELATIONS: Final[dict[str, RelationType]] = {
    "IsPreprintOf": "is-preprint-of",
    "HasPreprint": "has-preprint",
    "IsVersionOf": "is-version-of",
    "HasVersion": "has-version",
    "IsPartOf": "is-part-of",
    "HasPart": "has-part",
    "IsSupplementTo": "is-supplement-to",
    "IsSupplementedBy": "is-supplemented-by",
    "IsIdenticalTo": "is-identical-to",
    "Reviews": "is-review-of",
    "IsReviewedBy": "has-review",
    "IsPreviousVersionOf": "is-updated-by",
    "IsNewVersionOf": "updates",
    "IsObsoletedBy": "is-updated-by",
    "Obsoletes": "updates",
    "IsPublishedIn": "is-part-of",
}


def request_work(doi: str) -> Request:
    """Ask for one work by its canonical DOI.

    >>> request_work("10.48550/arxiv.2304.05376").url
    'https://api.datacite.org/dois/10.48550/arxiv.2304.05376'
    """
    return Request(service="datacite", url=f"{BASE}/dois/{quote(doi, safe='/')}")


def read_work(response: Response) -> Reading[Work]:
    """Read the reply for one DOI; DataCite's 404 says only that *DataCite* has no such DOI."""
    reply = read_json(response)
    if reply.outcome == "not-found":
        return not_found("DataCite has no such DOI (another agency may)")
    if reply.value is None:
        return could_not_check(reply.reason)
    attributes = at(reply.value, "data", "attributes")
    if text_at(attributes, "doi") is None:
        return could_not_check("the reply holds no work")
    return found(_work(attributes))


def _work(attributes: object) -> Work:
    doi = normalise_doi(text_at(attributes, "doi") or "")
    raw_title = text_at(attributes, "titles", 0, "title")
    general = text_at(attributes, "types", "resourceTypeGeneral") or ""
    citeproc = text_at(attributes, "types", "citeproc")
    container = _container(attributes)
    return Work(
        doi=doi,
        arxiv=_arxiv(attributes, doi),
        type=_TYPES.get(general) or citeproc or "document",
        index_type=general or None,
        title=clean_title(raw_title),
        title_raw=raw_title,
        subtitle=_subtitle(attributes),
        authors=_names(attributes, "creators"),
        container=clean_title(text_at(container, "title")),
        publisher=text_at(attributes, "publisher") or text_at(attributes, "publisher", "name"),
        volume=text_at(container, "volume"),
        issue=text_at(container, "issue"),
        page=_page(container),
        issued=_issued(attributes),
        language=text_at(attributes, "language"),
        url=text_at(attributes, "url"),
        issn=_issns(attributes, container),
        licences=_licences(attributes),
        relations=_relations(attributes),
    )


def _container(attributes: object) -> object:
    if text_at(attributes, "container", "title"):
        return at(attributes, "container")
    for item in list_at(attributes, "relatedItems"):
        if text_at(item, "relationType") == "IsPublishedIn":
            return {
                "title": text_at(item, "titles", 0, "title"),
                "volume": text_at(item, "volume"),
                "issue": text_at(item, "issue"),
                "firstPage": text_at(item, "firstPage"),
                "lastPage": text_at(item, "lastPage"),
            }
    return None


def _page(container: object) -> str | None:
    first, last = text_at(container, "firstPage"), text_at(container, "lastPage")
    return f"{first}-{last}" if first and last and last != first else first


def _arxiv(attributes: object, doi: str | None) -> str | None:
    named = [
        text_at(item, "identifier")
        for item in list_at(attributes, "identifiers")
        if text_at(item, "identifierType") == "arXiv"
    ]
    from_doi = doi.removeprefix("10.48550/arxiv.") if doi and doi.startswith("10.48550/arxiv.") else None
    return next((arxiv for text in (*named, from_doi) if text and (arxiv := normalise_arxiv(text))), None)


def _subtitle(attributes: object) -> str | None:
    subtitles = (item for item in list_at(attributes, "titles") if text_at(item, "titleType") == "Subtitle")
    return next((clean_title(text_at(item, "title")) for item in subtitles), None)


def _names(attributes: object, key: str) -> tuple[Name, ...]:
    names = []
    for person in list_at(attributes, key):
        orcids = (normalise_orcid(text_at(item, "nameIdentifier") or "") for item in list_at(person, "nameIdentifiers"))
        orcid = next((value for value in orcids if value), None)
        family, given = text_at(person, "familyName"), text_at(person, "givenName")
        whole = text_at(person, "name") or ""
        if text_at(person, "nameType") != "Organizational" and not family and whole.count(",") == 1:
            family, given = (part.strip() for part in whole.split(","))
        if family:
            names.append(Name(family=family, given=given, orcid=orcid))
        elif whole:
            names.append(Name(literal=whole))
    return tuple(names)


def _issued(attributes: object) -> str | None:
    dates = {text_at(item, "dateType"): parse_date(text_at(item, "date")) for item in list_at(attributes, "dates")}
    year = number_at(attributes, "publicationYear")
    candidates = [dates.get(kind) for kind in ("Issued", "Available", "Submitted", "Created")]
    exact = [date for date in candidates if date and (year is None or date.startswith(str(year)))]
    return max(exact, key=len, default=None) or (str(year) if year else None)


def _issns(attributes: object, container: object) -> tuple[str, ...]:
    related = [
        text_at(i, "relatedIdentifier")
        for i in list_at(attributes, "relatedIdentifiers")
        if text_at(i, "relatedIdentifierType") in ("ISSN", "EISSN") and text_at(i, "relationType") == "IsPartOf"
    ]
    own = text_at(container, "identifier") if text_at(container, "identifierType") == "ISSN" else None
    return tuple(dict.fromkeys(issn for text in (own, *related) if text and (issn := normalise_issn(text))))


def _licences(attributes: object) -> tuple[Licence, ...]:
    urls = (text_at(item, "rightsUri") for item in list_at(attributes, "rightsList"))
    return tuple(Licence(url=url, source="datacite") for url in urls if url and "spdx.org/licenses" not in url)


def _relations(attributes: object) -> tuple[Relation, ...]:
    relations = []
    for item in list_at(attributes, "relatedIdentifiers"):
        kind = _RELATIONS.get(text_at(item, "relationType") or "")
        doi = (
            normalise_doi(text_at(item, "relatedIdentifier") or "")
            if text_at(item, "relatedIdentifierType") == "DOI"
            else None
        )
        if kind and doi:
            relations.append(Relation(type=kind, target=Identifier("doi", doi), source="datacite"))
    return tuple(relations)
