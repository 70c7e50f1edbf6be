"""The HTTP client against a real server that misbehaves: outcomes, and the number, spacing and headers of requests."""

import json
import threading
import time
from collections.abc import Iterator

import pytest
from replay_server import Answer, ReplayServer, as_json

from alsu_kg.configuration import Configuration, ServiceSettings
from alsu_kg.http_client import HttpClient
from alsu_kg.indexes import crossref, doi_org, pubmed, semantic_scholar
from alsu_kg.indexes.replies import read_json
from alsu_kg.model.exchange import Request, Response, Service
from alsu_kg.model.identifier import Identifier

WORK = {
    "status": "ok",
    "message-type": "work",
    "message": {"DOI": "10.1000/a", "type": "journal-article", "title": ["A"]},
}
ASK = crossref.request_work("10.1000/a")
GOOD = as_json(WORK)


@pytest.fixture
def server() -> Iterator[ReplayServer]:
    with ReplayServer() as running:
        yield running


class Sleeper:
    """Keeps the waits that were asked for, and sleeps a hundredth of them."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)
        time.sleep(seconds / 100)


def fetch(server: ReplayServer, request: Request = ASK, sleep: Sleeper | None = None, **settings: object) -> Response:
    with HttpClient(server.configuration(**settings), sleep=sleep or Sleeper()) as client:  # type: ignore[arg-type]
        return client.fetch(request)


def test_a_good_answer_takes_one_request_with_our_name_and_contact(server: ReplayServer) -> None:
    server.script("/works/", GOOD)
    response = fetch(server)
    assert crossref.read_work(response).outcome == "found"
    (request,) = server.log
    assert request.headers["user-agent"].startswith("alsu-kg/")
    assert "mailto:tester@example.org" in request.headers["user-agent"]
    assert request.headers["accept"] == "application/json"
    assert request.url == "https://api.crossref.org/works/10.1000%2Fa"


def test_429_twice_then_200_is_found_after_three_requests(server: ReplayServer) -> None:
    server.script("/works/", Answer(429, b"<html>Too many</html>"), Answer(429, b"", (("Retry-After", "7"),)), GOOD)
    sleep = Sleeper()
    response = fetch(server, sleep=sleep)
    assert (response.status, response.attempts, len(server.log)) == (200, 3, 3)
    assert 0.5 <= sleep.waits[0] <= 1.1
    assert sleep.waits[-1] == pytest.approx(7, abs=0.5)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_errors_are_retried(server: ReplayServer, status: int) -> None:
    server.script("/works/", Answer(status, b"<html>down</html>"), GOOD)
    assert crossref.read_work(fetch(server)).outcome == "found"
    assert len(server.log) == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 406, 410, 422, 501])
def test_other_errors_are_not_retried(server: ReplayServer, status: int) -> None:
    server.script("/works/", Answer(status, b"Resource not found."), GOOD)
    reading = crossref.read_work(fetch(server))
    assert len(server.log) == 1
    assert reading.outcome == ("not-found" if status == 404 else "could-not-check")


def test_retries_end_and_the_last_answer_is_no_statement(server: ReplayServer) -> None:
    server.script("/works/", Answer(504, b"<html>late</html>"), forever=True)
    sleep = Sleeper()
    reading = crossref.read_work(fetch(server, sleep=sleep))
    assert (reading.outcome, len(server.log)) == ("could-not-check", 4)
    waits = [wait for wait in sleep.waits if wait > 0.1]
    assert len(waits) == 3
    assert waits[0] < waits[1] < waits[2]


def test_a_long_retry_after_is_not_waited_for_beyond_the_deadline(server: ReplayServer) -> None:
    server.script("/works/", Answer(429, b"", (("Retry-After", "3600"),)), GOOD)
    begun = time.monotonic()
    reading = crossref.read_work(fetch(server, deadline=5.0))
    assert reading.outcome == "could-not-check"
    assert "status 429; the next attempt would be in 3600 s" in reading.reason
    assert (len(server.log), time.monotonic() - begun < 60) == (1, True)


def test_a_connection_reset_in_mid_body_is_retried(server: ReplayServer) -> None:
    server.script("/works/", Answer(200, GOOD.body, GOOD.headers, fault="reset"), GOOD)
    assert crossref.read_work(fetch(server)).outcome == "found"
    assert len(server.log) == 2


def test_a_body_that_stays_cut_off_is_could_not_check(server: ReplayServer) -> None:
    server.script("/works/", Answer(200, GOOD.body, GOOD.headers, fault="truncated"), forever=True)
    reading = crossref.read_work(fetch(server))
    assert reading.outcome == "could-not-check"
    assert reading.reason in ("the body was cut off", "the connection was reset")
    assert len(server.log) == 4


def test_whole_messages_with_half_a_document_are_told_apart(server: ReplayServer) -> None:
    server.script("/works/", Answer(200, GOOD.body[:30], GOOD.headers))
    assert "not whole JSON" in crossref.read_work(fetch(server)).reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(200, b""), "an empty body came with status 200"),
        (
            Answer(200, b"<!DOCTYPE html><p>Sign in", (("content-type", "application/json"),)),
            "an HTML page came with status 200",
        ),
        (
            Answer(404, b"<html>proxy</html>"),
            "an HTML page came with status 404, which is not this service's own answer",
        ),
        (Answer(204), "the service has no content for it (status 204)"),
        (Answer(200, b'{"status":"error","message":"x"}'), "the reply holds no work"),
    ],
)
def test_no_strange_answer_means_that_a_work_does_not_exist(server: ReplayServer, answer: Answer, reason: str) -> None:
    server.script("/works/", answer)
    reading = crossref.read_work(fetch(server))
    assert (reading.outcome, reading.reason) == ("could-not-check", reason)
    assert len(server.log) == 1


def test_a_plain_404_that_calls_itself_json_is_not_found(server: ReplayServer) -> None:
    server.script("/works/", Answer(404, b"Resource not found.", (("content-type", "application/json;charset=utf-8"),)))
    assert crossref.read_work(fetch(server)).outcome == "not-found"


def test_a_wrong_content_type_does_not_matter(server: ReplayServer) -> None:
    server.script("/works/", Answer(200, GOOD.body, (("content-type", "text/html"),)))
    assert crossref.read_work(fetch(server)).outcome == "found"


def test_gzip_that_is_none_is_could_not_check_without_a_retry(server: ReplayServer) -> None:
    server.script("/works/", Answer(200, GOOD.body, (("content-encoding", "gzip"),)), GOOD)
    reading = crossref.read_work(fetch(server))
    assert reading.reason == "the body is not what its Content-Encoding says"
    assert len(server.log) == 1


def test_a_body_of_ten_gigabytes_is_not_read(server: ReplayServer) -> None:
    server.script("/works/", Answer(200, b"", fault="endless"))
    begun = time.monotonic()
    reading = crossref.read_work(fetch(server))
    assert "are read at most" in reading.reason
    assert time.monotonic() - begun < 10


def test_a_body_that_never_ends_is_cut_at_the_limit(server: ReplayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alsu_kg.http_exchange.MAX_BODY", 3_000_000)
    server.script("/works/", Answer(200, b"", (("content-length", ""),), fault="endless"))
    assert "more than 3000000 bytes" in crossref.read_work(fetch(server)).reason


def test_a_body_that_trickles_ends_at_the_deadline(server: ReplayServer) -> None:
    server.script("/works/", Answer(200, GOOD.body * 3, fault="trickle"))
    begun = time.monotonic()
    reading = crossref.read_work(fetch(server, deadline=0.6))
    assert reading.outcome == "could-not-check"
    assert time.monotonic() - begun < 8


def test_a_silent_server_ends_at_the_time_limit(server: ReplayServer) -> None:
    server.script("/works/", Answer(fault="silent"), forever=True)
    begun = time.monotonic()
    reading = crossref.read_work(fetch(server, timeout=0.3, deadline=1.0))
    assert reading.outcome == "could-not-check"
    assert time.monotonic() - begun < 15


def test_a_closed_port_is_could_not_check_after_two_attempts() -> None:
    settings: dict[Service, ServiceSettings] = {
        "crossref": ServiceSettings(base_url="http://127.0.0.1:9", rate_per_second=1000.0)
    }
    with HttpClient(Configuration(services=settings), sleep=Sleeper()) as client:
        response = client.fetch(ASK)
    assert (response.failure, response.attempts) == ("the connection was refused", 2)


def redirect(to: str, status: int = 302) -> Answer:
    return Answer(status, b"<html>moved</html>", (("Location", to),))


def test_redirects_to_another_service_go_to_its_configured_base(server: ReplayServer) -> None:
    server.script(r"^https://doi\.org/10", redirect("https://api.crossref.org:443/v1/works/10.1000%2Fa/transform"))
    server.script("transform", as_json(WORK["message"]))
    response = fetch(server, doi_org.request_csl("10.1000/a"))
    assert doi_org.read_csl(response).outcome == "found"
    assert response.redirects == ("https://api.crossref.org:443/v1/works/10.1000%2Fa/transform",)
    assert [item.url.partition("://")[2][:16] for item in server.log] == ["doi.org/10.1000/", "api.crossref.org"]
    assert server.log[1].headers["accept"] == doi_org.CSL_JSON


def test_redirect_loops_and_long_chains_end(server: ReplayServer) -> None:
    server.script("/works/", redirect("/crossref/works/10.1000%2Fa"), forever=True)
    assert "loop" in crossref.read_work(fetch(server)).reason
    server.scripts.clear()
    server.script("/works/", *(redirect(f"/crossref/works/{n}") for n in range(20)))
    server.log.clear()
    assert "more than 6 redirects" in crossref.read_work(fetch(server)).reason
    assert len(server.log) == 7


def test_a_redirect_to_another_host_is_followed_without_key_and_contact(server: ReplayServer) -> None:
    with ReplayServer() as stranger:
        stranger.script("", as_json({"paperId": "1", "title": "A"}))
        server.script("graph/v1", redirect(f"{stranger.address}/elsewhere"))
        keys = {"semanticscholar": "SECRET"}
        with HttpClient(server.configuration(), keys) as client:  # type: ignore[arg-type]
            response = client.fetch(semantic_scholar.request_paper(Identifier("doi", "10.1000/a")))
    assert semantic_scholar.read_paper(response).outcome == "found"
    assert server.log[0].headers["x-api-key"] == "SECRET"
    assert "SECRET" not in repr(stranger.log)
    assert len(stranger.log) == 1


def test_keys_are_sent_and_never_shown(server: ReplayServer) -> None:
    server.script("efetch", Answer(429, b'{"api-key":"SECRET"}', (("x-note", "SECRET"),)))
    with HttpClient(server.configuration(retries=0), {"eutils": "SECRET"}) as client:
        response = client.fetch(pubmed.request_articles(["7"]))
    assert "api_key=SECRET&tool=alsu-kg&email=tester%40example.org" in server.log[0].url
    assert "SECRET" not in repr((response.url, response.headers, response.failure, pubmed.read_articles(response)))


def test_requests_keep_the_spacing_of_the_limit_and_retries_do_too(server: ReplayServer) -> None:
    server.script("/works/", Answer(503), GOOD, Answer(503), GOOD, forever=True)
    configuration = server.configuration(rate=20.0, concurrency=4)
    begun = time.monotonic()
    with HttpClient(configuration, sleep=Sleeper()) as client:
        list(client.fetch_all([ASK] * 12))
    times = [item.at - begun for item in server.log]
    assert len(times) == 14  # two of the twelve were repeated
    assert all(time >= 0.95 * 0.05 * number for number, time in enumerate(times))


@pytest.mark.parametrize("spelling", ["X-Rate-Limit", "x-ratelimit"])
def test_limits_are_learned_from_headers_in_both_spellings(server: ReplayServer, spelling: str) -> None:
    headers = ((f"{spelling}-Limit", "4"), (f"{spelling}-Interval", "1s"))
    server.script("works", Answer(200, GOOD.body, headers), forever=True)
    with HttpClient(server.configuration(rate=None, concurrency=None), sleep=Sleeper()) as client:
        list(client.fetch_all([ASK] * 6))
    # Three may go at once at the ten per second to start with; the other three keep to the four per second they learnt.
    assert server.log[-1].at - server.log[2].at >= 0.95 * 0.25 * 2


def test_single_and_list_questions_have_limits_of_their_own(server: ReplayServer) -> None:
    slow = (("x-rate-limit-limit", "1"), ("x-rate-limit-interval", "10s"))
    server.script(r"works\?", Answer(200, b"{}", slow), forever=True)
    server.script("works/", GOOD, forever=True)
    with HttpClient(server.configuration(rate=None, concurrency=None)) as client:
        client.fetch(crossref.request_works(["10.1000/a", "10.1000/b"]))
        begun = time.monotonic()
        client.fetch(ASK)
    assert time.monotonic() - begun < 5


def test_no_more_requests_at_once_than_the_service_allows(server: ReplayServer) -> None:
    at_once, most, lock = 0, 0, threading.Lock()
    regular = server.answer

    def counting(method: str, url: str, headers: dict[str, str], body: bytes) -> Answer:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.05)
        with lock:
            at_once -= 1
        return regular(method, url, headers, body)

    server.answer = counting  # type: ignore[method-assign]
    server.script("works", GOOD, forever=True)
    with HttpClient(server.configuration(rate=1000.0, concurrency=2)) as client:
        list(client.fetch_all([ASK] * 10))
    assert most == 2


def test_one_connection_serves_many_requests(server: ReplayServer) -> None:
    server.script("works", GOOD, forever=True)
    with HttpClient(server.configuration()) as client:
        for _ in range(5):
            client.fetch(ASK)
    assert len(server.log) == 5
    assert len({item.port for item in server.log}) == 1


def test_a_failing_service_is_left_alone_and_tried_again_later(server: ReplayServer) -> None:
    now = [0.0]
    server.script("works", Answer(503), Answer(503), Answer(503), Answer(503), Answer(503), GOOD)
    with HttpClient(server.configuration(retries=0), clock=lambda: now[0]) as client:
        responses = [client.fetch(ASK) for _ in range(7)]
        assert [response.status for response in responses] == [503] * 5 + [0, 0]
        assert "left alone" in (responses[-1].failure or "")
        assert len(server.log) == 5
        now[0] = 61.0
        assert client.fetch(ASK).status == 200
        assert client.fetch(ASK).failure is None


def test_contact_and_tool_go_into_a_form_body(server: ReplayServer) -> None:
    server.script("efetch", Answer(200, b"<PubmedArticleSet></PubmedArticleSet>"))
    response = fetch(server, pubmed.request_articles(["1", "2"]))
    assert pubmed.read_articles(response).value == ()
    assert server.log[0].body == b"db=pubmed&id=1,2&retmode=xml&tool=alsu-kg&email=tester%40example.org"


def test_json_with_a_byte_order_mark_is_read(server: ReplayServer) -> None:
    server.script("works", Answer(200, b"\xef\xbb\xbf" + json.dumps(WORK).encode()))
    assert read_json(fetch(server)).outcome == "found"


def test_a_proxy_of_the_environment_is_used(server: ReplayServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.address)
    monkeypatch.delenv("no_proxy", raising=False)
    server.script("mirror.example/works", GOOD)
    settings: dict[Service, ServiceSettings] = {"crossref": ServiceSettings(base_url="http://mirror.example")}
    with HttpClient(Configuration(services=settings)) as client:
        assert crossref.read_work(client.fetch(ASK)).outcome == "found"


def test_whoever_stops_reading_does_not_wait_for_retries(server: ReplayServer) -> None:
    server.script("10.1000%2Fa", GOOD)
    server.script("10.1000%2Fb", Answer(503), forever=True)
    with HttpClient(server.configuration(retries=5)) as client:
        begun = time.monotonic()
        responses = iter(client.fetch_all([ASK, crossref.request_work("10.1000/b")]))
        next(responses)
        with pytest.raises(KeyboardInterrupt):
            responses.throw(KeyboardInterrupt)  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 3
