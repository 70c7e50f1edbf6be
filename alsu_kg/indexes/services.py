"""The services in one table: public address, where contact and key go, and the limits to start from before headers tell.

The starting limits are the smallest that each service has stated for a caller with and without a contact address
(Crossref blog of 5 November 2025, NBK25497, DataCite support pages, OpenCitations and OpenAlex documentation);
where a service states none, the figure is ours and cautious. What response headers say replaces them at once.
"""

from typing import Final

import msgspec

from alsu_kg.model.exchange import Kind, Service


class Limit(msgspec.Struct, frozen=True):
    """At most ``rate`` requests per second, ``concurrency`` of them under way at once."""

    rate: float
    concurrency: int


class ServiceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What the HTTP client must know of one service.

    ``key_header`` or ``key_parameter`` say where its key goes (``{}`` stands for the key), ``contact_parameters`` where the
    contact address goes beside the User-Agent; ``polite`` are the limits for callers who give one.
    """

    base: str
    anonymous: Limit
    polite: Limit
    polite_list: Limit | None = None
    anonymous_list: Limit | None = None
    with_key: Limit | None = None
    key_header: tuple[str, str] | None = None
    key_parameter: str | None = None
    key_variable: str | None = None
    contact_parameters: tuple[tuple[str, str], ...] = ()


SERVICES: Final[dict[Service, ServiceInfo]] = {
    "crossref": ServiceInfo(
        base="https://api.crossref.org",
        anonymous=Limit(5, 1),
        anonymous_list=Limit(1, 1),
        polite=Limit(10, 3),
        polite_list=Limit(3, 3),
        key_header=("Crossref-Plus-API-Token", "Bearer {}"),
        key_variable="CROSSREF_PLUS_TOKEN",
    ),
    "doi": ServiceInfo(base="https://doi.org", anonymous=Limit(5, 1), polite=Limit(10, 3)),
    "datacite": ServiceInfo(base="https://api.datacite.org", anonymous=Limit(1.6, 1), polite=Limit(3.3, 2)),
    "eutils": ServiceInfo(
        base="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
        anonymous=Limit(3, 1),
        polite=Limit(3, 2),
        with_key=Limit(10, 3),
        key_parameter="api_key",
        key_variable="NCBI_API_KEY",
        contact_parameters=(("tool", "alsu-kg"), ("email", "{}")),
    ),
    "idconv": ServiceInfo(
        base="https://pmc.ncbi.nlm.nih.gov/tools/idconv",
        anonymous=Limit(3, 1),
        polite=Limit(3, 2),
        contact_parameters=(("tool", "alsu-kg"), ("email", "{}")),
    ),
    "pmc-oa": ServiceInfo(base="https://pmc-oa-opendata.s3.amazonaws.com", anonymous=Limit(5, 2), polite=Limit(5, 2)),
    "europepmc": ServiceInfo(
        base="https://www.ebi.ac.uk/europepmc/webservices/rest", anonymous=Limit(5, 2), polite=Limit(5, 2)
    ),
    "openalex": ServiceInfo(
        base="https://api.openalex.org",
        anonymous=Limit(1, 1),
        polite=Limit(1, 1),
        with_key=Limit(10, 3),
        key_parameter="api_key",
        key_variable="OPENALEX_API_KEY",
    ),
    "semanticscholar": ServiceInfo(
        base="https://api.semanticscholar.org",
        anonymous=Limit(0.3, 1),
        polite=Limit(0.3, 1),
        with_key=Limit(1, 1),
        key_header=("x-api-key", "{}"),
        key_variable="S2_API_KEY",
    ),
    "opencitations": ServiceInfo(
        base="https://api.opencitations.net",
        anonymous=Limit(3, 1),
        polite=Limit(3, 1),
        key_header=("authorization", "{}"),
        key_variable="OPENCITATIONS_TOKEN",
    ),
    "unpaywall": ServiceInfo(
        base="https://api.unpaywall.org",
        anonymous=Limit(5, 2),
        polite=Limit(5, 2),
        contact_parameters=(("email", "{}"),),
    ),
    "clinicaltrials": ServiceInfo(base="https://clinicaltrials.gov", anonymous=Limit(1, 1), polite=Limit(1, 1)),
}
"""Every service the resolver can ask."""

MOVED: Final[tuple[tuple[str, Service], ...]] = (
    ("https://api.crossref.org:443", "crossref"),
    ("https://data.crossref.org", "crossref"),
    ("https://www.ncbi.nlm.nih.gov/pmc/utils/idconv", "idconv"),
)
"""Other public addresses that redirects name, with the service whose configured base stands for them."""


def starting_limit(service: Service, kind: Kind, *, contact: bool, key: bool) -> Limit:
    """Give the limit to start from.

    >>> starting_limit("crossref", "list", contact=True, key=False), starting_limit("crossref", "list", contact=False, key=False)
    (Limit(rate=3, concurrency=3), Limit(rate=1, concurrency=1))
    """
    info = SERVICES[service]
    if key and info.with_key:
        return info.with_key
    if kind == "single":
        return info.polite if contact else info.anonymous
    return (info.polite_list or info.polite) if contact else (info.anonymous_list or info.anonymous)


def service_of(url: str) -> Service | None:
    """Name the service whose public address ``url`` is at, or ``None``.

    >>> service_of("https://api.crossref.org/works/10.1000%2Fa"), service_of("https://example.org/")
    ('crossref', None)
    """
    for name, info in SERVICES.items():
        if url.startswith((info.base + "/", info.base + "?")) or url == info.base:
            return name
    return next((service for prefix, service in MOVED if url.startswith(prefix + "/")), None)


def rebased(url: str, bases: dict[Service, str]) -> str:
    """Give the address that ``url`` has where services are reached at other ``bases`` (a mirror, a proxy, a test server).

    >>> rebased("https://api.crossref.org:443/works/10.1000%2Fa", {"crossref": "http://127.0.0.1:8080/cr"})
    'http://127.0.0.1:8080/cr/works/10.1000%2Fa'
    """
    service = service_of(url)
    if service is None or service not in bases:
        return url
    prefixes = (SERVICES[service].base, *(prefix for prefix, owner in MOVED if owner == service))
    prefix = max((prefix for prefix in prefixes if url.startswith(prefix)), key=len)
    return bases[service].rstrip("/") + url[len(prefix) :]
