"""Crossref REST: requests for works, and replies -> works.

Facts used here (Crossref REST API documentation and recorded replies of 2017 to 2026): a DOI in the path is percent-encoded
once with nothing left safe (SICI); one filter name given several times means OR; a DOI with a comma breaks a filter; DOIs
that are missing from a list are silently absent; ``select`` refuses unknown names with 400; a search score is no confidence.
"""

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import quote, urlencode

from alsu_kg.indexes.crossref_work import crossref_work
from alsu_kg.indexes.replies import read_json
from alsu_kg.indexes.values import at, list_at, number_at, text_at
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.work import Work

BASE: Final = "https://api.crossref.org"
MAX_LIST_URL: Final = 6000
MAX_LIST_DOIS: Final = 200
SELECT: Final = (
    "DOI,type,title,subtitle,original-title,author,editor,container-title,short-container-title,publisher,volume,issue,page,"
    "article-number,issued,published,published-print,published-online,ISSN,ISBN,license,relation,update-to,updated-by,"
    "clinical-trial-number,alternative-id,resource,posted,degree,group-title"
)


def request_work(doi: str) -> Request:
    """Ask for one work by its canonical DOI.

    >>> request_work("10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o").url[-40:]
    '9%3A8%3C693%3A%3Aaid-asi4%3E3.0.co%3B2-o'
    """
    return Request(service="crossref", url=f"{BASE}/works/{quote(doi, safe='')}")


def request_agency(doi: str) -> Request:
    """Ask which agency registered a DOI, as far as Crossref knows."""
    return Request(service="crossref", url=f"{BASE}/works/{quote(doi, safe='')}/agency")


def request_works(dois: Sequence[str], *, select: bool = True) -> Request:
    """Ask for many works at once by ``filter=doi:…``; the DOIs come from ``list_batches``.

    >>> request_works(["10.1000/a", "10.1000/b"], select=False).url
    'https://api.crossref.org/works?filter=doi:10.1000/a,doi:10.1000/b&rows=2'
    """
    wanted = ",".join(f"doi:{quote(doi, safe='/:()')}" for doi in dois)
    selected = f"&select={SELECT}" if select else ""
    return Request(service="crossref", kind="list", url=f"{BASE}/works?filter={wanted}&rows={len(dois)}{selected}")


def list_batches(dois: Iterable[str]) -> tuple[list[list[str]], list[str]]:
    """Split DOIs into batches that fit one list request each, and those that must be asked for alone (a comma inside).

    >>> list_batches(["10.1000/a", "10.1000/b,c"])
    ([['10.1000/a']], ['10.1000/b,c'])
    """
    batches: list[list[str]] = []
    alone: list[str] = []
    length = 0
    for doi in dois:
        if "," in doi:
            alone.append(doi)
            continue
        size = len(quote(doi, safe="/:()")) + 5
        if not batches or length + size > MAX_LIST_URL or len(batches[-1]) == MAX_LIST_DOIS:
            batches.append([])
            length = 0
        batches[-1].append(doi)
        length += size
    return batches, alone


def request_search(reference: str, *, rows: int = 5) -> Request:
    """Search by the text of a reference (``query.bibliographic``); the hits are candidates, to be validated by the linker."""
    query = urlencode({"query.bibliographic": reference, "rows": rows})
    return Request(service="crossref", kind="search", url=f"{BASE}/works?{query}")


def read_work(response: Response) -> Reading[Work]:
    """Read the reply for one work. Crossref's 404 says only that *Crossref* has no such DOI; another agency may.

    >>> read_work(Response(url="u", status=404, body=b"Resource not found.")).reason
    'Crossref has no such DOI (another agency may)'
    """
    reply = read_json(response)
    if reply.outcome == "not-found":
        return not_found("Crossref has no such DOI (another agency may)")
    if reply.outcome == "could-not-check":
        return could_not_check(reply.reason)
    message = at(reply.value, "message") if at(reply.value, "message") is not None else reply.value
    if text_at(message, "DOI") is None:
        return could_not_check("the reply holds no work")
    return found(crossref_work(message))


def read_works(response: Response) -> Reading[tuple[Work, ...]]:
    """Read a list or search reply; an empty list is *found* with nothing in it, because the question was answered."""
    items = _items(response)
    if items.value is None:
        return could_not_check(items.reason)
    return found(tuple(crossref_work(item) for item in items.value if text_at(item, "DOI")))


def read_search(response: Response) -> Reading[tuple[tuple[Work, float], ...]]:
    """Read the hits of a search with Crossref's score. The score ranks hits of one query; it is not a confidence."""
    items = _items(response)
    if items.value is None:
        return could_not_check(items.reason)
    hits = [(crossref_work(item), at(item, "score")) for item in items.value if text_at(item, "DOI")]
    return found(tuple((work, float(score) if isinstance(score, int | float) else 0.0) for work, score in hits))


def read_total(response: Response) -> Reading[int]:
    """Read how many works a list request matches in all."""
    reply = read_json(response)
    total = number_at(reply.value, "message", "total-results")
    return found(total) if total is not None else could_not_check(reply.reason or "the reply names no total")


def read_agency(response: Response) -> Reading[str]:
    """Read the name of the agency (``crossref``, ``datacite``, ``medra`` …)."""
    reply = read_json(response)
    if reply.value is None:
        return Reading(reply.outcome, None, reply.reason)
    agency = text_at(reply.value, "message", "agency", "id")
    return found(agency) if agency else could_not_check("the reply names no agency")


def _items(response: Response) -> Reading[list[object]]:
    reply = read_json(response)
    if reply.outcome == "not-found":
        return could_not_check("a list address answered with status 404")
    if reply.value is None:
        return could_not_check(reply.reason)
    items = at(reply.value, "message", "items")
    if not isinstance(items, list):
        return could_not_check("the reply holds no list of works")
    return found(list_at(items))
