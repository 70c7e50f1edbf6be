"""``alsu-kg build --resolve`` as a user runs it, against recorded replies on a real socket: works, provenance, honesty."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from recorded import FOLDER
from replay_server import Answer, ReplayServer

from alsu_kg.cli import main
from alsu_kg.indexes.services import SERVICES
from alsu_kg.queries import ask
from alsu_kg.store import Graph, open_graph
from alsu_kg.validation import find_violations

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here")

RETRACTED, PREPRINT, VERSION, MISSING = (
    "10.1016/s0140-6736(97)11096-0",
    "10.1101/171108",
    "10.3389/fgene.2017.00147",
    "10.5555/nothing",
)
RECORD = f"""record: example
review: {{number: 1, published: 2019-05}}
references:
  - {{number: 1, doi: "{RETRACTED}"}}
  - {{number: 2, doi: {VERSION}}}
  - {{number: 3, doi: {MISSING}}}
  - {{number: 4, title: A book}}
  - {{number: 5, doi: 10.1101/2024.04.01.587366}}
related_works:
  - {{role: trials, pmid: '39345789'}}
"""
GRADED = (
    RECORD
    + """treatment: {label: Testazine}
grades:
  - {category: trials, letter: D}
  - {category: risks, letter: B}
trials:
  - {participants: 12, cites: [1]}
risks:
  - {effect: rash, cites: [2]}
