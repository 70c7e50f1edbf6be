"""The one place that speaks HTTP: ``HttpClient.fetch`` turns a ``Request`` into a ``Response`` and never raises for the net.

``requests`` carries the messages, urllib3's ``Retry`` decides whether and how long to wait before the next attempt. The
loop stands here and not inside the adapter, because urllib3's own retries would pass by the rate limit. Every attempt and
every redirect takes its turn in the bucket of its host and kind, and all of them share one deadline.
"""

import os
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

import msgspec
import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from alsu_kg.configuration import Configuration
from alsu_kg.http_exchange import (
    explained,
    in_words,
    never_connected,
    new_retry,
    read_body,
    redirect_refusal,
    waiting_time,
)
from alsu_kg.http_limits import Breaker, Bucket
from alsu_kg.indexes.services import SERVICES, Limit, rebased, service_of, starting_limit
from alsu_kg.model.exchange import Kind, Request, Response, Service

RETRIED_STATUS: Final = frozenset({429, 500, 502, 503, 504})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
FORM: Final = "application/x-www-form-urlencoded"
WORKERS: Final = 4
_VERSION: Final = version("alsu-kg")


class HttpClient:
    """Asks services with manners. Give it to whoever needs ``fetch``; close it (or use ``with``) when done."""

    def __init__(
        self,
        configuration: Configuration,
        keys: dict[Service, str] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._configuration = configuration
        self._keys = dict(keys or {})
        self._stopped = threading.Event()
        self._clock, self._sleep = clock, sleep or self._stopped.wait
        self._session = requests.Session()
        # The environment is looked at once per host, not once per request as requests does; .netrc is never read.
        self._session.trust_env = False
        self._session.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
        self._proxies: dict[str, dict[str, str]] = {}
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        contact = f"; mailto:{configuration.contact}" if configuration.contact else ""
        self._session.headers["User-Agent"] = f"alsu-kg/{_VERSION} (https://w3id.org/alsu-kg{contact})"
        adapter = HTTPAdapter(pool_connections=16, pool_maxsize=WORKERS * 2, max_retries=Retry(0, read=False))
        self._session.mount("https://", adapter)
        self._session.mount("http://", adapter)
        self._buckets: dict[tuple[str, Kind], Bucket] = {}
        self._breakers: dict[str, Breaker] = {}
        self._lock = threading.Lock()
        self.requests_sent = 0

    def __enter__(self) -> "HttpClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close connections and limiters."""
        self._session.close()
        for bucket in self._buckets.values():
            bucket.close()

    def fetch(self, request: Request) -> Response:
        """Send ``request`` until there is an answer worth having, the retries are used up or the deadline has passed."""
        deadline = self._clock() + self._configuration.deadline
        policy = new_retry(self._configuration.retries)
        attempts = 0
        while True:
            attempts += 1
            response, problem = self._attempt(request, deadline)
            response = msgspec.structs.replace(response, attempts=attempts)
            if problem == "final" or (problem != "connection" and response.status not in RETRIED_STATUS):
                return response
            if self._stopped.is_set() or not policy.total or (never_connected(response) and attempts > 1):
                return response
            policy = policy.increment(request.method, request.url)
            wait = waiting_time(policy, response)
            if self._clock() + wait >= deadline:
                return explained(response, f"the next attempt would be in {wait:.0f} s, after the deadline")
            if response.status == 429:
                self._bucket(request.service, request.kind).hold(wait)
            self._sleep(wait)

    def fetch_all(self, requests_: Sequence[Request]) -> Iterable[Response]:
        """Fetch many, a few at once as the buckets allow, and give the responses in order as they come."""
        if len(requests_) == 1:
            yield self.fetch(requests_[0])
            return
        pool = ThreadPoolExecutor(max_workers=WORKERS)
        try:
            for future in [pool.submit(self.fetch, request) for request in requests_]:
                yield future.result()
        except KeyboardInterrupt:  # nobody waits for retries that nobody will read
            self._stopped.set()
            raise
        finally:
            pool.shutdown(wait=not self._stopped.is_set(), cancel_futures=True)

    def _attempt(self, request: Request, deadline: float) -> tuple[Response, str]:
        """Send once, following redirects. The second value is ``connection``, ``final``, or empty: judge by the status."""
        url, method = request.url, request.method
        service: Service | None = request.service
        seen: list[str] = []
        while True:
            response, problem = self._send(msgspec.structs.replace(request, url=url, method=method), service, deadline)
            response = msgspec.structs.replace(response, url=request.url, redirects=tuple(seen))
            if problem or response.status not in REDIRECTS or not response.header("location"):
                return response, problem
            target = urljoin(url, response.header("location") or "")
            bases = self._configuration.bases
            refusal = redirect_refusal(
                rebased(url, bases), rebased(target, bases), [rebased(one, bases) for one in seen]
            )
            if refusal:
                return explained(response, refusal), "final"
            seen.append(target)
            if response.status == 303 or (response.status in (301, 302) and method == "POST"):
                method = "GET"
            url, service = target, service_of(target)

    def _send(self, request: Request, service: Service | None, deadline: float) -> tuple[Response, str]:
        """Send one message to one host when its turn comes, and learn from what comes back."""
        wire_url = rebased(request.url, self._configuration.bases)
        place = service or urlsplit(wire_url).netloc
        breaker = self._breaker(place)
        blocked = breaker.blocked_for()
        if blocked:
            return Response(
                url=request.url, failure=f"{place} failed repeatedly and is left alone for {blocked:.0f} s"
            ), "final"
        bucket = self._bucket(place, request.kind)
        with bucket.turn(deadline - self._clock()) as came:
            if not came:
                return Response(url=request.url, failure="the deadline passed while waiting for a turn"), "final"
            response, problem = self._exchange(request, wire_url, service, deadline)
        breaker.record(failed=problem == "connection" or response.status in (500, 502, 503, 504))
        bucket.learn(response)
        return response, problem

    def _exchange(
        self, request: Request, wire_url: str, service: Service | None, deadline: float
    ) -> tuple[Response, str]:
        self.requests_sent += 1
        headers = {"Accept": request.accept}
        body = request.body if request.method == "POST" else None
        if body is not None and request.content_type:
            headers["Content-Type"] = request.content_type
        parameters = self._credentials(service, headers)
        if body is not None and request.content_type == FORM:
            body, parameters = b"&".join((body, urlencode(parameters).encode())) if parameters else body, {}
        address = f"{wire_url}{'&' if '?' in wire_url else '?'}{urlencode(parameters)}" if parameters else wire_url
        timeout = max(0.05, min(self._configuration.timeout, deadline - self._clock()))
        try:
            reply = self._session.request(
                request.method,
                address,
                data=body,
                headers=headers,
                stream=True,
                proxies=self._proxies_for(address),
                allow_redirects=False,
                timeout=(min(timeout, 10.0), timeout),
            )
        except (requests.RequestException, HTTPError, OSError, UnicodeError) as error:
            return Response(
                url=request.url, fetched_at=utc_now(), failure=self._scrubbed(in_words(error))
            ), "connection"
        found = tuple((name.lower(), self._scrubbed(value)) for name, value in reply.headers.items())
        content, failure, problem = read_body(reply, deadline, self._clock)
        return Response(
            url=request.url,
            status=reply.status_code,
            headers=found,
            body=content,
            fetched_at=utc_now(),
            failure=self._scrubbed(failure) if failure else None,
        ), problem

    def _proxies_for(self, address: str) -> dict[str, str]:
        host = urlsplit(address).netloc
        if host not in self._proxies:
            self._proxies[host] = dict(requests.utils.get_environ_proxies(address))
        return self._proxies[host]

    def _credentials(self, service: Service | None, headers: dict[str, str]) -> dict[str, str]:
        """Add the key for ``service`` to ``headers``, or give it as parameters with the contact address.

        This happens at the last moment, so that neither is in a request, a response or the cache; a redirect to a host
        that is no service gets neither.
        """
        if service is None:
            return {}
        info, key = SERVICES[service], self._keys.get(service)
        parameters: dict[str, str] = {}
        if key and info.key_header:
            headers[info.key_header[0]] = info.key_header[1].format(key)
        if key and info.key_parameter:
            parameters[info.key_parameter] = key
        if self._configuration.contact:
            parameters |= {name: value.format(self._configuration.contact) for name, value in info.contact_parameters}
        return parameters

    def _scrubbed(self, text: str) -> str:
        """Take every key out of a text that may be shown or kept."""
        for key in self._keys.values():
            text = text.replace(key, "***")
        return text

    def _bucket(self, place: str, kind: Kind) -> Bucket:
        with self._lock:
            bucket = self._buckets.get((place, kind))
            if bucket is None:
                bucket = self._buckets[(place, kind)] = self._new_bucket(place, kind)
            return bucket

    def _new_bucket(self, place: str, kind: Kind) -> Bucket:
        service = next((name for name in SERVICES if name == place), None)
        if service is None:
            return Bucket(Limit(1, 1), clock=self._clock, sleep=self._sleep)
        start = starting_limit(service, kind, contact=bool(self._configuration.contact), key=service in self._keys)
        own = self._configuration.services.get(service)
        fixed = own is not None and (own.rate_per_second is not None or own.concurrency is not None)
        if own is not None and fixed:
            start = Limit(own.rate_per_second or start.rate, own.concurrency or start.concurrency)
        return Bucket(start, fixed=fixed, clock=self._clock, sleep=self._sleep)

    def _breaker(self, place: str) -> Breaker:
        with self._lock:
            return self._breakers.setdefault(place, Breaker(self._clock))


def utc_now() -> str:
    """Give the time now in UTC (RFC 3339, whole seconds)."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
