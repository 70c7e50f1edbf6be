"""PubMed Central: the ID Converter (new address and old), and the open-access collection.

Facts used here: at most 200 identifiers of one type per request; the new converter answers a bad or mixed batch with 400;
a miss is an error record inside a 200 and means *not in PMC*, not *no such paper*; PMIDs are numbers now, texts before.
"""

from collections.abc import Sequence
from typing import Final, Literal
from urllib.parse import quote, urlencode

from alsu_kg.indexes.replies import local_name, read_json, read_xml
from alsu_kg.indexes.titles import clean_title
from alsu_kg.indexes.values import at, list_at, text_at
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.retraction import Notice
from alsu_kg.model.work import Licence, Work

CONVERTER: Final = "https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1/articles/"
CONVERTER_BEFORE_2025: Final = "https://www.ncbi.nlm.nih.gov/pmc/utils/idconv/v1.0/"
OPEN_DATA: Final = "https://pmc-oa-opendata.s3.amazonaws.com"
MAX_IDS: Final = 200

_LICENCE_URL: Final = {
    "CC0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC BY": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-NC": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC BY-SA": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY-ND": "https://creativecommons.org/licenses/by-nd/4.0/",
    "CC BY-NC-ND": "https://creativecommons.org/licenses/by-nc-nd/4.0/",
    "CC BY-NC-SA": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
}


def request_conversion(
    ids: Sequence[str], idtype: Literal["doi", "pmid", "pmcid"], *, base: str = CONVERTER
) -> Request:
    """Ask for the other identifiers of up to ``MAX_IDS`` articles named by identifiers of one type.

    >>> request_conversion(["PMC3531190"], "pmcid").url.partition("?")[2]
    'ids=PMC3531190&idtype=pmcid&format=json'
    """
    query = urlencode({"ids": ",".join(ids), "idtype": idtype, "format": "json"}, safe=",/", quote_via=quote)
    return Request(service="idconv", kind="single" if len(ids) == 1 else "list", url=f"{base}?{query}")


def read_conversion(response: Response) -> Reading[dict[str, Work | None]]:
    """Read for each identifier as it was sent (lower case) the work's identifiers, or ``None`` if it is not in PMC.

    >>> body = b'{"records": [{"requested-id": "7", "pmid": 7, "pmcid": "PMC8"}, {"requested-id": "9", "status": "error"}]}'
    >>> {key: work and work.pmcid for key, work in read_conversion(Response(url="u", status=200, body=body)).value.items()}
    {'7': 'PMC8', '9': None}
    """
    reply = read_json(response)
    if not isinstance(at(reply.value, "records"), list):
        what = text_at(reply.value, "message") or "the reply holds no records"
        return could_not_check(reply.reason or f"the service answered with an error document: {what}")
    answers: dict[str, Work | None] = {}
    for record in list_at(reply.value, "records"):
        work = Work(
            doi=normalise_doi(text_at(record, "doi") or ""),
            pmid=normalise_pmid(text_at(record, "pmid") or ""),
            pmcid=normalise_pmcid(text_at(record, "pmcid") or ""),
        )
        missing = text_at(record, "status") == "error" or not work.pmcid
        asked = text_at(record, "requested-id")
        for key in (asked,) if asked else (work.doi, work.pmid, work.pmcid):
            if key:
                answers[key.lower()] = None if missing else work
    return found(answers)


def request_versions(pmcid: str) -> Request:
    """Ask which versions of an article the open-data bucket holds."""
    return Request(
        service="pmc-oa", url=f"{OPEN_DATA}/?list-type=2&prefix={pmcid}.&delimiter=/", accept="application/xml"
    )


def request_open_data(pmcid: str, version: int = 1) -> Request:
    """Ask for the open-data description (licence, retraction flag, identifiers) of one version of an article.

    >>> request_open_data("PMC3040717").url
    'https://pmc-oa-opendata.s3.amazonaws.com/PMC3040717.1/PMC3040717.1.json'
    """
    return Request(service="pmc-oa", url=f"{OPEN_DATA}/{pmcid}.{version}/{pmcid}.{version}.json")


def read_versions(response: Response) -> Reading[tuple[int, ...]]:
    """Read the version numbers in the bucket; an empty listing is *not-found* there."""
    root = read_xml(response, "ListBucketResult")
    if root.value is None:
        return could_not_check(root.reason)
    texts = [
        item.text or ""
        for item in root.value.iter()
        if local_name(item) == "Prefix" and (item.text or "").endswith("/")
    ]
    versions = tuple(
        sorted(int(text.rstrip("/").rpartition(".")[2]) for text in texts if text.rstrip("/")[-1].isdecimal())
    )
    return found(versions) if versions else not_found("the open-data bucket has no version of it")


def read_open_data(response: Response) -> Reading[Work]:
    """Read the open-data description of one article."""
    reply = read_json(response)
    if reply.value is None:
        return Reading(reply.outcome, None, reply.reason)
    code = text_at(reply.value, "license_code") or ""
    retracted = at(reply.value, "is_retracted") is True
    return found(
        Work(
            pmcid=normalise_pmcid(text_at(reply.value, "pmcid") or ""),
            pmid=normalise_pmid(text_at(reply.value, "pmid") or ""),
            doi=normalise_doi(text_at(reply.value, "doi") or ""),
            title=clean_title(text_at(reply.value, "title")),
            licences=(Licence(url=_LICENCE_URL[code], source="pmc-oa"),) if code in _LICENCE_URL else (),
            notices=(Notice(nature="retraction", raw_type="is_retracted", source="pmc"),) if retracted else (),
        )
    )


def read_open_access_error(response: Response) -> Reading[str]:
    """Read the old open-access service: *not-found* with its code if the article is not open access."""
    root = read_xml(response, "OA")
    if root.value is None:
        return could_not_check(root.reason)
    error = root.value.find("error")
    if error is not None:
        code = error.get("code", "")
        text = (error.text or code).strip()
        return not_found(text) if code in ("idIsNotOpenAccess", "idDoesNotExist") else could_not_check(text)
    link = root.value.find("records/record/link")
    href = link.get("href", "") if link is not None else ""
    return found(href) if href else could_not_check("the reply holds no link")
