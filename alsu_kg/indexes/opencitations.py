"""OpenCitations Index and Meta: citations between works, and the identifiers of one work.

Facts used here: an unknown DOI is an empty list inside a 200; ``citing`` and ``cited`` hold several identifiers separated by
blanks (version 2) or a bare DOI (version 1); counts are texts.
"""

from typing import Final, Literal
from urllib.parse import quote

import msgspec

from alsu_kg.indexes.replies import read_json
from alsu_kg.indexes.values import at, list_at, number_at, text_at
from alsu_kg.model.dates import parse_date
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import Identifier, normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.work import Work

BASE: Final = "https://api.opencitations.net"


class Citation(msgspec.Struct, frozen=True, kw_only=True):
    """One citation (``cito:Citation``): the identifiers of both ends, its date, and whether it is a self-citation."""

    oci: str
    citing: tuple[Identifier, ...]
    cited: tuple[Identifier, ...]
    creation: str | None = None
    journal_self_citation: bool = False
    author_self_citation: bool = False


def request_citations(doi: str, direction: Literal["citations", "references"] = "citations") -> Request:
    """Ask for the works that cite a DOI, or that it cites.

    >>> request_citations("10.1108/jd-12-2013-0166").url
    'https://api.opencitations.net/index/v2/citations/doi:10.1108/jd-12-2013-0166'
    """
    return Request(service="opencitations", url=f"{BASE}/index/v2/{direction}/doi:{quote(doi, safe='/')}")


def request_citation_count(doi: str) -> Request:
    """Ask how many works cite a DOI."""
    return Request(service="opencitations", url=f"{BASE}/index/v2/citation-count/doi:{quote(doi, safe='/')}")


def read_citations(response: Response) -> Reading[tuple[Citation, ...]]:
    """Read citations or references of either version; an empty list is *found* with nothing in it.

    >>> read_citations(Response(url="u", status=200, body=b"[]")).value
    ()
    """
    reply = read_json(response)
    if not isinstance(reply.value, list):
        return could_not_check(reply.reason or "the reply is no list of citations")
    return found(tuple(_citation(item) for item in list_at(reply.value) if text_at(item, "oci")))


def read_citation_count(response: Response) -> Reading[int]:
    """Read the number of citing works."""
    reply = read_json(response)
    count = number_at(reply.value, 0, "count")
    return found(count) if count is not None else could_not_check(reply.reason or "the reply holds no count")


def read_identifiers(response: Response) -> Reading[tuple[Work, ...]]:
    """Read the works of a SPARQL result over OpenCitations Meta (columns ``paper``, ``doi``, ``pmid``, ``value``).

    OpenCitations may give one paper several PMIDs; each row stays a row, so that the contradiction is seen.
    """
    reply = read_json(response)
    rows = at(reply.value, "results", "bindings")
    if not isinstance(rows, list):
        return could_not_check(reply.reason or "the reply is no SPARQL result")
    works = []
    for row in rows:
        value = text_at(row, "value", "value") or ""
        works.append(
            Work(
                doi=normalise_doi(text_at(row, "doi", "value") or "") or normalise_doi(value),
                pmid=normalise_pmid(text_at(row, "pmid", "value") or ""),
                pmcid=normalise_pmcid(value),
            )
        )
    return found(tuple(works)) if works else not_found("OpenCitations Meta has no such work")


def _citation(item: object) -> Citation:
    return Citation(
        oci=text_at(item, "oci") or "",
        citing=_identifiers(text_at(item, "citing")),
        cited=_identifiers(text_at(item, "cited")),
        creation=parse_date(text_at(item, "creation")),
        journal_self_citation=text_at(item, "journal_sc") == "yes",
        author_self_citation=text_at(item, "author_sc") == "yes",
    )


def _identifiers(text: str | None) -> tuple[Identifier, ...]:
    identifiers = []
    for part in (text or "").split():
        doi, pmid = normalise_doi(part), normalise_pmid(part) if part.startswith("pmid:") else None
        if doi or pmid:
            identifiers.append(Identifier("doi", doi) if doi else Identifier("pmid", pmid or ""))
    return tuple(identifiers)
