"""Unpaywall: where a DOI can be read without paying. The address wants an ``email``, which ``HttpClient`` adds."""

from typing import Final
from urllib.parse import quote

from alsu_kg.indexes.replies import read_json
from alsu_kg.indexes.values import at, text_at
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.work import OpenAccess

BASE: Final = "https://api.unpaywall.org/v2"


def request_open_access(doi: str) -> Request:
    """Ask for the open-access locations of a canonical DOI.

    >>> request_open_access("10.1023/a:1007154515475").url
    'https://api.unpaywall.org/v2/10.1023/a:1007154515475'
    """
    return Request(service="unpaywall", url=f"{BASE}/{quote(doi, safe='/:')}")


def read_open_access(response: Response) -> Reading[OpenAccess]:
    """Read the best location; ``is_open`` is ``False`` where Unpaywall knows the DOI and no open copy.

    >>> read_open_access(Response(url="u", status=404, body=b'{"error": true}')).outcome
    'not-found'
    """
    reply = read_json(response)
    if reply.outcome == "not-found":
        return not_found("Unpaywall does not know this DOI")
    is_open = at(reply.value, "is_oa")
    if not isinstance(is_open, bool):
        return could_not_check(reply.reason or "the reply does not say whether the work is open")
    best = at(reply.value, "best_oa_location")
    return found(
        OpenAccess(
            is_open=is_open,
            url=text_at(best, "url_for_pdf") or text_at(best, "url"),
            status=text_at(reply.value, "oa_status"),
            licence=text_at(best, "license"),
            version=text_at(best, "version"),
            host=text_at(best, "host_type"),
            source="unpaywall",
        )
    )
