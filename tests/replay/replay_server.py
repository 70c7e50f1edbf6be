"""A server on a local socket that answers as the bibliographic services did: recorded replies, and scripted faults.

``ReplayServer(folder)`` serves the replies of a folder with a ``manifest.json`` (method, URL, status, headers of each).
Each service lies under a path of its own, so ``server.configuration()`` points the client at it the way a user behind a
mirror would. Lists, which nobody recorded, are put together from the recorded single replies. ``server.script`` puts
faults before the regular answer, and ``server.log`` keeps every request with its time.

Run as a program it serves until stopped, and prints an ``alsu-kg.toml`` for it:

    python tests/replay/replay_server.py ../shared/responses > alsu-kg.toml
"""

import json
import re
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit
from xml.etree import ElementTree

from alsu_kg.configuration import Configuration, ServiceSettings
from alsu_kg.indexes.services import SERVICES

_NOT_REPLAYED = ("content-encoding", "content-length", "transfer-encoding", "connection", "date", "server")
_OURS = ("mailto", "tool", "email", "api_key")


@dataclass(frozen=True)
class Answer:
    """What to send: a status, headers and a body, and optionally a fault on the wire."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    fault: str = ""  # reset, truncated, endless, trickle, silent
    delay: float = 0.0


@dataclass
class Logged:
    """One request that came in."""

    at: float
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    port: int


@dataclass
class Script:
    """Answers to give, in order, to the requests whose public URL matches a pattern; the last one may repeat."""

    pattern: str
    answers: list[Answer]
    forever: bool = False
    method: str = ""
    used: int = field(default=0)


class ReplayServer:
    """The server; use it with ``with``."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.log: list[Logged] = []
        self.scripts: list[Script] = []
        self.extra: dict[tuple[str, str], Answer] = {}
        self.lock = threading.Lock()
        self.recorded: dict[tuple[str, str], list[tuple[str, Answer]]] = {}
        self.works: dict[str, object] = {}
        self.articles: dict[str, str] = {}
        self.europepmc: list[dict[str, object]] = []
        self.limit_headers: tuple[tuple[str, str], ...] = ()
        if folder is not None:
            self._load(folder)
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                _handle(server, self)

            def do_POST(self) -> None:
                _handle(server, self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                """Clients that go away in the middle are part of the tests."""

        self._http = Quiet(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def __enter__(self) -> "ReplayServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}"

    def configuration(
        self, *, rate: float | None = 1000.0, concurrency: int | None = 8, **settings: object
    ) -> Configuration:
        services = {
            name: ServiceSettings(base_url=f"{self.address}/{name}", rate_per_second=rate, concurrency=concurrency)
            for name in SERVICES
        }
        return Configuration(contact="tester@example.org", services=services, **settings)  # type: ignore[arg-type]

    def script(self, pattern: str, *answers: Answer, forever: bool = False, method: str = "") -> None:
        self.scripts.append(Script(pattern, list(answers), forever, method))

    def requests(self, pattern: str = "") -> list[Logged]:
        return [item for item in self.log if re.search(pattern, item.url)]

    def _load(self, folder: Path) -> None:
        for entry in json.loads((folder / "manifest.json").read_text())["files"]:
            headers = tuple(
                (name, value) for name, value in entry["response_headers"].items() if name.lower() not in _NOT_REPLAYED
            )
            body = (folder / entry["file"]).read_bytes()
            answer = Answer(entry["status"], body, headers)
            accept = entry["request_headers"].get("accept", "")
            self.recorded.setdefault((entry["method"], key_of(entry["url"])), []).append((accept, answer))
            self._index(entry["file"], body)

    def _index(self, name: str, body: bytes) -> None:
        if re.match(r"crossref/(work_|refmatcher_).*json$", name):
            message = json.loads(body)
            message = message.get("message", message)
            self.works[message["DOI"].lower()] = message
        elif re.match(r"ncbi/(pubmed_efetch|biopython_pubmed)", name):
            for article in ElementTree.fromstring(body).iterfind("PubmedArticle"):
                pmid = article.findtext("MedlineCitation/PMID") or ""
                self.articles[pmid] = ElementTree.tostring(article, encoding="unicode")
        elif name.startswith("europepmc/") and name.endswith(".json"):
            self.europepmc += json.loads(body).get("resultList", {}).get("result", [])

    def answer(self, method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
        """Choose the answer to one request at its public URL."""
        with self.lock:
            for script in self.scripts:
                usable = script.used < len(script.answers) or script.forever
                if usable and re.search(script.pattern, url) and script.method in ("", method):
                    answer = script.answers[min(script.used, len(script.answers) - 1)]
                    script.used += 1
                    return answer
        key = (method, key_of(url))
        if key in self.extra:
            return self.extra[key]
        if key in self.recorded:
            choices = self.recorded[key]
            return next(
                (answer for accept, answer in choices if accept and accept == headers.get("accept")), choices[-1][1]
            )
        return self._composed(url, body)

    def _composed(self, url: str, body: bytes) -> Answer:
        parts = urlsplit(url)
        for pattern, compose in _COMPOSERS:
            if re.search(pattern, f"{parts.netloc}{parts.path}"):
                return compose(self, url, body)
        return Answer(404, b"Resource not found.", (("content-type", "text/plain"),))


def key_of(url: str) -> str:
    """Bring a URL to one form: decoded once, without contact and key parameters, lower case, query sorted."""
    parts = urlsplit(url)
    query = sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in _OURS)
    path = re.sub(r"^/v1/works", "/works", unquote(parts.path)) if "crossref" in parts.netloc else unquote(parts.path)
    return f"{parts.netloc}{path}?{query}".lower()


def as_json(value: object, status: int = 200) -> Answer:
    """Make a JSON answer."""
    return Answer(status, json.dumps(value).encode(), (("content-type", "application/json"),))


def _crossref_list(server: ReplayServer, url: str, _: bytes) -> Answer:
    query = parse_qs(urlsplit(url).query)
    if "query.bibliographic" in query:
        return _crossref_search(server, query)
    wanted = [part[4:].lower() for part in query.get("filter", [""])[0].split(",") if part.startswith("doi:")]
    selected = query.get("select", [""])[0].split(",")
    found = [server.works[doi] for doi in wanted if doi in server.works]
    items = [{name: item[name] for name in selected if name in item} if selected[0] else item for item in found]  # type: ignore[index,operator]
    message = {"total-results": len(items), "items": items, "items-per-page": len(wanted)}
    answer = as_json({"status": "ok", "message-type": "work-list", "message": message})
    return Answer(answer.status, answer.body, answer.headers + server.limit_headers)


def _crossref_search(server: ReplayServer, query: dict[str, list[str]]) -> Answer:
    """Rank the recorded works by the words that they share with the question, as a search does: there is always a top hit."""
    asked = set(re.findall(r"\w+", query["query.bibliographic"][0].lower()))
    ranked = sorted(server.works.items(), key=lambda item: (-_shared_words(item[1], asked), item[0]))
    items = [{**work, "score": float(_shared_words(work, asked))} for _, work in ranked if isinstance(work, dict)]
    message = {"total-results": len(items), "items": items[: int(query.get("rows", ["20"])[0])]}
    return as_json({"status": "ok", "message-type": "work-list", "message": message})


def _shared_words(work: object, asked: set[str]) -> int:
    shown = {name: work[name] for name in ("title", "author", "container-title", "volume", "page") if name in work}  # type: ignore[operator,index]
    return len(asked & set(re.findall(r"\w+", json.dumps(shown, ensure_ascii=False).lower())))


def _ecitmatch(server: ReplayServer, url: str, _: bytes) -> Answer:
    """Answer in the form that NCBI documents (E-utilities in depth, ECitMatch): one line a citation, a PMID or NOT_FOUND."""
    lines = []
    for citation in parse_qs(urlsplit(url).query)["bdata"][0].split("\r"):
        journal, year, volume, page, author, key = citation.split("|")[:6]
        found = [pmid for pmid, text in server.articles.items() if _is_cited(text, journal, volume, page)]
        answer = found[0] if len(found) == 1 else f"AMBIGUOUS {','.join(found)}" if found else "NOT_FOUND"
        lines.append("|".join((journal, year, volume, page, author, key, answer)))
    return Answer(200, "\n".join(lines).encode(), (("content-type", "text/plain"),))


def _is_cited(text: str, journal: str, volume: str, page: str) -> bool:
    article = ElementTree.fromstring(text)
    names = {
        (article.findtext(f".//{tag}") or "").lower().rstrip(".")
        for tag in ("Journal/Title", "ISOAbbreviation", "MedlineTA")
    }
    pages = (article.findtext(".//MedlinePgn") or "").partition("-")[0]
    return journal.lower().rstrip(".") in names and volume == article.findtext(".//Volume") and page == pages


def _crossref_single(server: ReplayServer, url: str, _: bytes) -> Answer:
    doi = unquote(urlsplit(url).path.removeprefix("/works/").removeprefix("/v1/works/")).lower()
    if doi not in server.works:
        return Answer(404, b"Resource not found.", (("content-type", "application/json;charset=utf-8"),))
    return as_json({"status": "ok", "message-type": "work", "message": server.works[doi]})


def _efetch(server: ReplayServer, url: str, body: bytes) -> Answer:
    query = parse_qs(urlsplit(url).query or body.decode())
    articles = "".join(server.articles.get(pmid, "") for pmid in query.get("id", [""])[0].split(","))
    text = f'<?xml version="1.0" ?><PubmedArticleSet>{articles}</PubmedArticleSet>'
    return Answer(200, text.encode(), (("content-type", "text/xml; charset=UTF-8"),))


def _europepmc(server: ReplayServer, url: str, _: bytes) -> Answer:
    query = parse_qs(urlsplit(url).query).get("query", [""])[0]
    dois = set(re.findall(r'DOI:"([^"]+)"', query))
    pmids, pmcids = set(re.findall(r"EXT_ID:(\d+)", query)), set(re.findall(r"PMCID:(PMC\d+)", query))
    hits = [r for r in server.europepmc if r.get("doi") in dois or r.get("pmid") in pmids or r.get("pmcid") in pmcids]
    distinct = list({json.dumps(hit, sort_keys=True): hit for hit in hits}.values())
    return as_json({"version": "6.9", "hitCount": len(distinct), "resultList": {"result": distinct}})


def _idconv(server: ReplayServer, url: str, _: bytes) -> Answer:
    query = parse_qs(urlsplit(url).query)
    ids = query.get("ids", [""])[0].split(",")
    if any(not re.fullmatch(r"PMC\d+", item) for item in ids) and query.get("idtype") == ["pmcid"]:
        return as_json({"status": "error", "message": "invalid ids"}, 400)
    known = {str(r.get("pmcid")): r for r in server.europepmc if r.get("pmcid")}
    records: list[dict[str, object]] = []
    for item in ids:
        hit = known.get(item)
        record: dict[str, object] = {"requested-id": item}
        if hit:
            record |= {"pmcid": item, "pmid": int(str(hit["pmid"])), "doi": hit.get("doi")}
        else:
            record |= {"status": "error", "errmsg": "Identifier not found in PMC"}
        records.append(record)
    return as_json({"status": "ok", "records": records})


def _agency(server: ReplayServer, url: str, _: bytes) -> Answer:
    doi = unquote(urlsplit(url).path.removeprefix("/ra/"))
    prefix = doi.partition("/")[0]
    if doi in server.works:
        return as_json([{"DOI": doi, "RA": "Crossref"}])
    recorded = server.recorded.get(("GET", key_of(f"https://doi.org/ra/{prefix}")))
    if recorded and "RA" in recorded[0][1].body.decode():
        return recorded[0][1]
    return as_json([{"DOI": doi, "status": "DOI does not exist"}])


def _datacite(server: ReplayServer, url: str, _: bytes) -> Answer:
    doi = unquote(urlsplit(url).path.removeprefix("/dois/"))
    choices = server.recorded.get(("GET", key_of(f"https://api.datacite.org/dois/{doi}?include=media,client")))
    return choices[0][1] if choices else as_json({"errors": [{"status": "404"}]}, 404)


def _unknown_doi(*_: object) -> Answer:
    page = b"<!DOCTYPE html><html><title>DOI Not Found</title></html>"
    return Answer(404, page, (("content-type", "text/html"),))


_COMPOSERS: tuple[tuple[str, Callable[[ReplayServer, str, bytes], Answer]], ...] = (
    (r"^api\.crossref\.org/works/?$", _crossref_list),
    (r"^api\.crossref\.org/(v1/)?works/.+", _crossref_single),
    (r"efetch\.fcgi$", _efetch),
    (r"ecitmatch\.cgi$", _ecitmatch),
    (r"europepmc/webservices/rest/search$", _europepmc),
    (r"tools/idconv/", _idconv),
    (r"^doi\.org/ra/", _agency),
    (r"^api\.datacite\.org/dois/", _datacite),
    (r"^doi\.org/", _unknown_doi),
)


def _handle(server: ReplayServer, handler: BaseHTTPRequestHandler) -> None:
    length = int(handler.headers.get("Content-Length") or 0)
    body = handler.rfile.read(length) if length else b""
    service, _, rest = handler.path.lstrip("/").partition("/")
    base = next((info.base for name, info in SERVICES.items() if name == service.partition("?")[0]), None)
    url = f"{base}/{rest}" if base else f"{server.address}{handler.path}"
    headers = {name.lower(): value for name, value in handler.headers.items()}
    with server.lock:
        server.log.append(Logged(time.monotonic(), handler.command, url, headers, body, handler.client_address[1]))
    answer = server.answer(handler.command, url, headers, body)
    time.sleep(answer.delay)
    _send(handler, answer)


def _send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    if answer.fault == "silent":
        time.sleep(30)
        return
    handler.send_response(answer.status)
    named = {name.lower() for name, _ in answer.headers}
    for name, value in answer.headers:
        handler.send_header(name, value)
    length = 10_000_000_000 if answer.fault == "endless" else len(answer.body)
    if "content-length" not in named and answer.status not in (204, 304):
        handler.send_header("Content-Length", str(length))
    handler.end_headers()
    if answer.fault:
        _misbehave(handler, answer)
    else:
        handler.wfile.write(answer.body)


def _misbehave(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    half = answer.body[: max(1, len(answer.body) // 2)]
    handler.close_connection = True
    if answer.fault == "trickle":
        for position in range(len(answer.body)):
            handler.wfile.write(answer.body[position : position + 1])
            time.sleep(0.05)
    elif answer.fault == "endless":
        while True:
            handler.wfile.write(b"x" * 1_048_576)
    else:
        handler.wfile.write(half)
        handler.wfile.flush()
        if answer.fault == "reset":
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.connection.close()


def main(arguments: Sequence[str]) -> None:
    """Serve until stopped."""
    with ReplayServer(Path(arguments[0])) as server:
        print('contact = "you@example.org"')
        for name in SERVICES:
            print(f'[services.{name}]\nbase_url = "{server.address}/{name}"')
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1:])
