"""``alsu-kg why`` as a process: forms, files, errors in one line, nothing half written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alsu_kg.analysis.explanation import NOTICE
from alsu_kg.cli import main
from alsu_kg.store import Graph


def run_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "alsu_kg.cli", "why", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment}, timeout=120)


def test_text_goes_to_standard_output_without_colour_in_a_pipe(dataset_graph: Graph) -> None:
    result = run_process("TZN", "trials", "--store", dataset_graph.place)
    text = result.stdout.decode()
    assert (result.returncode, result.stderr) == (0, b"")
    assert text.startswith("Testazine, trials: F\n")
    assert NOTICE in " ".join(text.split())
    assert "\x1b" not in text
    assert "U  2020-05-01 until 2022-03-01, replaced by its source" in text


def test_json_holds_the_same(dataset_graph: Graph, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["why", "testazine", "mechanism", "--format", "json", "--store", dataset_graph.place]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert found["notice"] == NOTICE
    assert found["letters"] == ["C", "F"]
    assert [hop["claim"]["status"] for hop in found["paths"][0]["hops"]] == ["asserted", "asserted", "speculated"]
    assert {work["key"]: work["doi"] for work in found["works"]}["testazine/1"] == "10.5555/inv.2015.1"
    assert [one["letter"] for one in found["history"]] == ["C", "B", "F"]


@pytest.mark.parametrize(
    ("name", "starts"),
    [("x.html", b"<!doctype html>"), ("x.svg", b"<?xml"), ("x.png", b"\x89PNG"), ("x.json", b"{"), ("x.txt", b"Test")],
)
def test_the_ending_of_the_file_says_the_form(name: str, starts: bytes, dataset_graph: Graph, tmp_path: Path) -> None:
    target = tmp_path / name
    assert main(["why", "testazine", "preclinical", "-o", str(target), "--store", dataset_graph.place]) == 0
    assert target.read_bytes().startswith(starts)
    before = target.read_bytes()
    assert main(["why", "testazine", "preclinical", "-o", str(target), "--store", dataset_graph.place]) == 0
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_dash_is_standard_output(dataset_graph: Graph, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["why", "testazine", "risks", "--format", "html", "-o", "-", "--store", dataset_graph.place]) == 0
    assert capsysbinary.readouterr().out.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("testazin", "trials"), 2, "did you mean testazine"),
        (("testazine", "cost"), 2, "use mechanism, preclinical"),
        (("testazine",), 2, "CATEGORY"),
        (("testazine", "trials", "--format", "pdf"), 2, "invalid choice"),
        (("testazine", "trials", "-o", "/nowhere/x.html"), 3, "cannot be written"),
        (("testazine", "trials", "--store", "/nowhere"), 3, "no store here yet"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    arguments: tuple[str, ...], code: int, says: str, dataset_graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    store = () if "--store" in arguments else ("--store", dataset_graph.place)
    assert main(["why", *arguments, *store]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert says in said.err.splitlines()[-1]


def test_text_loads_no_drawing_library(dataset_graph: Graph) -> None:
    code = (
        "import sys; from alsu_kg.cli import main; main(['why', 'testazine', 'trials', '--quiet', '--store', sys.argv[1]]);"
        "print([name for name in ('matplotlib', 'networkx', 'requests', 'rdflib', 'numpy') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code, dataset_graph.place], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "--help"]) == 0
    assert "alsu-kg why azathioprine mechanism" in capsys.readouterr().out
