"""One HTTP exchange as plain data, and the three outcomes that a question to an index can have.

``Request`` and ``Response`` are the message pair of RFC 9110. A request names the *service* and the *kind* of question
(services count single look-ups, lists and searches apart); it never holds a key or a contact address, so it can be
logged and used as a cache key.

The three outcomes are kept apart everywhere: *found*, *not-found* (the source answered that it has no such thing) and
*could-not-check* (no usable answer came, so nothing is known).
"""

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

import msgspec

Service = Literal[
    "crossref",
    "doi",
    "datacite",
    "eutils",
    "idconv",
    "pmc-oa",
    "europepmc",
    "openalex",
    "semanticscholar",
    "opencitations",
    "unpaywall",
    "clinicaltrials",
]
"""The services asked; each has a base URL, and limits of its own per kind of question."""

Kind = Literal["single", "list", "search"]
Outcome = Literal["found", "not-found", "could-not-check"]

Value = TypeVar("Value")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """A question to a service, at its public address; ``HttpClient`` adds contact, key and the configured base URL.

    >>> Request(service="crossref", url="https://api.crossref.org/works/10.1000%2Fa").kind
    'single'
    """

    service: Service
    url: str
    kind: Kind = "single"
    method: Literal["GET", "POST"] = "GET"
    accept: str = "application/json"
    body: bytes | None = None
    content_type: str | None = None


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: header names are lower case, ``fetched_at`` is UTC (RFC 3339), ``url`` holds no key.

    ``failure`` says in words why there is no usable message (no connection, deadline passed, body cut off …); then
    ``status`` is the last status seen, or 0.

    >>> Response(url="https://doi.org/10.1000/a", status=200, headers=(("content-type", "text/html"),)).header("content-type")
    'text/html'
    """

    url: str
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    fetched_at: str = ""
    failure: str | None = None
    redirects: tuple[str, ...] = ()
    attempts: int = 1

    def header(self, name: str) -> str | None:
        """Give the value of the header ``name`` (lower case), or ``None``."""
        return next((value for key, value in self.headers if key == name), None)


class Evidence(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """That a source was asked, when, and what came of it: the grounds of an answer."""

    source: str
    outcome: Outcome
    at: str = ""
    url: str = ""
    status: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value]):
    """What a reader made of a response: an outcome, the value if it is *found*, and the reason if it is not.

    >>> found("x").value, not_found("no such DOI").outcome, could_not_check("HTTP status 503").reason
    ('x', 'not-found', 'HTTP status 503')
    """

    outcome: Outcome
    value: Value | None = None
    reason: str = ""

    def as_failure(self) -> "Reading[Value]":
        """Give the same outcome and reason without a value, to hand on."""
        return Reading(self.outcome, None, self.reason)


def found(value: Value) -> Reading[Value]:
    """Make the reading of a source that had an answer."""
    return Reading("found", value)


def not_found(reason: str) -> Reading[Value]:
    """Make the reading of a source that answered that it has no such thing."""
    return Reading("not-found", None, reason)


def could_not_check(reason: str) -> Reading[Value]:
    """Make the reading of a source that gave no usable answer."""
    return Reading("could-not-check", None, reason)
