"""How fast the resolver is against a local server that answers at once, beside bare ``requests`` in the same run.

    python tests/benchmarks/bench_resolver.py

Figures are medians of several rounds; the server runs in a process of its own. The goals: 300 identifiers a second uncached
through Crossref's list endpoint, 20,000 a second from the cache, at most 1.3 times the time of bare requests.
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from alsu_kg.configuration import Configuration, ServiceSettings
from alsu_kg.http_client import HttpClient
from alsu_kg.indexes import crossref
from alsu_kg.model.exchange import Request, Response
from alsu_kg.resolver import Resolver, ResolverSettings
from alsu_kg.response_cache import ResponseCache

ROUNDS = 7
LISTED, CACHED, SINGLE = 2000, 20_000, 300


def item(doi: str) -> dict[str, object]:
    """Make a work of the size that Crossref's select gives: 6 authors, licences, dates."""
    people = [
        {"given": f"Given {n}", "family": f"Family {n}", "sequence": "additional", "affiliation": []} for n in range(6)
    ]
    return {
        "DOI": doi, "type": "journal-article", "title": [f"A randomised trial of <i>something</i> in people with ALS, {doi}"],
        "author": people, "container-title": ["Amyotrophic Lateral Sclerosis and Frontotemporal Degeneration"],
        "publisher": "Informa UK Limited", "volume": "21", "issue": "7-8", "page": "100-109", "ISSN": ["2167-8421", "2167-9223"],
        "issued": {"date-parts": [[2020, 5, 22]]}, "published-online": {"date-parts": [[2020, 5, 22]]},
        "license": [{"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor", "delay-in-days": 0}],
    }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Answers list and single requests at once, with the headers of a generous pool."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.query:
            dois = re.findall(r"doi:([^,]+)", parse_qs(parts.query)["filter"][0])
            message: object = {"message": {"total-results": len(dois), "items": [item(doi) for doi in dois]}}
        else:
            message = {"message": item(unquote(parts.path.rpartition("/works/")[2]))}
        body = json.dumps(message).encode()
        head = (
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-rate-limit-limit: 5000\r\nx-rate-limit-interval: 1s\r\n"
            f"x-concurrency-limit: 4\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve() -> None:
    """Serve until killed; the port goes to standard output."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


def configuration(base: str) -> Configuration:
    """Point Crossref at the server. Rate and concurrency are left to what its headers say."""
    return Configuration(contact="bench@example.org", services={"crossref": ServiceSettings(base_url=base)})


def seconds(work: Callable[[], object]) -> float:
    """Time one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def resolve_all(base: str, cache: Path, dois: list[str]) -> None:
    """Resolve through the list endpoint and the cache."""
    with HttpClient(configuration(base)) as client, ResponseCache(cache) as store:
        resolver = Resolver(client.fetch_all, store, settings=ResolverSettings(sources=frozenset({"crossref"})))
        answers = list(resolver.resolve(dois))
    assert len(answers) == len(dois)
    assert all(answer.outcome == "found" for answer in answers)


def bench_list(base: str, folder: Path) -> float:
    """Give identifiers per second, uncached, list endpoint, start of client and cache included."""
    dois = [f"10.1000/bench.{number}" for number in range(LISTED)]
    rounds = [seconds(partial(resolve_all, base, folder / f"{number}.sqlite", dois)) for number in range(ROUNDS)]
    return LISTED / statistics.median(rounds)


def bench_cache(base: str, folder: Path) -> tuple[float, float]:
    """Give identifiers per second from a full cache, by the clock and by processor time (for machines that do other things)."""
    dois = [f"10.1000/bench.{number}" for number in range(CACHED)]
    cache = folder / "full.sqlite"
    resolve_all(base, cache, dois)
    walls, processor = [], []
    for _ in range(ROUNDS):
        begun = time.process_time()
        walls.append(seconds(partial(resolve_all, base, cache, dois)))
        processor.append(time.process_time() - begun)
    return CACHED / statistics.median(walls), CACHED / statistics.median(processor)


def bench_overhead(base: str) -> tuple[float, float]:
    """Give our time by the time of bare requests, for single look-ups and for lists; both read the reply to JSON."""
    single = [crossref.request_work(f"10.1000/bench.{number}") for number in range(SINGLE)]
    lists = [crossref.request_works([f"10.1000/bench.{n}" for n in range(s, s + 200)]) for s in range(0, LISTED, 200)]
    ratios = []
    with HttpClient(configuration(base)) as client, requests.Session() as session:
        client.fetch(single[0])
        client.fetch(lists[0])
        for asked in (single, lists):
            pairs = [
                (seconds(partial(ask_ours, client, asked)), seconds(partial(ask_bare, session, asked, base)))
                for _ in range(ROUNDS)
            ]
            ratios.append(statistics.median(ours / bare for ours, bare in pairs))
    return ratios[0], ratios[1]


def ask_ours(client: HttpClient, asked: list[Request]) -> None:
    """Fetch one after the other with the client, and read the JSON."""
    for request in asked:
        json.loads(client.fetch(request).body)


def ask_bare(session: requests.Session, asked: list[Request], base: str) -> None:
    """Do the same with nothing but requests."""
    for request in asked:
        session.get(request.url.replace(crossref.BASE, base), timeout=20).json()


def bench_reading(base: str) -> float:
    """Give works per second that the pure reader makes of a list reply."""
    dois = [f"10.1000/bench.{number}" for number in range(200)]
    body = requests.get(crossref.request_works(dois).url.replace(crossref.BASE, base), timeout=20).content
    response = Response(url="", status=200, body=body)
    return statistics.median(200 / seconds(lambda: crossref.read_works(response)) for _ in range(ROUNDS))


def main() -> None:
    """Run everything and print one line each."""
    with subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        base = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        try:
            with tempfile.TemporaryDirectory() as folder:
                print(f"uncached, list endpoint   {bench_list(base, Path(folder)):>9,.0f} identifiers/s   goal 300")
                wall, processor = bench_cache(base, Path(folder))
                print(
                    f"from the cache            {wall:>9,.0f} identifiers/s   goal 20,000 ({processor:,.0f} by processor time)"
                )
            single, lists = bench_overhead(base)
            print(f"time by bare requests     {single:>9.2f} single, {lists:.2f} lists        goal 1.3")
            print(f"reading a list reply      {bench_reading(base):>9,.0f} works/s")
        finally:
            server.terminate()


if __name__ == "__main__":
    serve() if sys.argv[1:] == ["--serve"] else main()
