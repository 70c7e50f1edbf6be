"""Manners per host and kind of question: requests per second, requests at once, and when to leave a failing host alone.

Rates are kept by ``pyrate_limiter`` (its only home); what it lacks is here: limits learned from response headers, and a
circuit breaker. Everything is safe for several threads.
"""

import contextlib
import re
import threading
from collections.abc import Callable, Iterator
from typing import Final

from pyrate_limiter import Limiter, Rate

from alsu_kg.indexes.services import Limit
from alsu_kg.model.exchange import Response

_INTERVAL_UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "": 1.0}
SMOOTHING_MS: Final = 20
"""Above 1000 / SMOOTHING_MS requests per second, requests are let through in groups of this many milliseconds."""


def learned_limit(response: Response) -> tuple[float | None, int | None]:
    """Read rate (per second) and concurrency from headers in either spelling; ``None`` for what they do not say.

    >>> learned_limit(Response(url="u", headers=(("x-ratelimit-limit", "50"), ("x-ratelimit-interval", "1s"))))
    (50.0, None)
    >>> learned_limit(Response(url="u", headers=(("x-rate-limit-limit", "3"), ("x-rate-limit-interval", "1s"),
    ...     ("x-concurrency-limit", "3"))))
    (3.0, 3)
    """
    rate = None
    for spelling in ("x-rate-limit", "x-ratelimit"):
        limit, interval = response.header(f"{spelling}-limit"), response.header(f"{spelling}-interval")
        match = re.fullmatch(r"\s*([0-9.]+)\s*(ms|s|m|h|)\s*", interval or "")
        if limit and limit.strip().isdecimal() and match:
            seconds = float(match.group(1)) * _INTERVAL_UNITS[match.group(2)]
            rate = int(limit) / seconds if seconds > 0 and int(limit) > 0 else rate
    concurrency = (response.header("x-concurrency-limit") or "").strip()
    return rate, int(concurrency) if concurrency.isdecimal() and int(concurrency) > 0 else None


def spacing(rate: float) -> Rate:
    """Give the even spacing of ``rate`` requests per second: one every so many milliseconds, rounded up.

    >>> spacing(3).interval, spacing(10).limit, spacing(150).limit
    (334, 1, 3)
    """
    interval = 1000 / rate
    if interval >= SMOOTHING_MS:
        return Rate(1, int(-(-interval // 1)))
    return Rate(max(1, int(SMOOTHING_MS / interval)), SMOOTHING_MS)


class Bucket:
    """The limit of one service and kind; ``fixed`` limits (set by the user) are not changed by headers."""

    def __init__(
        self, limit: Limit, *, clock: Callable[[], float], sleep: Callable[[float], object], fixed: bool = False
    ) -> None:
        self.limit = limit
        self.fixed = fixed
        self._clock, self._sleep = clock, sleep
        self._limiter = Limiter(spacing(limit.rate), buffer_ms=0)
        self._under_way = 0
        self._held_until = 0.0
        self._changed = threading.Condition()

    @contextlib.contextmanager
    def turn(self, wait: float) -> Iterator[bool]:
        """Wait at most ``wait`` seconds for a turn; gives whether it came. Holds one place while the request runs."""
        until = self._clock() + wait
        with self._changed:
            came = self._changed.wait_for(lambda: self._under_way < self.limit.concurrency, timeout=max(0.0, wait))
            if came:
                self._under_way += 1
        try:
            yield came and self._spaced(until)
        finally:
            if came:
                with self._changed:
                    self._under_way -= 1
                    self._changed.notify()

    def _spaced(self, until: float) -> bool:
        held = self._held_until - self._clock()
        if held > 0:
            if self._held_until > until:
                return False
            self._sleep(held)
        return bool(self._limiter.try_acquire("request", timeout=max(0.0, until - self._clock())))

    def hold(self, seconds: float) -> None:
        """Let nobody through for ``seconds``: the service has said that there were too many requests."""
        self._held_until = max(self._held_until, self._clock() + seconds)

    def learn(self, response: Response) -> None:
        """Take over what the headers of ``response`` say."""
        rate, concurrency = learned_limit(response)
        new = Limit(rate or self.limit.rate, concurrency or self.limit.concurrency)
        if self.fixed or new == self.limit:
            return
        with self._changed:
            if new.rate != self.limit.rate:
                old, self._limiter = self._limiter, Limiter(spacing(new.rate), buffer_ms=0)
                self._limiter.try_acquire("request", blocking=False)
                old.close()
            self.limit = new
            self._changed.notify_all()

    def close(self) -> None:
        """Stop the limiter."""
        self._limiter.close()


class Breaker:
    """Leaves a host alone for ``rest`` seconds after ``threshold`` failures in a row; one request may then try again."""

    def __init__(self, clock: Callable[[], float], *, threshold: int = 5, rest: float = 60.0) -> None:
        self._clock, self._threshold, self._rest = clock, threshold, rest
        self._failures = 0
        self._open_until = 0.0
        self._lock = threading.Lock()

    def blocked_for(self) -> float:
        """Give the seconds for which the host is still left alone; 0 lets the caller through."""
        with self._lock:
            left = self._open_until - self._clock()
            if self._failures >= self._threshold and left <= 0:
                self._open_until = self._clock() + self._rest
                return 0.0
            return max(0.0, left)

    def record(self, *, failed: bool) -> None:
        """Count a failure, or forget all of them after a success."""
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            self._open_until = self._clock() + self._rest if self._failures >= self._threshold else 0.0
