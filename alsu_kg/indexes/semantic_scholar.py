"""Semantic Scholar: one paper, a batch, a title match, citations and references, and replies -> works.

Facts used here: the anonymous pool answers 429 as a routine; in a batch an unknown paper is ``null`` at its place.
"""

from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, urlencode

import msgspec

from alsu_kg.indexes.replies import read_json
from alsu_kg.indexes.titles import clean_title, without_final_stop
from alsu_kg.indexes.values import at, list_at, number_at, text_at
from alsu_kg.model.dates import edtf, parse_date
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import Identifier, normalise_arxiv, normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.work import Name, OpenAccess, Work

BASE: Final = "https://api.semanticscholar.org/graph/v1"
FIELDS: Final = (
    "externalIds,title,venue,year,publicationDate,journal,authors,publicationTypes,isOpenAccess,openAccessPdf"
)
MAX_IDS: Final = 500
_PREFIX: Final = {"doi": "DOI:", "pmid": "PMID:", "pmcid": "PMCID:", "arxiv": "ARXIV:"}


def request_paper(identifier: Identifier) -> Request:
    """Ask for one paper.

    >>> request_paper(Identifier("doi", "10.1000/a")).url.partition("?")[0]
    'https://api.semanticscholar.org/graph/v1/paper/DOI:10.1000/a'
    """
    return Request(
        service="semanticscholar", url=f"{BASE}/paper/{quote(_paper_id(identifier), safe=':/')}?fields={FIELDS}"
    )


def request_papers(identifiers: Sequence[Identifier]) -> Request:
    """Ask for up to ``MAX_IDS`` papers; the answers come in the same order."""
    return Request(
        service="semanticscholar",
        kind="list",
        method="POST",
        url=f"{BASE}/paper/batch?fields={FIELDS}",
        body=msgspec.json.encode({"ids": [_paper_id(identifier) for identifier in identifiers]}),
        content_type="application/json",
    )


def request_match(title: str) -> Request:
    """Ask for the one paper whose title matches best."""
    query = urlencode({"query": title, "fields": FIELDS}, safe=",")
    return Request(service="semanticscholar", kind="search", url=f"{BASE}/paper/search/match?{query}")


def _paper_id(identifier: Identifier) -> str:
    return _PREFIX[identifier.scheme] + identifier.value.removeprefix("PMC")


def read_paper(response: Response) -> Reading[Work]:
    """Read the reply for one paper."""
    reply = read_json(response)
    if reply.outcome == "not-found":
        return not_found("Semantic Scholar has no such paper")
    if text_at(reply.value, "paperId") is None:
        return could_not_check(reply.reason or "the reply holds no paper")
    return found(_work(reply.value))


def read_papers(response: Response) -> Reading[tuple[Work | None, ...]]:
    """Read a batch reply: a work or ``None`` (unknown there) for each identifier asked for, in order."""
    reply = read_json(response)
    if not isinstance(reply.value, list):
        return could_not_check(reply.reason or "the reply is no list of papers")
    return found(tuple(_work(item) if item is not None else None for item in list_at(reply.value)))


def read_list(response: Response) -> Reading[tuple[Work, ...]]:
    """Read a search, match, citations, references or recommendations reply; ``data: null`` and no ``data`` are empty."""
    reply = read_json(response)
    if reply.outcome == "not-found" or (reply.value is not None and text_at(reply.value, "error")):
        return could_not_check(reply.reason or text_at(reply.value, "error") or "")
    if not isinstance(reply.value, dict):
        return could_not_check(reply.reason or "the reply is no list of papers")
    items = list_at(reply.value, "data") or list_at(reply.value, "recommendedPapers")
    papers = [at(item, "citingPaper") or at(item, "citedPaper") or item for item in items]
    return found(tuple(_work(paper) for paper in papers if text_at(paper, "title")))


def _work(item: object) -> Work:
    ids = at(item, "externalIds")
    raw_title = text_at(item, "title")
    title = clean_title(raw_title)
    pmc = text_at(ids, "PubMedCentral")
    kinds = [text_at(entry) for entry in list_at(item, "publicationTypes")]
    return Work(
        doi=normalise_doi(text_at(ids, "DOI") or ""),
        pmid=normalise_pmid(text_at(ids, "PubMed") or ""),
        pmcid=normalise_pmcid(f"PMC{pmc}") if pmc else None,
        arxiv=normalise_arxiv(text_at(ids, "ArXiv") or ""),
        type="article-journal" if "JournalArticle" in kinds else None,
        index_type="; ".join(k for k in kinds if k) or None,
        title=without_final_stop(title) if title else None,
        title_raw=raw_title,
        authors=tuple(_name(name) for person in list_at(item, "authors") if (name := text_at(person, "name"))),
        container=text_at(item, "journal", "name") or text_at(item, "venue"),
        volume=text_at(item, "journal", "volume"),
        page=_page(text_at(item, "journal", "pages")),
        open_access=_open_access(item),
        issued=parse_date(text_at(item, "publicationDate")) or edtf([number_at(item, "year") or 0]),
    )


def _name(name: str) -> Name:
    given, _, family = name.rpartition(" ")
    return Name(family=family, given=given or None)


def _page(pages: str | None) -> str | None:
    first, _, last = (pages or "").replace(" ", "").partition("-")
    return (f"{first}-{last}" if last and last != first else first) or None


def _open_access(item: object) -> OpenAccess | None:
    is_open, url = at(item, "isOpenAccess"), text_at(item, "openAccessPdf", "url")
    if not isinstance(is_open, bool):
        return None
    status = text_at(item, "openAccessPdf", "status")
    return OpenAccess(
        is_open=is_open,
        url=url,
        status=status.lower() if status else None,
        licence=text_at(item, "openAccessPdf", "license"),
        source="semanticscholar",
    )