"""
)
GRAPHS = "https://w3id.org/alsu-kg/id/graph/works/"
WORK = "https://w3id.org/alsu-kg/id/work/doi/"


class Build:
    """Runs ``build`` in a folder of its own and opens what was built."""

    def __init__(self, folder: Path, server: ReplayServer, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.server, self.capsys = folder, server, capsys
        bases = "".join(f'[services.{name}]\nbase_url = "{server.address}/{name}"\n' for name in SERVICES)
        text = f'contact = "tester@example.org"\nretries = 0\ncache = "{folder / "cache"}"\n{bases}'
        (folder / "alsu-kg.toml").write_text(text)
        (folder / "record.yaml").write_text(RECORD)
        self.said = ""

    def __call__(self, *options: str) -> Graph:
        store = self.folder / "store"
        assert main(("build", str(self.folder / "record.yaml"), "--store", str(store), *options)) == 0
        self.said = self.capsys.readouterr().err
        return open_graph(store)


@pytest.fixture
def build(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Build]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ALSU_KG_CONFIG", raising=False)
    with ReplayServer(FOLDER) as server:
        yield Build(tmp_path, server, capsys)


def select(graph: Graph, pattern: str) -> list[tuple[str, ...]]:
    """Rows of ``SELECT * { pattern }`` as text, sorted; columns are in the order of the names of variables."""
    prefixes = (
        "PREFIX alsu: <https://w3id.org/alsu-kg/vocab#> PREFIX bibo: <http://purl.org/ontology/bibo/> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX fabio: <http://purl.org/spar/fabio/> "
        "PREFIX graph: <https://w3id.org/alsu-kg/id/graph/> PREFIX prism: <http://prismstandard.org/namespaces/basic/2.0/> "
        f"PREFIX prov: <http://www.w3.org/ns/prov#> BASE <{WORK}> "
    )
    solutions = graph.run(f"{prefixes} SELECT * WHERE {{ {pattern} }}")
    assert isinstance(solutions, ox.QuerySolutions)
    names = sorted(variable.value for variable in solutions.variables)
    return sorted(tuple(str(getattr(row[name], "value", row[name])) for name in names) for row in solutions)


def graphs_in(rows: list[tuple[str, ...]]) -> set[str]:
    return {value for row in rows for value in row if value.startswith(GRAPHS)}


def statuses(graph: Graph) -> dict[int, object]:
    answer = ask(graph, "review_references", {"review": "1"})
    columns = list(answer.columns)
    number, retracted = columns.index("number"), columns.index("retracted")
    return {int(str(row[number])): row[retracted] for row in answer.rows}


def test_the_words_of_each_service_stand_in_a_graph_of_its_own(build: Build) -> None:
    graph = build("--resolve")
    said = f"GRAPH ?g {{ <{RETRACTED}> "
    assert select(graph, said + "alsu:retractionStatus ?s ; fabio:hasRetractionDate ?date }") == [
        ("2010-02-06", f"{GRAPHS}resolver", "retracted")
    ]
    ((where, page, title, volume),) = select(
        graph, said + "dcterms:title ?title ; prism:volume ?volume ; prism:startingPage ?page }"
    )
    assert (where, volume, page) == (f"{GRAPHS}crossref", "351", "637")
    assert "hyperplasia" in title
    notice = f"?n alsu:ofWork <{RETRACTED}> ; alsu:nature 'retraction' ; dcterms:date ?date ; dcterms:source ?said"
    found = [row[0::2] for row in select(graph, f"GRAPH <{GRAPHS}crossref> {{ {notice} }}")]
    assert found == [("2010-02-06", "crossref:retraction-watch")]
    assert "retracted" in build.said
    assert "1 not found" in build.said


def test_every_graph_of_a_service_says_from_whom_by_whom_and_when(build: Build) -> None:
    graph = build("--resolve")
    graphs = graphs_in(select(graph, f"GRAPH ?g {{ ?work ?p ?o }} FILTER(STRSTARTS(STR(?g), '{GRAPHS}'))"))
    derived = (
        "GRAPH graph:provenance { ?g a alsu:ServiceGraph ; prov:wasDerivedFrom ?from ; prov:wasAttributedTo ?agent "
    )
    derived += ". ?from a prov:Entity . ?agent a prov:SoftwareAgent . "
    asked = select(graph, derived + "?g prov:generatedAtTime ?at } FILTER(STRENDS(STR(DATATYPE(?at)), '#dateTime'))")
    dated = select(graph, derived + "?from alsu:asOf ?contents }")
    assert graphs_in(asked) == graphs - {f"{GRAPHS}packaged-list"}, "a list on disk is asked at no time"
    assert graphs_in(dated) == {f"{GRAPHS}packaged-list", f"{GRAPHS}resolver"}, "and says of when it is"
    assert len(graphs) >= 4
    times = select(
        graph, f"GRAPH ?g {{ ?l alsu:ofWork <{RETRACTED}> ; alsu:lookupFor 'notices' ; prov:generatedAtTime ?at }}"
    )
    assert times, "when the retraction status was asked for is known for each work"


def test_a_preprint_and_its_version_of_record_stay_two_works_that_are_tied(build: Build) -> None:
    graph = build("--resolve")
    direct = select(graph, f"GRAPH ?g {{ <{PREPRINT}> alsu:isPreprintOf <{VERSION}> }}")
    assert len(direct) == 1
    assert not select(graph, f"GRAPH ?g {{ <{VERSION}> alsu:isPreprintOf ?any }}")
    assert select(graph, "GRAPH ?g { <10.1101/2024.04.01.587366> a fabio:Preprint ; alsu:isPreprintOf ?v }")
    assert not select(graph, f"GRAPH ?g {{ <{VERSION}> bibo:doi '{PREPRINT}' }}")


@pytest.mark.slow
def test_what_was_not_found_and_what_was_not_checked_are_told_apart(build: Build) -> None:
    graph = build("--resolve")
    assert statuses(graph)[1] == "retracted"
    assert statuses(graph)[3] == statuses(graph)[4] == "could not check"
    outcome = f"GRAPH ?g {{ <{MISSING}> alsu:resolution ?o ; alsu:retractionStatus ?s }}"
    assert [row[1:] for row in select(graph, outcome)] == [("not-found", "could-not-check")]
    assert select(graph, "GRAPH ?g { <../pmid/39345789> alsu:resolution 'found' ; alsu:retractionStatus ?s }")


@pytest.mark.slow
def test_the_graph_keeps_its_shapes_and_other_engines_can_read_it(build: Build) -> None:
    graph = build("--resolve")
    assert find_violations(list(graph.lines())) == []
    again = list(build("--resolve").lines())
    assert again == list(build("--resolve", "--offline").lines()), "the cache gives the same graph, byte for byte"


def test_offline_without_a_cache_nothing_is_known(build: Build) -> None:
    graph = build("--resolve", "--offline")
    assert len(build.server.log) == 0
    assert set(statuses(graph).values()) == {"could not check"}
    rows = select(graph, "GRAPH ?g { ?work alsu:resolution ?o ; alsu:retractionStatus ?s }")
    assert len(rows) == 5
    assert {value for row in rows for value in row if not value.startswith("http")} == {"could-not-check"}
    assert "5 could not be checked" in build.said
    assert select(graph, "GRAPH graph:provenance { ?g a alsu:ServiceGraph ; prov:wasDerivedFrom ?from }")


@pytest.mark.slow
def test_a_service_that_fails_never_sinks_the_build_and_never_says_not_retracted(build: Build) -> None:
    build.server.script("", Answer(503), forever=True)
    graph = build("--resolve", "--quiet")
    assert build.said == ""
    assert set(statuses(graph).values()) == {"could not check"}
    failed = select(
        graph, "GRAPH ?g { ?l alsu:lookupOutcome 'could-not-check' ; alsu:ofWork ?work ; prov:generatedAtTime ?at }"
    )
    assert failed


@pytest.mark.slow
def test_without_resolve_nothing_is_asked_and_nothing_is_added(build: Build) -> None:
    plain = list(build().lines())
    assert len(build.server.log) == 0
    resolved = list(build("--resolve").lines())
    assert set(plain) < set(resolved)
    assert all("/graph/works/" in line or "/graph/provenance>" in line for line in set(resolved) - set(plain))
    assert list(build().lines()) == plain


def test_a_grade_that_rests_on_a_retracted_work_is_at_risk_once_that_is_known(build: Build) -> None:
    (build.folder / "record.yaml").write_text(GRADED)
    assert ask(build(), "corpus_grades-at-risk").rows == ()
    at_risk = ask(build("--resolve"), "corpus_grades-at-risk").rows
    assert [tuple(row) for row in at_risk] == [("1", "trials", "D", WORK + RETRACTED, "retracted")]


def test_offline_and_config_need_resolve(build: Build) -> None:
    for option in (("--offline",), ("--config", "alsu-kg.toml")):
        assert main(("build", str(build.folder / "record.yaml"), *option)) == 2
    assert "--resolve" in build.capsys.readouterr().err


@pytest.mark.slow
def test_the_command_itself(build: Build) -> None:
    command = [
        sys.executable,
        "-m",
        "alsu_kg.cli",
        "build",
        "record.yaml",
        "--store",
        "other",
        "--resolve",
        "--offline",
    ]
    done = subprocess.run(command, cwd=build.folder, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "5 could not be checked" in done.stderr) == (0, True)


COMPARED = """record: compared
review: {number: 2, published: 2020-01}
treatment: {label: Azathioprine}
grades:
  - {category: mechanism, letter: C}
