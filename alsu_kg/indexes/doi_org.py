"""doi.org: content negotiation, the registration agency of a DOI, and the handle behind a shortDOI.

Facts used here (citation.doi.org/docs.html): content negotiation redirects (302, once 303) to the agency; 404 and 400 come
as HTML; 204 means registered without metadata; some agencies answer 200 with nothing or with a landing page, which is no
answer. The negotiated CSL carries no ``updated-by``, so it never says anything about retraction.
"""

from typing import Final
from urllib.parse import quote

from alsu_kg.indexes.crossref_work import crossref_work
from alsu_kg.indexes.crossref_xml import rdf_work, unixref_work
from alsu_kg.indexes.replies import check_status, read_json, read_xml
from alsu_kg.indexes.values import at, list_at, number_at, text_at
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import normalise_doi
from alsu_kg.model.work import Work
from alsu_kg.readers.bibtex import read_bibtex_entry

BASE: Final = "https://doi.org"
CSL_JSON: Final = "application/vnd.citationstyles.csl+json"
_NO_SUCH_DOI: Final = ("DOI does not exist", "Invalid DOI")


def request_csl(doi: str) -> Request:
    """Ask for CSL-JSON by content negotiation.

    >>> request_csl("10.1000/a<b>").url
    'https://doi.org/10.1000/a%3Cb%3E'
    """
    return Request(service="doi", url=f"{BASE}/{quote(doi, safe='/')}", accept=CSL_JSON)


def request_bibliography(doi: str, *, style: str = "vancouver") -> Request:
    """Ask for the reference as formatted text in a CSL style."""
    return Request(
        service="doi", url=f"{BASE}/{quote(doi, safe='/')}", accept=f"text/x-bibliography; style={style}; locale=en-US"
    )


def request_agency(doi: str) -> Request:
    """Ask which agency registered a DOI or a prefix.

    >>> request_agency("10.1371/journal.pone.0000030").url
    'https://doi.org/ra/10.1371/journal.pone.0000030'
    """
    return Request(service="doi", url=f"{BASE}/ra/{quote(doi, safe='/')}")


def request_handle(doi: str) -> Request:
    """Ask for the handle record: whether the DOI exists, or what a shortDOI stands for."""
    return Request(service="doi", url=f"{BASE}/api/handles/{quote(doi, safe='/')}")


def read_csl(response: Response) -> Reading[Work]:
    """Read negotiated CSL-JSON (an object, or a list of one)."""
    reply = read_json(response, html_404=True)
    if reply.outcome == "not-found":
        return not_found("doi.org has no such DOI")
    if reply.value is None:
        return could_not_check(reply.reason)
    item = list_at(reply.value)[0] if list_at(reply.value) else None
    if not (text_at(item, "title") or at(item, "title")) and not text_at(item, "DOI"):
        return could_not_check("the reply holds no CSL item")
    return found(crossref_work(item))


def read_bibtex(response: Response) -> Reading[Work]:
    """Read a negotiated BibTeX entry in any of Crossref's forms (one line or many, odd keys, raw line breaks)."""
    body = check_status(response, html_404=True)
    if body.value is None:
        return Reading(body.outcome, None, body.reason)
    work = read_bibtex_entry(body.value.decode("utf-8", "replace"))
    return found(work) if work else could_not_check("the reply holds no BibTeX entry")


def read_unixref(response: Response) -> Reading[Work]:
    """Read Crossref unixref or unixsd XML."""
    root = read_xml(response, "doi_records", "crossref_result", html_404=True)
    if root.value is None:
        return Reading(root.outcome, None, root.reason)
    work = unixref_work(root.value)
    return found(work) if work else could_not_check("the reply holds no work")


def read_rdf(response: Response) -> Reading[Work]:
    """Read negotiated RDF/XML."""
    root = read_xml(response, "RDF", html_404=True)
    if root.value is None:
        return Reading(root.outcome, None, root.reason)
    work = rdf_work(root.value)
    return found(work) if work else could_not_check("the reply holds no work")


def read_bibliography(response: Response) -> Reading[str]:
    """Read a formatted reference."""
    body = check_status(response, html_404=True)
    if body.value is None:
        return Reading(body.outcome, None, body.reason)
    return found(" ".join(body.value.decode("utf-8", "replace").split()))


def read_agency(response: Response) -> Reading[str]:
    """Read the agency's name; *not-found* only where doi.org says that the DOI does not exist or is invalid.

    >>> read_agency(Response(url="u", status=200, body=b'[{"DOI": "10.0137", "status": "DOI does not exist"}]')).outcome
    'not-found'
    """
    reply = read_json(response)
    entry = at(list_at(reply.value), 0)
    agency, status = text_at(entry, "RA"), text_at(entry, "status")
    if agency:
        return found(agency)
    if status in _NO_SUCH_DOI:
        return not_found(f"doi.org says of {text_at(entry, 'DOI')}: {status}")
    return could_not_check(reply.reason or f"doi.org names no agency: {status or 'empty reply'}")


def read_handle(response: Response) -> Reading[str]:
    """Read the DOI that a shortDOI stands for (``HS_ALIAS``), or the DOI itself if it exists.

    >>> body = b'{"responseCode": 1, "handle": "10/a", "values": [{"type": "HS_ALIAS", "data": {"value": "10.1000/A"}}]}'
    >>> read_handle(Response(url="u", status=200, body=body)).value
    '10.1000/a'
    """
    if response.status == 404 and response.body.lstrip().startswith(b"{"):
        return not_found("doi.org has no such handle")
    reply = read_json(response, html_404=True)
    if reply.value is None:
        return Reading(reply.outcome, None, reply.reason)
    code = number_at(reply.value, "responseCode")
    if code == 100:
        return not_found("doi.org has no such handle")
    if code not in (1, 200):
        return could_not_check(f"the handle system answered with code {code}")
    aliases = [
        text_at(item, "data", "value") for item in list_at(reply.value, "values") if text_at(item, "type") == "HS_ALIAS"
    ]
    doi = normalise_doi(next((alias for alias in aliases if alias), None) or text_at(reply.value, "handle") or "")
    return found(doi) if doi else could_not_check("the handle stands for no DOI")
