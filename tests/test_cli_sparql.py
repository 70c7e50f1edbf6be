"""``alsu-kg sparql``: the user's own queries, read-only, with clear errors, and Ctrl-C that works."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from alsu_kg.cli import main
from alsu_kg.store import Graph

RUN = [sys.executable, "-m", "alsu_kg.cli", "sparql"]
LETTERS = "SELECT ?t ?letter ?n { ?a alsu:ofTreatment ?t ; alsu:letter ?letter ; alsu:position ?n } ORDER BY ?t ?n"


@pytest.fixture
def store(dataset_graph: Graph) -> str:
    return dataset_graph.place


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["sparql", *arguments]) == 0
    return capsys.readouterr().out


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 2) -> str:
    assert main(["sparql", *arguments]) == code
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err.count("\n") == 1
    assert "Repair:" in found.err
    return found.err


def test_rows_have_short_names_in_tables_and_whole_iris_in_data(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    iri = "https://w3id.org/alsu-kg/id/treatment/testazine"
    for form in ("table", "md"):
        shown = answer(capsys, LETTERS, "--format", form, "--store", store)
        assert "treatment:testazine" in shown
        assert iri not in shown
    rows = list(csv.DictReader(io.StringIO(answer(capsys, LETTERS, "--format", "csv", "--store", store))))
    tabbed = list(
        csv.DictReader(io.StringIO(answer(capsys, LETTERS, "--format", "tsv", "--store", store)), delimiter="\t")
    )
    data = json.loads(answer(capsys, LETTERS, "--format", "json", "--store", store))
    assert rows == tabbed == [{name: str(value) for name, value in row.items()} for row in data]
    assert {row["t"] for row in data} >= {iri}
    assert all(isinstance(row["n"], int) for row in data)
    assert list(data[0]) == ["t", "letter", "n"]


def test_the_default_graph_is_the_union_and_graphs_can_be_named(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT (COUNT(DISTINCT ?c) AS ?n) { %s }"
    union = answer(capsys, query % "?c a alsu:Claim", "--format", "json", "--store", store)
    named = answer(capsys, query % "GRAPH ?g { ?c a alsu:Claim }", "--format", "json", "--store", store)
    assert json.loads(union) == json.loads(named)
    assert json.loads(union)[0]["n"] > 0


def test_unbound_is_empty_and_no_rows_is_said(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(answer(capsys, "SELECT ?x ?y { BIND(1 AS ?x) }", "--format", "json", "--store", store)) == [
        {"x": 1, "y": None}
    ]
    assert "no rows" in answer(capsys, "SELECT ?x { ?x a alsu:Nothing }", "--store", store)


def test_ask(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "ASK { ?c a alsu:Claim }", "--store", store) == "true\n"
    assert answer(capsys, "ASK { ?c a alsu:Nothing }", "--store", store) == "false\n"


def test_graphs_are_turtle_or_ntriples_and_the_same(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = "DESCRIBE treatment:testazine"
    turtle = answer(capsys, query, "--store", store)
    assert "treatment:testazine a alsu:Treatment" in turtle
    assert "@prefix fabio:" not in turtle
    triples = answer(capsys, query, "--format", "ntriples", "--store", store)
    assert set(ox.parse(turtle, format=ox.RdfFormat.TURTLE)) == set(ox.parse(triples, format=ox.RdfFormat.N_TRIPLES))
    assert sorted(triples.splitlines()) == triples.splitlines()
    constructed = answer(
        capsys,
        "CONSTRUCT { ?c rdf:type skos:Concept } WHERE { ?c a alsu:Claim }",
        "--format",
        "turtle",
        "--store",
        store,
    )
    assert " a skos:Concept" in constructed


def test_a_format_that_does_not_fit_is_wrong_use(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "SELECT query gives rows" in refusal(capsys, LETTERS, "--format", "turtle", "--store", store)
    assert "gives a graph" in refusal(capsys, "DESCRIBE treatment:testazine", "--format", "csv", "--store", store)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <k:a> <k:b> <k:c> }",
        "delete where { ?s ?p ?o }",
        "# DELETE is not meant\nPREFIX k: <k:> BASE <k:/>\n\n CLEAR ALL",
        "LOAD <http://127.0.0.1:1/x>",
        "DROP GRAPH <k:g>",
        "WITH <k:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(update: str, store: str, dataset_graph: Graph, capsys: pytest.CaptureFixture[str]) -> None:
    before = len(dataset_graph)
    assert "an update is refused" in refusal(capsys, update, "--store", store)
    assert len(dataset_graph) == before


def test_a_word_of_update_in_a_query_is_no_update(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = '# insert\nPREFIX add: <k:> SELECT ?INSERT { BIND("DELETE" AS ?INSERT) }'
    assert json.loads(answer(capsys, query, "--format", "json", "--store", store)) == [{"INSERT": "DELETE"}]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {\n ?s ?p }", "line 2, column 9"),
        ("SELECT * { ?s unknown:b ?o }", "a prefix is not known"),
        ("", "line 1, column 1"),
        ("no query at all", "line 1"),
        ("SELECT ?x (COUNT(?y) AS ?c) { ?x ?p ?y }", "a selected variable is not bound"),
        ("SELECT * { ?s ?p 'é\x00\ud800' } }".encode("utf-8", "replace").decode(), "line 1"),
    ],
)
def test_a_syntax_error_is_one_line_with_its_place(
    query: str, place: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    message = refusal(capsys, query, "--store", store)
    assert "SPARQL syntax error" in message
    assert place in message
    assert len(message) < 400


def test_a_query_from_a_file_and_from_standard_input(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.rq"
    file.write_text(LETTERS, encoding="utf-8")
    direct = answer(capsys, LETTERS, "--format", "json", "--store", store)
    assert answer(capsys, str(file), "--format", "json", "--store", store) == direct
    piped = subprocess.run(
        [*RUN, "-", "--format", "json", "--store", store], input=LETTERS, capture_output=True, text=True, check=True
    )
    assert (piped.stdout, piped.stderr) == (direct, "")


def test_the_projects_own_queries_run_as_they_are(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(__file__).parent.parent / "queries" / "treatment_grade-table.rq"
    assert "Testazine" in answer(capsys, str(file), "--store", store)


def test_numbers_that_are_none_stay_text(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = f'SELECT * {{ VALUES ?n {{ "x"^^xsd:integer 7 "{"9" * 5000}"^^xsd:integer 2.5 }} }}'
    rows = json.loads(answer(capsys, query, "--format", "json", "--store", store))
    assert [row["n"] for row in rows] == ["x", 7, "9" * 5000, "2.5"]


def test_text_that_is_not_utf_8_is_wrong_use(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not UTF-8" in refusal(capsys, "ASK { BIND('\udcff' AS ?x) }", "--store", store)
    piped = subprocess.run(
        [*RUN, "-", "--store", store], input=b"ASK { BIND('\xff' AS ?x) }", capture_output=True, check=False
    )
    assert piped.returncode == 2
    assert b"UTF-8" in piped.stderr
    assert b"Traceback" not in piped.stderr


def test_a_query_too_long_for_a_file_name_is_a_query(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, f"DESCRIBE <urn:{'x' * 5000}>", "--store", store) == ""


def test_a_missing_or_unreadable_file_is_wrong_use(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No such file" in refusal(capsys, "none.rq", "--store", store)
    binary = tmp_path / "x.sparql"
    binary.write_bytes(b"\xff\xfe\x00")
    assert str(binary) in refusal(capsys, str(binary), "--store", store)


def test_no_store_could_not_be_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "build one with" in refusal(capsys, "ASK {}", "--store", str(tmp_path), code=3)


class _Broken(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(500)

    do_POST = do_GET  # noqa: N815 - the name that http.server calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_service_that_fails_is_told_as_could_not(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Broken) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{server.server_port}/> {{ ?s ?p ?o }} }}"
        message = refusal(capsys, query, "--store", store, code=3)
        server.shutdown()
    assert "SERVICE" in message
    assert "build it again" not in message


@pytest.mark.slow
@pytest.mark.parametrize(
    "endless",
    [
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(STR(?x) = CONCAT(STR(?y), STR(?z), 'w')) }",
        "SELECT * { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z FILTER(STR(?x) = CONCAT(STR(?y), STR(?z), 'w')) }",
    ],
)
def test_ctrl_c_stops_a_query_that_takes_too_long(endless: str, store: str) -> None:
    command = [*RUN, endless, "--store", store]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        time.sleep(2.5)
        assert process.poll() is None, "the query should still run"
        try:
            process.send_signal(signal.SIGINT)
            out, error = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 130
    assert out == b""
    assert error.startswith(b"alsu-kg sparql: stopped")
