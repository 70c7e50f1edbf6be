"""Linking without an index, over a real socket: recorded replies, faults, the cache, and honesty when nobody could look.

Crossref's search replies are recorded ones, or put together by the replay server from recorded works; the replies of PubMed's
citation matcher are written in the form that NCBI documents (ECitMatch), because nobody recorded any.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from link_desk import AZA, LIU, NFKB, WERDELIN, make_index
from recorded import FOLDER
from replay_server import Answer, ReplayServer, as_json

from alsu_kg.cli import main
from alsu_kg.decision_log import add_decision
from alsu_kg.indexes.services import SERVICES
from alsu_kg.linking.decisions import subject_of
from alsu_kg.model.decision import Decision, Proposal
from alsu_kg.model.reference import Reference

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here")

CHEMCROW = "M. Bran A, Cox S, Schilter O. Augmenting large language models with chemistry tools. Nat Mach Intell. 2024;6:525-535."
KEMBER = "Kember O. Anaxagoras' theory of sex differentiation and heredity. Phronesis (Barc). 1973;18:1-14."
VASWANI = "Vaswani A, Shazeer N, Parmar N. Attention is all you need. Adv Neural Inf Process Syst 2017;30:5998-6008."
NOBODY = "Nobody X. Traffic lights in cities of the north. J Urban Stud. 1999;12:345-56."
SEARCH, MATCH = r"query\.bibliographic", r"ecitmatch"


class Desk:
    """Runs ``alsu-kg link`` in a folder whose configuration leads to the replay server."""

    def __init__(self, folder: Path, server: ReplayServer) -> None:
        self.folder, self.server = folder, server
        bases = "".join(
            f'[services.{name}]\nbase_url = "{server.address}/{name}"\nrate_per_second = 1000.0\n' for name in SERVICES
        )
        text = (
            f'contact = "tester@example.org"\nretries = 0\ntimeout = 20.0\ndeadline = 40.0\ncache = "{folder}"\n{bases}'
        )
        (folder / "alsu-kg.toml").write_text(text)

    def link(
        self, *lines: str, how: str = "--online", code: int = 0, index: str = "", decisions: str = ""
    ) -> list[dict[str, object]]:
        source, target = self.folder / "in.txt", self.folder / "out.jsonl"
        source.write_text("\n".join(lines) + "\n", encoding="utf-8")
        configuration = str(self.folder / "alsu-kg.toml")
        arguments = ["link", str(source), how, "--config", configuration, "-o", str(target), "--quiet"]
        arguments += [*(["--index", index] if index else []), *(["--decisions", decisions] if decisions else [])]
        assert main(arguments) == code
        return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]

    def decision(self, line: str, how: str = "--online", code: int = 0) -> object:
        [row] = self.link(line, how=how, code=code)
        return row["decision"]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "nothing"))
    monkeypatch.delenv("ALSU_KG_INDEX", raising=False)
    with ReplayServer(FOLDER) as server:
        yield Desk(tmp_path, server)


def recorded_search(name: str) -> Answer:
    return Answer(200, (FOLDER / "crossref" / f"{name}.json").read_bytes(), (("content-type", "application/json"),))


def work_id(row: dict[str, object]) -> object:
    return row["work"]["id"] if isinstance(row["work"], dict) else None


def test_recorded_hit_is_validated_and_linked(desk: Desk) -> None:
    desk.server.script(SEARCH, recorded_search("search_title_chemcrow"))
    [row] = desk.link(CHEMCROW)
    assert (row["decision"], work_id(row)) == ("linked", "10.1038/s42256-024-00832-8")
    assert row["evidence"]
    assert row["method"]


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        ("search_title_attention_wrong_hit", VASWANI),
        ("search_bibliographic_peer-review_false_positive", NOBODY),
        (
            "search_title_unrelated_top_hit",
            "Lupton E. SF districts in the style of Andy Warhol, with math. Print. 2004;58:22.",
        ),
        ("search_title_wrong_author_nosc", "NoScien J. Augmenting large language models with chemistry tools. 2019."),
        ("search_title_no_results_a", NOBODY),
    ],
)
def test_top_hit_about_something_else_is_not_linked(reply: str, line: str, desk: Desk) -> None:
    desk.server.script(SEARCH, recorded_search(reply))
    assert desk.decision(line) == "unlinked"


def printed(work: dict[str, object]) -> str:
    """Print a recorded Crossref work as a reference list would."""
    authors = [f"{a['family']} {a.get('given', 'X')[:1]}" for a in work["author"][:3] if "family" in a]  # type: ignore[index]
    title, container = work["title"][0], work["container-title"][0]  # type: ignore[index]
    year = work["issued"]["date-parts"][0][0]  # type: ignore[index]
    return " ".join(f"{', '.join(authors)}. {title}. {container}. {year};{work['volume']}:{work['page']}.".split())


def test_works_are_told_apart_among_all_recorded_ones(desk: Desk) -> None:
    wanted = ("author", "title", "container-title", "issued", "volume", "page")
    works = {
        doi: work
        for doi, work in desk.server.works.items()
        if isinstance(work, dict) and all(work.get(name) for name in wanted) and work["type"] == "journal-article"
    }
    rows = desk.link(*[printed(work) for work in works.values()])
    found = {doi: work_id(row) for doi, row in zip(works, rows, strict=True)}
    assert len(found) > 20
    assert {doi: work for doi, work in found.items() if work not in (doi, None)} == {}
    assert sum(work is not None for work in found.values()) >= 0.9 * len(found)


def test_pubmed_finds_what_crossref_does_not_have(desk: Desk) -> None:
    [row] = desk.link(KEMBER)
    assert row["decision"] == "linked"
    assert isinstance(row["work"], dict)
    assert row["work"]["pmid"] == "11636720"


def test_printed_identifier_is_looked_up_and_still_verified(desk: Desk) -> None:
    desk.server.script(SEARCH, recorded_search("search_title_no_results_a"), forever=True)
    right, wrong = desk.link(f"{KEMBER} PMID: 11636720", f"{NOBODY} doi:10.7554/eLife.01567")
    assert right["decision"] == "linked"
    assert work_id(wrong) is None


FAULTS = {
    "too many requests": Answer(429, b'{"status":"error"}', (("retry-after", "1"),)),
    "service unavailable": Answer(503, b"busy"),
    "page instead of JSON": Answer(
        200, b"<!DOCTYPE html><html>down for maintenance</html>", (("content-type", "text/html"),)
    ),
    "cut off": Answer(200, b'{"status":"ok","message":{"items":[{"DOI":"10.1/a"', fault="truncated"),
    "cut off but closed": Answer(200, b'{"status":"ok","message":{"items":[{"DOI":"10.1'),
    "connection reset": Answer(200, b'{"status":"ok"}', fault="reset"),
    "empty": Answer(200, b""),
    "an error document": as_json({"status": "failed", "message": [{"type": "x", "message": "y"}]}),
    "not found": Answer(404, b"Resource not found."),
}


@pytest.mark.parametrize(
    ("source", "fault"),
    [(SEARCH, name) for name in FAULTS] + [(MATCH, name) for name in FAULTS if "document" not in name],
)
def test_fault_is_could_not_check_and_never_stored(source: str, fault: str, desk: Desk) -> None:
    desk.server.script(source, FAULTS[fault])
    [row] = desk.link(NOBODY, code=3)
    assert row["decision"] == "could-not-check"
    assert ("Crossref" if source == SEARCH else "PubMed") in str(row["reason"])
    assert desk.decision(NOBODY) == "unlinked"


def test_fault_of_one_source_does_not_hide_what_the_other_found(desk: Desk) -> None:
    desk.server.script(SEARCH, Answer(503, b"busy"), forever=True)
    assert [row["decision"] for row in desk.link(KEMBER, NOBODY)] == ["linked", "could-not-check"]


def test_cached_answer_is_reused_and_serves_offline(desk: Desk) -> None:
    first = desk.link(KEMBER, NOBODY)
    asked = len(desk.server.log)
    assert asked
    assert desk.link(KEMBER, NOBODY) == first
    assert desk.link(KEMBER, NOBODY, how="--offline") == first
    assert len(desk.server.log) == asked
    assert desk.decision(CHEMCROW, how="--offline", code=3) == "could-not-check"
    rows = desk.link(KEMBER, CHEMCROW, how="--offline")
    assert [row["decision"] for row in rows] == ["linked", "could-not-check"]
    assert len(desk.server.log) == asked


def test_text_of_references_is_not_kept(desk: Desk) -> None:
    desk.link(NOBODY)
    kept = b"".join(path.read_bytes() for path in desk.folder.glob("resolver.sqlite*"))
    assert b"Traffic lights" not in kept


def test_fields_are_enough_for_the_citation_matcher(desk: Desk) -> None:
    fields = {
        "id": "k",
        "author": "Kember",
        "journal-title": "Phronesis (Barc)",
        "volume": "18",
        "first-page": "1",
        "year": "1973",
    }
    [row] = desk.link(json.dumps(fields))
    assert desk.server.requests(MATCH)
    assert isinstance(row["runner_up"] or row["work"], dict)
    assert "11636720" in json.dumps(row)


def test_many_references_go_out_together(desk: Desk) -> None:
    rows = desk.link(*[f"Doe J{n}. Cells of the {n}th kind in mice. Cell Rep. 2001;{n}:{n * 7}." for n in range(60)])
    assert len(rows) == 60
    assert len(desk.server.requests(SEARCH)) == 60
    assert len(desk.server.requests(MATCH)) <= 4


def test_network_is_asked_only_about_what_the_index_leaves_open(desk: Desk) -> None:
    index = str(make_index(desk.folder, [NFKB, AZA]))
    rows = desk.link(LIU, KEMBER, "", WERDELIN, NOBODY, index=index)
    assert [row["decision"] for row in rows] == ["linked", "linked", "unlinked", "linked", "unlinked"]
    asked = "".join(map(str, desk.server.requests(SEARCH)))
    assert len(desk.server.requests(SEARCH)) == 2
    assert "Anaxagoras" in asked
    assert "NF-kappaB" not in asked


def test_index_alone_answers_when_it_has_all(desk: Desk) -> None:
    index = str(make_index(desk.folder, [NFKB, AZA]))
    assert [row["decision"] for row in desk.link(LIU, WERDELIN, index=index)] == ["linked", "linked"]
    assert not desk.server.log


def test_with_an_index_a_silent_network_is_still_no_finding(desk: Desk) -> None:
    index = str(make_index(desk.folder, [NFKB]))
    desk.server.script(SEARCH, Answer(503, b"busy"), forever=True)
    rows = desk.link(LIU, NOBODY, index=index)
    assert [row["decision"] for row in rows] == ["linked", "could-not-check"]
    assert "Crossref" in str(rows[1]["reason"])
    rows = desk.link(LIU, NOBODY, index=index, how="--offline")
    assert [row["decision"] for row in rows] == ["linked", "could-not-check"]


def test_what_a_person_decided_is_asked_of_nobody(desk: Desk) -> None:
    index, log = str(make_index(desk.folder, [NFKB])), desk.folder / "decisions.sssom.tsv"
    about = Proposal(key=subject_of(Reference(id="1", unstructured=NOBODY)))
    at = "2026-01-01T00:00:00+00:00"
    add_decision(log, Decision(proposal=about, verdict="reject", by="orcid:0000-0000-0000-0000", at=at))
    [row] = desk.link(NOBODY, index=index, decisions=str(log))
    assert row["reason"] == "decided by a person: no work"
    assert not desk.server.log


def test_candidates_of_index_and_network_are_judged_together(desk: Desk) -> None:
    work = {"id": "own", "doi": "10.1000/own", "title": "Attention is all you need", "authors": [["Vaswani", "A"]], "year": 1999,
            "container": "Another Journal", "volume": "1", "first_page": "1"}  # fmt: skip
    index = str(make_index(desk.folder, [work]))
    desk.server.script(SEARCH, recorded_search("search_title_no_results_a"), forever=True)
    [row] = desk.link(VASWANI, index=index)
    assert row["decision"] == "unlinked"
    assert "10.1000/own" in json.dumps(row)
