"""What a response is worth before its contents are read: status first, then the body itself, the declared type last.

An HTML page or an empty body with status 200, an error document inside a 200, a 404 that calls itself JSON, a cut-off
body: each has its own reason, and none of them ever means "does not exist".
"""

from typing import Final
from xml.etree import ElementTree

import msgspec

from alsu_kg.model.exchange import Reading, Response, could_not_check, found, not_found

Element = ElementTree.Element

_BAD_STATUS: Final[dict[int, str]] = {
    204: "the service has no content for it (status 204)",
    400: "the service refused the request (status 400)",
    401: "the service wants a key (status 401)",
    403: "the service forbids the request (status 403)",
    406: "the service has no such format (status 406)",
    408: "the service gave up waiting (status 408)",
    410: "the service has retired this address (status 410)",
    422: "the service refused the request (status 422)",
    429: "the service limits requests (status 429)",
}


def check_status(response: Response, *, html_404: bool = False) -> Reading[bytes]:
    """Give the body if the status is 200; *not-found* for the service's own 404; else *could-not-check*.

    A 404 that brings an HTML page is somebody else's (a proxy's) unless the service is known to send one (``html_404``).

    >>> check_status(Response(url="u", status=404, body=b"Resource not found.")).outcome
    'not-found'
    >>> check_status(Response(url="u", status=200, body=b"<!DOCTYPE html><p>Down")).reason
    'an HTML page came with status 200'
    """
    if response.failure:
        return could_not_check(response.failure)
    if response.status == 404:
        if looks_like_html(response.body) and not html_404:
            return could_not_check("an HTML page came with status 404, which is not this service's own answer")
        return not_found("the service has no such record (status 404)")
    if response.status != 200:
        return could_not_check(_BAD_STATUS.get(response.status, f"the service answered with status {response.status}"))
    if not response.body.strip():
        return could_not_check("an empty body came with status 200")
    if looks_like_html(response.body):
        return could_not_check("an HTML page came with status 200")
    return found(response.body)


def looks_like_html(body: bytes) -> bool:
    r"""Tell whether a body is an HTML page, whatever its declared type.

    >>> looks_like_html(b"\n<HTML><body>"), looks_like_html(b"<?xml version='1.0'?><a/>")
    (True, False)
    """
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml"):
        start = start.partition(b"?>")[2].lstrip()
    while start.startswith(b"<!--"):
        start = start.partition(b"-->")[2].lstrip()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<center", b"<h1", b"<title"))


def read_json(response: Response, *, html_404: bool = False) -> Reading[object]:
    """Give the decoded JSON of a good response.

    >>> read_json(Response(url="u", status=200, body=b'{"a": 1')).reason
    'the body is not whole JSON: Input data was truncated'
    """
    body = check_status(response, html_404=html_404)
    if body.value is None:
        return Reading(body.outcome, None, body.reason)
    try:
        return found(msgspec.json.decode(body.value.removeprefix(b"\xef\xbb\xbf")))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return could_not_check(f"the body is not whole JSON: {error}")


def read_xml(response: Response, *roots: str, html_404: bool = False) -> Reading[Element]:
    """Give the root element of a good response, which must have one of the names ``roots`` (namespaces are ignored).

    Any other root, such as an error document, is *could-not-check* with the text of its error.

    >>> read_xml(Response(url="u", status=200, body=b"<r><ERROR>bad db</ERROR></r>"), "PubmedArticleSet").reason
    'the service answered with an error document: bad db'
    """
    body = check_status(response, html_404=html_404)
    if body.value is None:
        return Reading(body.outcome, None, body.reason)
    if body.value.lstrip().startswith(b"{"):
        return could_not_check("a JSON document came where XML was asked for")
    try:
        root = ElementTree.fromstring(body.value)  # noqa: S314 - expat limits expansion; external entities are not loaded
    except ElementTree.ParseError as error:
        return could_not_check(f"the body is not whole XML: {error}")
    if local_name(root) not in roots:
        return could_not_check(_error_text(root))
    stated = next((item.text.strip() for item in root if local_name(item) == "ERROR" and item.text), "")
    if stated and len(root) == 1:
        return could_not_check(f"the service answered with an error document: {stated}")
    return found(root)


def local_name(element: Element) -> str:
    """Give the name of an element without its namespace.

    >>> local_name(ElementTree.fromstring('<a xmlns="urn:x"/>'))
    'a'
    """
    return element.tag.rpartition("}")[2]


def _error_text(root: Element) -> str:
    for item in root.iter():
        if local_name(item).lower() in ("error", "errmsg", "message") and (item.text or "").strip():
            return f"the service answered with an error document: {(item.text or '').strip()}"
    return f"the service answered with an unexpected document <{local_name(root)}>"
