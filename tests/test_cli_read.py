"""The verb ``read`` as people use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from alsu_kg.cli_read import main
from alsu_kg.records import parse_record, read_record

REVIEW = (
    "# ALSUntangled 9: Thing\n\n# Trials\n\nTen PALS took thing for two weeks (1). We assign a Trials grade of “D”.\n\n"
    "# References\n\n1. Ay B. One thing. Cell. 2001;2:3.\n"
)


@pytest.fixture
def review(tmp_path: Path) -> Path:
    path = tmp_path / "review.md"
    path.write_text(REVIEW)
    return path


def test_yaml_is_a_record(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(review)]) == 0
    captured = capsys.readouterr()
    record = parse_record(captured.out, "x.yaml")
    assert (record.review.number, record.grades[0].letter, len(record.trials)) == (9, "D", 1)
    assert "1 references" in captured.err


def test_the_command_starts_without_what_reads_documents() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, alsu_kg.cli_read; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "alsu_kg.reading_pool" in loaded
    assert not loaded & {"alsu_kg.documents", "alsu_kg.extraction.record", "alsu_kg.readers.pdf"}


def test_json_has_every_key_of_the_contract(review: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(review), "--format", "json", "--quiet"]) == 0
    captured = capsys.readouterr()
    keys = set(json.loads(captured.out))
    assert keys >= {
        "review",
        "treatment",
        "sections",
        "grades",
        "references",
        "pointers",
        "claims",
        "paths",
        "cases",
        "trials",
        "risks",
        "monitoring",
        "dosing",
        "costs",
        "disclosures",
        "advice",
    }
    assert captured.err == ""


def test_standard_input(review: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "alsu_kg.cli_read", "-", "--quiet"],
        input=review.read_bytes(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert b"number: 9" in done.stdout


def test_a_folder_gives_a_draft_for_each_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a/index.md", "b/index.md", "c.md"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(REVIEW)
    (tmp_path / "in" / "bad.pdf").write_bytes(b"%PDF-1.4 x")
    assert main([str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 1
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["a-index.yaml", "b-index.yaml", "c.yaml"]
    captured = capsys.readouterr()
    assert "bad.pdf" in captured.err
    assert "Traceback" not in captured.err
    assert "3 of 4" in captured.err


def test_no_draft_overwrites_another(tmp_path: Path) -> None:
    for name in ("a/x.md", "a/x.txt", "a/a-x.md", "b/c/x.md", "d/c/x.md"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(REVIEW)
    assert main([str(tmp_path / "in"), "-o", str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out").iterdir())) == 5


def test_pages_of_a_folder_that_are_no_reviews_are_named(
    review: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "contact.html").write_text("<h1>Contact</h1><p>Write to us. Published: May 2020</p>")
    assert main([str(tmp_path), "-o", str(tmp_path / "out")]) == 0
    assert (
        "no review in 1 of them (no treatment, grades or references): contact. Repair: leave" in capsys.readouterr().err
    )
    assert main([str(review), str(review), "-o", str(tmp_path / "out")]) == 0
    assert "no review" not in capsys.readouterr().err


@pytest.mark.slow
def test_comparison(review: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    curated = tmp_path / "curated.yaml"
    assert main([str(review), "-o", str(curated), "--quiet"]) == 0
    assert main([str(review), "--compare", str(curated)]) == 0
    curated.write_text(curated.read_text().replace("letter: D", "letter: C"))
    assert read_record(curated).grades[0].letter == "C"
    assert main([str(review), "--compare", str(curated)]) == 1
    assert "trials C" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["no-such-file.md"], 3), (["{empty}"], 2), (["{review}", "--jobs", "0"], 2)],
)
def test_exit_codes(
    arguments: list[str], code: int, review: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    given = [a.format(empty=tmp_path / "empty", review=review) for a in arguments]
    assert main(given) == code
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "Repair:" in error


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    assert "alsu-kg read review.pdf -o draft.yaml" in capsys.readouterr().out
