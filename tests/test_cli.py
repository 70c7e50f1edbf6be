"""The command line as people use it: every verb, help, exit codes, one-line errors, a real process."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from alsu_kg.cli import VERBS, main

HOSTILE = 'x" } ; DROP ALL ; {'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("cli") / "store"
    assert main(["build", "--store", str(path), "--quiet"]) == 0
    return str(path)


def alsu_kg(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alsu_kg.cli", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself_with_an_example(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([verb, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"alsu-kg {verb}" in shown.split("example", 1)[1]
    assert "--quiet" in shown
    assert "no medical advice" in shown


def test_help_lists_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"  {verb} " in shown for verb in VERBS)
    assert main([]) == 2
    assert main(["--version"]) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["fly"], 2, "there is no verb 'fly'"),
        (["query", "treatment_grades"], 2, "there is no query 'treatment_grades'. Repair: did you mean treatment_"),
        (["query", "treatment_claims", "-p", "treatment"], 2, "write it NAME=VALUE"),
        (["query", "treatment_claims"], 2, "needs the parameter 'treatment'"),
        (["query", "treatment_claims", "-p", "drug=x"], 2, "has no parameter 'drug'. Repair: use treatment"),
        (["query", "treatment_claims", "-p", "treatment=azathioprin"], 2, "did you mean azathioprine"),
        (["query", "treatment_claims", "-p", f"treatment={HOSTILE}"], 2, "nothing in this graph is a treatment called"),
        (["query", "treatment_shared-mechanism", "-p", "level=high"], 2, "'high' is no whole number"),
        (["query", "treatment_grade-table", "--store", "/nowhere/at/all"], 3, "no store here yet. Repair: build one"),
        (["query", "treatment_grade-table", "--store", __file__], 3, "is a file, not a store"),
        (["build", "/nowhere.yaml"], 3, "no such file or folder"),
        (["build", "--store", "https://example.org/sparql"], 2, "not supported yet"),
    ],
)
def test_errors_are_one_line_with_a_repair(
    arguments: list[str], code: int, message: str, store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(arguments if "--store" in arguments or arguments[0] != "query" else [*arguments, "--store", store]) == code
    )
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.err.count("\n") == 1
    assert "Repair: " in shown.err
    assert shown.out == ""


def test_wrong_options_are_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", "--colour"]) == 2
    assert "unrecognized arguments" in capsys.readouterr().err


def test_all_formats_say_the_same(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = {}
    for form in ("table", "csv", "tsv", "json", "md"):
        assert main(["query", "treatment_cases", "-p", "treatment=Imuran", "--format", form, "--store", store]) == 0
        shown[form] = capsys.readouterr().out
    rows = json.loads(shown["json"])
    assert len(rows) == 4
    assert isinstance(rows[3]["co_interventions"], list)
    table = list(csv.DictReader(io.StringIO(shown["csv"])))
    assert [row["co_interventions"] for row in table] == [" | ".join(row["co_interventions"]) for row in rows]
    assert list(csv.reader(io.StringIO(shown["tsv"]), delimiter="\t"))[1:] == [list(row.values()) for row in table]
    assert "(4 rows)" in shown["table"]
    assert shown["md"].startswith("| treatment ")


def test_a_name_an_alias_and_a_key_are_the_same_treatment(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers = set()
    for value in ("azathioprine", "Azathioprine", "imuran", "https://w3id.org/alsu-kg/id/treatment/azathioprine"):
        assert main(["query", "treatment_claims", "-p", f"treatment={value}", "--format", "csv", "--store", store]) == 0
        answers.add(capsys.readouterr().out)
    assert len(answers) == 1


@pytest.mark.slow
def test_a_real_process_builds_asks_and_pipes(tmp_path: Path) -> None:
    built = alsu_kg("build", ALSU_KG_STORE=str(tmp_path / "store"))
    assert (built.returncode, built.stderr) == (0, "")
    assert "treatments         78" in built.stdout
    asked = alsu_kg("query", "treatment_grade-table", "--format", "csv", ALSU_KG_STORE=str(tmp_path / "store"))
    assert "Azathioprine,58,C,U,A,F,D\n" in asked.stdout
    piped = subprocess.run(
        f"{sys.executable} -m alsu_kg.cli query treatment_evidence-grades | head -n 1",
        shell=True,
        env={**os.environ, "ALSU_KG_STORE": str(tmp_path / "store")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert piped.stderr == ""
    assert piped.stdout.startswith("treatment ")


def test_a_build_that_is_stopped_leaves_the_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--store", str(tmp_path / "s"), "--quiet"]) == 0

    def stop(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("alsu_kg.pipeline.load", stop)
    monkeypatch.setattr("alsu_kg.rebuild.copy_changed", stop)
    for further in ([], ["--fresh"]):
        assert main(["build", "--store", str(tmp_path / "s"), "--quiet", *further]) == 130
        assert "stopped" in capsys.readouterr().err
        left = {path.name for path in (tmp_path / "s").iterdir()} - {"g-000001.manifest"}
        assert left == {".lock", "CURRENT", "g-000001"}


def test_bad_records_are_each_named_on_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.yaml").write_text("record: [")
    (tmp_path / "b.yaml").write_text("record: b\nreview: {}\ngrades: [{category: risks, letter: Z}]\n")
    assert main(["build", str(tmp_path), "--store", str(tmp_path / "s")]) == 3
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert "a.yaml" in lines[0]
    assert "b.yaml:3: grades[0].letter" in lines[1]
    assert not (tmp_path / "s").exists()
