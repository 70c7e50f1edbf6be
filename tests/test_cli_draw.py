"""``alsu-kg draw`` as a process: pictures on disk, errors in one line, nothing half written."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from alsu_kg.cli import main
from alsu_kg.pictures import VIEWS
from alsu_kg.store import Graph

PNG = b"\x89PNG\r\n\x1a\n"


def run_process(*arguments: str, seed: str = "0", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "alsu_kg.cli", "draw", *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=cwd, timeout=120)


@pytest.mark.slow
def test_the_same_graph_gives_the_same_file_in_another_process(dataset_graph: Graph, tmp_path: Path) -> None:
    for number, seed in enumerate("12"):
        target = tmp_path / f"{number}.svg"
        result = run_process("evidence-heatmap", "--store", dataset_graph.place, "-o", str(target), seed=seed)
        assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (tmp_path / "0.svg").read_bytes() == (tmp_path / "1.svg").read_bytes()
    assert ElementTree.parse(tmp_path / "0.svg").getroot().tag.endswith("svg")


@pytest.mark.slow
def test_the_settings_of_the_user_do_not_change_a_picture(dataset_graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "matplotlibrc").write_text(
        "savefig.facecolor: red\nsavefig.bbox: tight\ntext.antialiased: False\npatch.antialiased: False\n"
    )
    plain, other = tmp_path / "plain.png", tmp_path / "other.png"
    common = ("mechanism", "-p", "treatment=Testazine", "--store", dataset_graph.place, "-o")
    assert run_process(*common, str(plain)).returncode == 0
    assert run_process(*common, str(other), cwd=tmp_path).returncode == 0
    assert plain.read_bytes().startswith(PNG)
    assert plain.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("pie", "-o", "x.svg"), 2, "there is no view 'pie'"),
        (("mechanism", "-o", "x.svg"), 2, "add -p treatment="),
        (("evidence-heatmap",), 2, "add -o FILE.svg"),
        (("evidence-heatmap", "-o", "x.gif"), 2, "end it in .svg, .png or .html"),
        (("evidence-heatmap", "-o", "x"), 2, "end it in .svg, .png or .html"),
        (("evidence-heatmap", "-o", "nowhere/x.svg"), 3, "cannot be written"),
        (("evidence-heatmap", "-o", "folder.svg"), 3, "cannot be written"),
        (("mechanism", "-p", "treatment=Testazin", "-o", "x.svg"), 2, "did you mean testazine"),
        (("mechanism", "-p", "treatment", "-o", "x.svg"), 2, "NAME=VALUE"),
    ],
)
def test_wrong_use_gives_one_line_and_no_file(
    arguments: tuple[str, ...],
    code: int,
    says: str,
    dataset_graph: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "folder.svg").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["draw", *arguments, "--store", dataset_graph.place]) == code
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["folder.svg"]


def test_a_store_that_is_not_there_leaves_the_old_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "x.svg"
    target.write_text("old")
    assert main(["draw", "evidence-heatmap", "--store", str(tmp_path / "none"), "-o", str(target)]) == 3
    assert "alsu-kg build" in capsys.readouterr().err
    assert target.read_text() == "old"


def test_help_names_the_views_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"alsu-kg draw {view} " in told for view in VIEWS)
