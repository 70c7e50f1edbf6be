"""Links in the graph: score, evidence, method and time of each, in named graphs of their own; what a record states wins."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from link_desk import LIU, WERDELIN, link_file, make_index

from alsu_kg.answers.answer import Answer
from alsu_kg.cli import main
from alsu_kg.decision_log import add_decision
from alsu_kg.model.decision import Candidate, Decision, Proposal
from alsu_kg.queries import ask
from alsu_kg.store import Graph, open_graph

UNKNOWN = "Doe J. Traffic lights in cities of the north. J Urban Stud. 1999;12:345-56."
PAGE = "Drugs.com. Azathioprine. https://www.drugs.com/monograph/azathioprine.html. Accessed May 2020."
TEXT = """# ALSUntangled 99{n}: Testazine

## Mechanism

NF-kB is said to matter (1). One small study saw nothing (2), another did (3). A page says so too (4).

## References

1. {first}
2. {second}
3. {third}
4. {page}
"""
RECORD = """record: stated
review: {number: 990}
treatment: {label: Fakerol}
references:
- {number: 1, authors: [Liu T], title: NF-kappaB signaling in inflammation, container: Signal Transduct Target Ther, year: 2017,
   volume: '2', first_page: '17023', doi: 10.5555/stated}
- {number: 2, authors: [Werdelin L], title: Azathioprine in motor neuron disease, container: Acta Neurol Scand, year: 1986,
   volume: '73', first_page: '1'}
- {number: 3, authors: [Werdelin L], title: Azathioprine in motor neuron disease, pmid: '77'}
- {number: 4, authors: [Liu T], title: NF-kappaB signaling in inflammation, container: Signal Transduct Target Ther, year: 2017,
   volume: '2', first_page: '17023', pmid: '4242'}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("links")
    make_index(place)
    for n, lines in enumerate([(LIU, WERDELIN, UNKNOWN), (WERDELIN, LIU, UNKNOWN)]):
        text = TEXT.format(n=n, first=lines[0], second=lines[1], third=lines[2], page=PAGE)
        (place / f"doc{n}.md").write_text(text.replace("Testazine", f"Testazine{n}"), encoding="utf-8")
    (place / "stated.yaml").write_text(RECORD, encoding="utf-8")
    return place


def build(folder: Path, target: Path, *more: str) -> Graph:
    names = [str(folder / name) for name in ("doc0.md", "doc1.md", "stated.yaml")]
    assert main(["build", *names, "--store", str(target), "--quiet", *more]) == 0
    return open_graph(target)


@pytest.fixture(scope="module")
def graph(folder: Path) -> Graph:
    return build(folder, folder / "store", "--index", str(folder / "index"))


def test_references_of_documents_are_linked(graph: Graph) -> None:
    rows = ask(graph, "review_references", {"review": "990"}).to_dicts()
    linked = [(row["number"], row["doi"], row["link_status"]) for row in rows if row["label"] is not None]
    assert (1, "10.5555/stated", "linked") in linked
    other = ask(graph, "review_references", {"review": "991"}).to_dicts()
    assert [(row["number"], row["doi"], row["link_status"]) for row in other] == [
        (1, "10.1000/aza", "linked"),
        (2, "10.1000/nfkb", "linked"),
        (3, None, "unlinked"),
        (4, None, "unlinked"),
    ]


def test_unlinked_reference_keeps_its_reason(graph: Graph) -> None:
    rows = ask(graph, "review_unlinked-references", {"review": "991"}).to_dicts()
    assert [row["number"] for row in rows] == [3, 4]
    assert str(rows[1]["reason"]).startswith("a web page")


def links_of(graph: Graph, which: str = "machine") -> dict[str, dict[str, list[str]]]:
    """Give the links of one graph of links: by key, the values of each property."""
    found: dict[str, dict[str, list[str]]] = {}
    rows = graph.run(
        f"SELECT ?s ?p ?o WHERE {{ GRAPH <https://w3id.org/alsu-kg/id/graph/links/{which}> {{ "
        "?s a <https://w3id.org/alsu-kg/vocab#Link> ; ?p ?o }}"
    )
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        key = row["s"].value.rpartition("/id/link/")[2]
        found.setdefault(key, {}).setdefault(row["p"].value.rpartition("#")[2] or row["p"].value, []).append(
            row["o"].value
        )
    return found