references:
  - {number: 1, pmid: '28731372', title: A title as printed}
claims:
  - {subject: Azathioprine, predicate: affects, object: multiple sclerosis, status: asserted, polarity: decreases,
     context: {species: human, disease: ALS}, cites: [1]}
  - {subject: vitamin D, predicate: affects, object: multiple sclerosis, status: asserted, polarity: decreases, cites: [1]}
paths:
  - {hops: [0]}
"""


def test_claims_are_compared_with_what_services_say_of_the_works_they_cite(build: Build) -> None:
    (build.folder / "record.yaml").write_text(COMPARED)
    graph = build("--resolve")
    rows = ask(graph, "claim_aboutness", {"treatment": "azathioprine"}).to_dicts()
    assert [row["aboutness"] for row in rows] == ["not-mentioned", "about-it"]
    assert {"title", "abstract", "headings"} <= set(rows[0]["fields"] or ())  # type: ignore[arg-type]
    assert str(rows[0]["checked_at"]).startswith("20"), "when services were asked"
    (hop,) = ask(graph, "treatment_mechanism-path", {"treatment": "azathioprine"}).to_dicts()
    assert str(hop["why_weak"]).startswith("no cited work is about it (reference 1: Azathioprine not mentioned")
    (risk,) = ask(graph, "corpus_grades-at-risk").to_dicts()
    assert str(risk["problem"]).startswith("about something else (not-mentioned)")
    (why, *_) = ask(graph, "treatment_why-grade", {"treatment": "azathioprine", "category": "mechanism"}).to_dicts()
    assert why["grade"] == "C"


def test_no_abstract_gets_into_the_graph(build: Build) -> None:
    (build.folder / "record.yaml").write_text(COMPARED)
    graph = build("--resolve")
    longest = select(graph, "GRAPH ?g { ?s ?p ?o } FILTER(isLiteral(?o) && STRLEN(STR(?o)) > 600)")
    assert not [row for row in longest if "ontology" not in row[0]]
