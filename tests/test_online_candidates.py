"""Linking without an index: the same rule over candidates that indexes give; cached, and honest when it could not look."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from alsu_kg.linker import link_references
from alsu_kg.model.exchange import Request, Response
from alsu_kg.model.reference import Reference
from alsu_kg.online_candidates import OnlineCandidates
from alsu_kg.response_cache import ResponseCache

ITEM = {
    "DOI": "10.1000/nfkb",
    "title": ["NF-κB signaling in inflammation"],
    "author": [{"family": "Liu", "given": "T", "sequence": "first"}],
    "container-title": ["Signal Transduction and Targeted Therapy"],
    "issued": {"date-parts": [[2017]]},
    "volume": "2",
    "page": "17023",
    "score": 80.0,
    "type": "journal-article",
}
RIGHT = Reference(
    id="r", unstructured="Liu T. NF-kB signaling in inflammation. Signal Transduct Target Ther. 2017;2:17023."
)


class Replies:
    """Answers every request with one reply, and counts the requests."""

    def __init__(self, status: int, items: list[dict[str, object]]) -> None:
        self.asked: list[Request] = []
        self.status = status
        self.body = json.dumps({"status": "ok", "message": {"items": items}}).encode()

    def __call__(self, requests: Sequence[Request]) -> Iterable[Response]:
        self.asked += requests
        for request in requests:
            yield Response(url=request.url, status=self.status, body=self.body)


def decision(find: OnlineCandidates, reference: Reference = RIGHT) -> str:
    return next(link_references([reference], find.candidates)).decision


def test_crossref_candidate_is_validated_and_linked() -> None:
    assert decision(OnlineCandidates(Replies(200, [ITEM]), None, now=lambda: 0.0)) == "linked"


def test_top_hit_about_something_else_is_not_linked() -> None:
    other = {**ITEM, "DOI": "10.1000/other", "title": ["Traffic in cities"], "page": "5", "volume": "77"}
    other["author"] = [{"family": "Novak", "given": "A", "sequence": "first"}]
    assert decision(OnlineCandidates(Replies(200, [other]), None, now=lambda: 0.0)) == "unlinked"


def test_no_hits_is_an_answer_and_a_failure_is_none() -> None:
    assert decision(OnlineCandidates(Replies(200, []), None, now=lambda: 0.0)) == "unlinked"
    assert decision(OnlineCandidates(Replies(503, []), None, now=lambda: 0.0)) == "could-not-check"
    assert decision(OnlineCandidates(None, None, now=lambda: 0.0)) == "could-not-check"


def test_cached_answer_is_reused_also_offline(tmp_path: Path) -> None:
    replies = Replies(200, [ITEM])
    with ResponseCache(tmp_path / "cache.sqlite") as cache:
        assert decision(OnlineCandidates(replies, cache, now=lambda: 1000.0)) == "linked"
        assert decision(OnlineCandidates(replies, cache, now=lambda: 2000.0)) == "linked"
        assert len(replies.asked) == 1
        assert decision(OnlineCandidates(None, cache, now=lambda: 3000.0)) == "linked"


def test_failure_is_never_stored(tmp_path: Path) -> None:
    with ResponseCache(tmp_path / "cache.sqlite") as cache:
        assert decision(OnlineCandidates(Replies(503, []), cache, now=lambda: 0.0)) == "could-not-check"
        assert decision(OnlineCandidates(Replies(200, [ITEM]), cache, now=lambda: 1.0)) == "linked"