def test_each_link_has_score_evidence_method_time_and_runner_up(graph: Graph) -> None:
    links = links_of(graph)
    assert len(links) == 12
    for link in links.values():
        assert link["linkDecision"][0] in ("linked", "ambiguous", "unlinked")
        assert link["linkMethod"][0].startswith("alsu-kg linker")
        assert "T" in link["generatedAtTime"][0]
        if link["linkDecision"] == ["linked"]:
            assert 0.5 < float(link["linkScore"][0]) <= 1
            assert any(value.startswith("title_in_order ") for value in link["linkEvidence"])
    assert any("runnerUp" in link for link in links.values())


def test_what_a_record_states_wins_and_the_difference_is_said(graph: Graph) -> None:
    links = links_of(graph)
    assert links["stated/4"]["linkedWork"][0].endswith("10.1000/nfkb")
    assert any("differs" in value for values in links["stated/4"].values() for value in values)
    assert links["stated/1"]["linkDecision"] == ["ambiguous"]
    rows = ask(graph, "work_citing-reviews", {"work": "10.1000/nfkb"}).to_dicts()
    assert [row["review"] for row in rows] == ["990", "991"]
    cited = {row["work"] for row in ask(graph, "work_citing-reviews").to_dicts()}
    assert {f"https://w3id.org/alsu-kg/id/work/{key}" for key in ("doi/10.5555/stated", "pmid/4242")} <= cited


def test_works_are_one_node_whatever_identifier_names_them(graph: Graph) -> None:
    """The index knows that the PMID of one record is the DOI that others are linked to."""
    cited = ask(graph, "work_citing-reviews", {"work": "77"}).to_dicts()
    assert {row["work"] for row in cited} == {"https://w3id.org/alsu-kg/id/work/doi/10.1000/aza"}


def test_shared_references_come_from_links(graph: Graph) -> None:
    rows: Answer = ask(graph, "corpus_shared-references")
    assert len(rows) >= 1
    assert max(row["count"] for row in rows.to_dicts() if isinstance(row["count"], int)) >= 1


def test_nothing_is_linked_without_being_asked_for(folder: Path, tmp_path: Path) -> None:
    graph = build(folder, tmp_path / "plain")
    assert links_of(graph) == {}
    rows = ask(graph, "review_references", {"review": "991"}).to_dicts()
    assert {row["link_status"] for row in rows} == {"unlinked"}


@pytest.mark.slow
def test_links_of_files_and_persons_decisions(folder: Path, tmp_path: Path) -> None:
    links = tmp_path / "links.jsonl"
    text = link_file(folder / "doc1.md", folder / "index")
    links.write_text(text, encoding="utf-8")
    key = json.loads(text.splitlines()[2])["id"]
    decided = tmp_path / "decided.sssom.tsv"
    proposal = Proposal(key=f"alsu-ref:{key}")
    chosen = Candidate(id="doi:10.1000/reply", label="Reply")
    add_decision(decided, Decision(verdict="accept", by="A. Person", at="2026-01-02", proposal=proposal, chosen=chosen))
    graph = build(folder, tmp_path / "store", "--links", str(links), "--links", str(decided))
    rows = ask(graph, "review_references", {"review": "991"}).to_dicts()
    assert [row["doi"] for row in rows] == ["10.1000/aza", "10.1000/nfkb", "10.1000/reply", None]
    person = links_of(graph, "persons")[key]
    assert person["generatedAtTime"] == ["2026-01-02"]
    assert person["wasAttributedTo"][0].endswith("curator/a-person")
    assert key not in links_of(graph)


@pytest.mark.slow
def test_links_survive_as_sssom(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "links.sssom.tsv"
    table.write_text(link_file(folder / "doc1.md", folder / "index", "--format", "sssom"), encoding="utf-8")
    graph = build(folder, tmp_path / "store", "--links", str(table))
    assert len([link for link in links_of(graph).values() if link["linkDecision"] == ["linked"]]) == 2


def test_bad_file_of_links_stops_before_anything_is_built(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x", "decision": "perhaps"}\n', encoding="utf-8")
    arguments = ["build", str(folder / "stated.yaml"), "--store", str(tmp_path / "s"), "--links", str(bad), "--quiet"]
    assert main(arguments) == 2
    assert "line 1 is no link" in capsys.readouterr().err
