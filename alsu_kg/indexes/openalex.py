"""OpenAlex: a request for one work by DOI or many by filter, and replies -> works. Asked last: it wants a key since 2026.

Facts used here: the 404 is an HTML page; a list takes at most 100 DOIs and 4,094 characters of URL.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from alsu_kg.indexes.replies import read_json
from alsu_kg.indexes.titles import clean_title
from alsu_kg.indexes.values import at, list_at, text_at, texts_at
from alsu_kg.model.dates import edtf, parse_date
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import normalise_doi, normalise_issn, normalise_orcid, normalise_pmcid, normalise_pmid
from alsu_kg.model.retraction import Notice
from alsu_kg.model.work import Licence, Name, OpenAccess, Work

BASE: Final = "https://api.openalex.org"
MAX_DOIS: Final = 100
MAX_URL: Final = 4094
_TYPES: Final = {
    "article": "article-journal",
    "preprint": "article",
    "book-chapter": "chapter",
    "book": "book",
    "dataset": "dataset",
    "dissertation": "thesis",
    "review": "article-journal",
    "letter": "article-journal",
    "editorial": "article-journal",
    "report": "report",
    "peer-review": "review",
    "erratum": "article-journal",
}


def request_work(doi: str) -> Request:
    """Ask for one work by its canonical DOI.

    >>> request_work("10.7554/elife.01567").url
    'https://api.openalex.org/works/https://doi.org/10.7554/elife.01567'
    """
    return Request(service="openalex", url=f"{BASE}/works/https://doi.org/{quote(doi, safe='/')}")


def request_works(dois: Sequence[str]) -> Request:
    """Ask for up to ``MAX_DOIS`` works by ``filter=doi:a|b``."""
    wanted = quote("|".join(dois), safe="/")
    return Request(service="openalex", kind="list", url=f"{BASE}/works?filter=doi:{wanted}&per-page={len(dois)}")


def read_work(response: Response) -> Reading[Work]:
    """Read the reply for one work."""
    reply = read_json(response, html_404=True)
    if reply.outcome == "not-found":
        return not_found("OpenAlex has no such DOI")
    if reply.value is None:
        return could_not_check(reply.reason)
    if text_at(reply.value, "doi") is None and text_at(reply.value, "id") is None:
        return could_not_check("the reply holds no work")
    return found(_work(reply.value))


def read_works(response: Response) -> Reading[tuple[Work, ...]]:
    """Read a list reply."""
    reply = read_json(response)
    if not isinstance(at(reply.value, "results"), list):
        return could_not_check(reply.reason or "the reply holds no list of works")
    return found(tuple(_work(item) for item in list_at(reply.value, "results")))


def _work(item: object) -> Work:
    doi = normalise_doi(text_at(item, "doi") or "")
    raw_title = text_at(item, "title") or text_at(item, "display_name")
    kind, raw_kind = text_at(item, "type"), text_at(item, "primary_location", "raw_type")
    source = at(item, "primary_location", "source") or at(item, "host_venue")
    first, last = text_at(item, "biblio", "first_page"), text_at(item, "biblio", "last_page")
    licence = text_at(item, "primary_location", "license")
    retracted = at(item, "is_retracted") is True
    return Work(
        doi=doi,
        pmid=_id(item, "pmid", "https://pubmed.ncbi.nlm.nih.gov/"),
        pmcid=_pmcid(item),
        issn=tuple(issn for text in texts_at(source, "issn") if (issn := normalise_issn(text))),
        type=_TYPES.get(kind or "", "document") if kind else None,
        index_type=raw_kind or kind,
        title=clean_title(raw_title),
        title_raw=raw_title,
        authors=_authors(item),
        container=text_at(source, "display_name"),
        publisher=text_at(source, "host_organization_name"),
        volume=text_at(item, "biblio", "volume"),
        issue=text_at(item, "biblio", "issue"),
        page=f"{first}-{last}" if first and last and last != first else first,
        issued=_issued(item),
        language=text_at(item, "language"),
        licences=(Licence(url=licence, source="openalex"),) if licence else (),
        open_access=_open_access(item),
        notices=(Notice(nature="retraction", raw_type="is_retracted", source="openalex"),) if retracted else (),
        abstract=_abstract(item),
        headings=_headings(item),
        keywords=tuple(name for one in list_at(item, "keywords") if (name := text_at(one, "display_name"))),
    )


def _abstract(item: object) -> str | None:
    """Put the abstract together from its inverted index: word -> positions; damaged positions are passed over."""
    index = at(item, "abstract_inverted_index")
    if not isinstance(index, dict):
        return None
    placed = [
        (position, word)
        for word, positions in index.items()
        for position in (positions if isinstance(positions, list) else ())
        if isinstance(position, int)
    ]
    return clean_title(" ".join(word for _, word in sorted(placed)))


def _headings(item: object) -> tuple[str, ...]:
    """Give the MeSH descriptors that OpenAlex copies, main topics behind an asterisk."""
    named = ((text_at(one, "descriptor_name"), at(one, "is_major_topic")) for one in list_at(item, "mesh"))
    return tuple(f"*{name}" if is_major is True else name for name, is_major in named if name)


def _id(item: object, scheme: str, prefix: str) -> str | None:
    return normalise_pmid((text_at(item, "ids", scheme) or "").removeprefix(prefix))


def _pmcid(item: object) -> str | None:
    text = (text_at(item, "ids", "pmcid") or "").rstrip("/").rpartition("/")[2]
    return normalise_pmcid(text if text.upper().startswith("PMC") else f"PMC{text}") if text else None


def _issued(item: object) -> str | None:
    """Give the date; OpenAlex writes 1 January where it knows only the year."""
    date = parse_date(text_at(item, "publication_date"))
    return date if date and not date.endswith("-01-01") else edtf([_year(item)])


def _year(item: object) -> int:
    year = at(item, "publication_year")
    return year if isinstance(year, int) else 0


def _authors(item: object) -> tuple[Name, ...]:
    names = []
    for entry in list_at(item, "authorships"):
        whole = text_at(entry, "raw_author_name") or text_at(entry, "author", "display_name") or ""
        given, _, family = whole.rpartition(" ")
        if "," in whole:
            family, given = (part.strip() for part in whole.split(",", maxsplit=1))
        if whole:
            names.append(
                Name(family=family, given=given or None, orcid=normalise_orcid(text_at(entry, "author", "orcid") or ""))
            )
    return tuple(names)


def _open_access(item: object) -> OpenAccess | None:
    is_open = at(item, "open_access", "is_oa")
    if not isinstance(is_open, bool):
        return None
    best = at(item, "best_oa_location")
    return OpenAccess(
        is_open=is_open,
        url=text_at(item, "open_access", "oa_url"),
        status=text_at(item, "open_access", "oa_status"),
        licence=text_at(best, "license"),
        version=text_at(best, "version"),
        source="openalex",
    )
