"""Parts of one HTTP exchange: reading a body within bounds, deciding on retries and redirects, saying failures in words."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import msgspec
import requests
from urllib3.exceptions import DecodeError, HTTPError, IncompleteRead, InvalidHeader, ReadTimeoutError
from urllib3.util.retry import Retry

from alsu_kg.model.exchange import Response

MAX_BODY: Final = 64 * 1024 * 1024
"""Largest body read, in bytes after decoding; a list of 200 Crossref works is about 2 MB."""
MAX_REDIRECTS: Final = 6
FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 30.0
_CHUNK: Final = 65536


def new_retry(attempts: int) -> Retry:
    """Give the policy: ``attempts`` retries, doubling waits from ``FIRST_WAIT`` seconds with jitter, ``Retry-After`` obeyed.

    The first entry of its history is made here, because urllib3 would otherwise retry at once the first time.

    >>> new_retry(3).total
    3
    """
    policy = Retry(
        total=attempts + 1,
        backoff_factor=FIRST_WAIT / 2,
        backoff_max=LONGEST_WAIT,
        backoff_jitter=FIRST_WAIT,
        respect_retry_after_header=True,
    )
    return policy.increment("GET", "/")


def waiting_time(policy: Retry, response: Response) -> float:
    """Give the seconds to wait before the next attempt: what ``Retry-After`` says if it is there, else the backoff.

    >>> waiting_time(new_retry(1), Response(url="u", status=429, headers=(("retry-after", "7"),)))
    7.0
    """
    header = response.header("retry-after")
    if header is not None:
        try:
            return max(0.0, float(policy.parse_retry_after(header)))
        except InvalidHeader:
            pass
    return policy.get_backoff_time()


def redirect_refusal(url: str, target: str, seen: list[str]) -> str | None:
    """Say why a redirect is not followed, or ``None`` if it is.

    >>> redirect_refusal("https://doi.org/10.1/a", "http://doi.org/10.1/a", [])
    'the redirect to http://doi.org/10.1/a would leave the secure connection'
    """
    if target in seen or target == url:
        return f"the redirects go round in a loop at {target}"
    if len(seen) >= MAX_REDIRECTS:
        return f"there were more than {MAX_REDIRECTS} redirects"
    parts = urlsplit(target)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return f"the redirect to {target!r} is no web address"
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        return f"the redirect to {target} would leave the secure connection"
    return None


def read_body(reply: requests.Response, deadline: float, clock: Callable[[], float]) -> tuple[bytes, str | None, str]:
    """Read the body of a streamed reply: bytes, the failure in words, and ``connection`` (may be retried) or ``final``.

    Stops at ``MAX_BODY`` bytes and at the deadline, whatever the server goes on sending.
    """
    length = reply.headers.get("Content-Length", "")
    if length.isdecimal() and int(length) > MAX_BODY:
        reply.close()
        return b"", f"the body is said to have {length} bytes; {MAX_BODY} are read at most", "final"
    chunks: list[bytes] = []
    size = 0
    try:
        while chunk := reply.raw.read1(_CHUNK, decode_content=True):
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_BODY or clock() > deadline:
                reply.close()
                return b"", f"the body has more than {MAX_BODY} bytes" if size > MAX_BODY else _TOO_SLOW, "final"
    except (HTTPError, OSError) as error:
        reply.close()
        return b"".join(chunks), in_words(error), "final" if isinstance(error, DecodeError) else "connection"
    reply.raw.release_conn()
    return b"".join(chunks), None, ""


_TOO_SLOW: Final = "the body did not arrive before the deadline"


def in_words(error: Exception) -> str:
    """Say a network error in one line without addresses of objects.

    >>> in_words(requests.exceptions.ConnectTimeout())
    'no connection within the time limit'
    """
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return "no connection within the time limit"
    if isinstance(error, requests.exceptions.ReadTimeout | ReadTimeoutError | TimeoutError):
        return "no answer within the time limit"
    if isinstance(error, DecodeError):
        return "the body is not what its Content-Encoding says"
    if isinstance(error, IncompleteRead) or "IncompleteRead" in str(error):
        return "the body was cut off"
    if isinstance(error, requests.exceptions.SSLError):
        return "the secure connection could not be made"
    if "NameResolution" in str(error) or "Name or service not known" in str(error):
        return "the host name could not be resolved"
    if "refused" in str(error):
        return "the connection was refused"
    if "reset" in str(error).lower() or "aborted" in str(error).lower():
        return "the connection was reset"
    return f"no usable connection ({type(error).__name__})"


def never_connected(response: Response) -> bool:
    """Tell whether no connection was made at all; such an attempt is repeated only once.

    >>> never_connected(Response(url="u", failure="the connection was refused"))
    True
    """
    return response.failure in (
        "the host name could not be resolved",
        "the connection was refused",
        "no connection within the time limit",
    )


def explained(response: Response, why: str) -> Response:
    """Give ``response`` with ``why`` it is the last one, added to the failure that it already names.

    >>> explained(Response(url="u", status=429), "too long to wait").failure
    'status 429; too long to wait'
    """
    before = response.failure or (f"status {response.status}" if response.status else "")
    return msgspec.structs.replace(response, failure=f"{before}; {why}" if before else why)
