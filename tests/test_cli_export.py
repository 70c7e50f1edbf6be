"""``alsu-kg export``: every format, one review, files that are whole or not there."""

import csv
import io
import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from alsu_kg.answers.selection import select_review
from alsu_kg.cli import main
from alsu_kg.cli_export import FORMATS
from alsu_kg.model.errors import UsageError, WorkError
from alsu_kg.output import write_output
from alsu_kg.store import Graph

RUN = [sys.executable, "-m", "alsu_kg.cli", "export"]
EXPORTED_BY = "https://w3id.org/alsu-kg/id/graph/"


@pytest.fixture
def store(dataset_graph: Graph) -> str:
    return dataset_graph.place


@pytest.mark.slow
def test_every_format_is_written_and_the_same_twice(store: str, tmp_path: Path) -> None:
    for form in FORMATS:
        for name in ("one", "two"):
            assert (
                main(["export", "--format", form, "--review", "901", "-o", str(tmp_path / name), "--store", store]) == 0
            )
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes(), form
    assert sorted(child.name for child in tmp_path.iterdir()) == ["one", "two"]


def test_standard_output_gets_the_exact_graph(
    store: str, dataset_graph: Graph, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for dash in ([], ["-o", "-"]):
        assert main(["export", "--format", "nquads", "--store", store, *dash]) == 0
        assert capfdbinary.readouterr().out.decode() == "".join(dataset_graph.lines())


@pytest.mark.slow
def test_a_real_process_writes_bytes_and_nothing_else(store: str, dataset_graph: Graph) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    found = subprocess.run(
        [*RUN, "--format", "nquads", "--store", store], capture_output=True, check=True, env=environment
    )
    assert found.stdout.decode("utf-8") == "".join(dataset_graph.lines())
    assert found.stderr == b""


def test_networks_open_again(store: str, tmp_path: Path) -> None:
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        main(["export", "--format", form, "--review", "901", "-o", str(tmp_path / form), "--store", store])
        assert read(tmp_path / form).number_of_edges() > 100


def test_cytoscape_and_csv_have_every_edge_once(
    store: str, capsys: pytest.CaptureFixture[str], dataset_graph: Graph
) -> None:
    edges = {
        (quad.subject.value, quad.predicate.value, quad.object.value, quad.graph_name.value)
        for quad in ox.parse(input="".join(dataset_graph.lines()).encode(), format=ox.RdfFormat.N_QUADS)
        if all(isinstance(term, ox.NamedNode) for term in quad)
    }
    main(["export", "--format", "csv", "--store", store])
    head, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
    assert head == ["source", "predicate", "target", "graph"]
    assert sorted(map(tuple, rows)) == sorted(edges)
    main(["export", "--format", "cytoscape", "--store", store])
    elements = json.loads(capsys.readouterr().out)["elements"]
    found = [edge["data"] for edge in elements["edges"]]
    assert {(e["source"], e["predicate"], e["target"], e["graph"]) for e in found} == edges
    assert len({e["id"] for e in found}) == len(found) == len(edges)
    assert {node["data"]["id"] for node in elements["nodes"]} >= {e["source"] for e in found}


def test_one_review_with_its_provenance(dataset_graph: Graph, store: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = select_review(dataset_graph.lines(), "901")
    graphs = {line.rsplit(" ", 2)[1] for line in lines}
    provenance = f"<{EXPORTED_BY}provenance>"
    assert provenance in graphs
    own = graphs - {provenance}
    assert own
    assert {graph.removeprefix(f"<{EXPORTED_BY}").split("/")[0].rstrip(">") for graph in own} == {"testazine"}
    assert [line for line in dataset_graph.lines() if line.rsplit(" ", 2)[1] in own] == [
        line for line in lines if provenance not in line[-80:]
    ]
    described = {line.split(" ")[0] for line in lines if line.endswith(f"{provenance} .\n")}
    assert own <= described
    assert {
        line.split(" ")[2] for line in lines if "wasDerivedFrom" in line and line.endswith(f"{provenance} .\n")
    } <= described
    assert main(["export", "--format", "nquads", "--review", "901", "--store", store]) == 0
    assert capsys.readouterr().out == "".join(lines)


def test_a_record_key_selects_its_part(dataset_graph: Graph) -> None:
    assert select_review(dataset_graph.lines(), "testazine") == select_review(dataset_graph.lines(), "901")


@pytest.mark.parametrize("key", ["nope", "", "901>", "90", "*", "provenance", "ontology"])
def test_an_unknown_review_is_wrong_use(dataset_graph: Graph, key: str) -> None:
    with pytest.raises(UsageError, match="no review"):
        select_review(dataset_graph.lines(), key)


def test_a_review_nearly_right_is_suggested(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "trig", "--review", "testazin", "--store", store]) == 2
    assert "did you mean testazine?" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--format", "msword"], []])
def test_an_unknown_format_is_wrong_use(arguments: list[str], store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", *arguments, "--store", store]) == 2
    assert "--format" in capsys.readouterr().err


def test_an_unwritable_path_is_one_line_with_repair(
    store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for target in (tmp_path / "none" / "x.ttl", tmp_path):
        assert main(["export", "--format", "turtle", "-o", str(target), "--store", store]) == 3
        message = capsys.readouterr().err
        assert message.count("\n") == 1
        assert str(target) in message
        assert "Repair:" in message
    assert list(tmp_path.iterdir()) == []


def test_no_store_is_one_line_and_leaves_the_old_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "x.ttl"
    old.write_text("old")
    assert main(["export", "--format", "turtle", "-o", str(old), "--store", str(tmp_path / "none")]) == 3
    assert "build one with" in capsys.readouterr().err
    assert old.read_text() == "old"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A file size limit makes the kernel refuse the write half-way, as a full disk does."""
    old = tmp_path / "x"
    old.write_text("old")
    code = (
        "import resource, signal, sys; from alsu_kg.output import write_output; from alsu_kg.model.errors import WorkError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "try: write_output(b'x' * 100_000, sys.argv[1])\n"
        "except WorkError as error: print(error); sys.exit(3)"
    )
    found = subprocess.run([sys.executable, "-c", code, str(old)], capture_output=True, text=True, check=False)
    assert found.returncode == 3
    assert "cannot be written: File too large" in found.stdout
    assert [child.name for child in tmp_path.iterdir()] == ["x"]
    assert old.read_text() == "old"


@pytest.mark.slow
def test_standard_output_on_a_full_device_is_told(store: str) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("wb") as full:
        found = subprocess.run(
            [*RUN, "--format", "nquads", "--store", store], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert found.returncode == 3
    assert b"No space left" in found.stderr
    assert b"Traceback" not in found.stderr


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    target = tmp_path / "x"
    code = (
        "import sys; import alsu_kg.output as o; import os\n"
        "o.os.fsync = lambda number: (print('writing', flush=True), __import__('time').sleep(30))\n"
        "o.write_output(b'x' * 1000, sys.argv[1])"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(target)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_closed_pipe_is_no_error(store: str) -> None:
    with subprocess.Popen(
        [*RUN, "--format", "nquads", "--store", store], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_an_old_file_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write_output(b"new", str(link))
    assert (real.read_text(), link.is_symlink(), stat.S_IMODE(real.stat().st_mode)) == ("new", True, 0o640)


def test_a_pipe_is_written_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        time.sleep(0.05)
        write_output(b"data", str(pipe))
        assert reader.communicate(timeout=20)[0] == b"data"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_output_names_the_place_it_cannot_write() -> None:
    with pytest.raises(WorkError, match="/proc/none/x"):
        write_output(b"", "/proc/none/x")
