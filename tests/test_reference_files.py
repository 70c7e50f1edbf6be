"""A folder of documents and lists, linked at once: each row says from which file it is, a bad file costs the others nothing."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from time import monotonic

import pytest
from link_desk import AZA, LIU, NFKB, WERDELIN, make_index, rows_of, work_ids

from alsu_kg.cli import main
from alsu_kg.model.errors import UsageError
from alsu_kg.reference_files import find_reference_files, read_reference_files

BIB = (
    "@article{{{key}, title={{{title}}}, author={{{author}}}, journal={{{journal}}}, year={year}, volume={volume},"
    " pages={{{page}}}}}\n"
)
NFKB_BIB = BIB.format(
    key="one", title="NF-kappaB signaling in inflammation", author="Liu, T.", journal="Signal Transduct Target Ther", year=2017,
    volume=2, page="17023",
)  # fmt: skip
AZA_BIB = BIB.format(
    key="one", title="Azathioprine in motor neuron disease", author="Werdelin, L.", journal="Acta Neurol Scand", year=1986,
    volume=73, page="1",
)  # fmt: skip
REVIEW = f"# ALSUntangled 99: Testazine\n\n## Mechanism\n\nSeen once (1).\n\n## References\n\n1. {LIU}\n2. {WERDELIN}\n"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_index(tmp_path_factory.mktemp("works"), [NFKB, AZA])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "papers"
    (inside / "deep").mkdir(parents=True)
    (inside / ".hidden").mkdir()
    (inside / "a.txt").write_text(f"{WERDELIN}\n\n{LIU}\n", encoding="utf-8")
    (inside / "b.bib").write_text(NFKB_BIB, encoding="utf-8")
    (inside / "c.bib").write_text(AZA_BIB, encoding="utf-8")
    (inside / "deep" / "review.md").write_text(REVIEW, encoding="utf-8")
    (inside / "deep" / "rows.jsonl").write_text(json.dumps({"id": "r", "unstructured": LIU}), encoding="utf-8")
    (inside / "notes.docx").write_bytes(b"PK\x03\x04")
    (inside / ".hidden" / "x.txt").write_text(LIU, encoding="utf-8")
    return inside


def link(given: list[Path], index: Path, *more: str, code: int = 0) -> str:
    target = given[0].with_name("linked.out")
    arguments = ["link", *map(str, given), "--index", str(index), "-o", str(target), "--processes", "1", *more]
    assert main(arguments) == code
    return target.read_text(encoding="utf-8")


def files_of(rows: list[dict[str, object]], folder: Path) -> list[str]:
    return [Path(str(row["file"])).relative_to(folder).as_posix() for row in rows]


def test_every_readable_file_of_a_folder_is_linked(folder: Path, index: Path) -> None:
    rows = rows_of(link([folder], index))
    assert files_of(rows, folder) == ["a.txt"] * 3 + ["b.bib", "c.bib"] + ["deep/review.md"] * 2 + ["deep/rows.jsonl"]
    nfkb, aza = "10.1000/nfkb", "10.1000/aza"
    assert work_ids(rows) == [aza, None, nfkb, nfkb, aza, nfkb, aza, nfkb]


def test_rows_are_those_of_the_files_one_by_one(folder: Path, index: Path) -> None:
    together = rows_of(link([folder], index))
    names = list(dict.fromkeys(str(row.pop("file")) for row in together))
    apart = [row for name in names for row in rows_of(link([Path(name)], index))]
    for row in (*together, *apart):
        row["id"] = str(row["id"]).rpartition("#")[2]
    assert together == apart


def test_ids_that_two_files_use_stay_apart(folder: Path, index: Path) -> None:
    ids = [row["id"] for row in rows_of(link([folder], index))]
    assert ids[3:5] == [f"{folder}/b.bib#one", f"{folder}/c.bib#one"]
    assert ids[-1] == "r"


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("bad.pdf", b"%PDF-1.7\nbroken", "PDF"),
        ("bad.json", b'[{"title": "A"', "not well-formed JSON"),
        ("package.json", b'{"name": "x", "version": "1", "scripts": {"test": "y"}}', "field of a reference"),
        ("bad.yaml", b"record: x\nreview: {numbr: 3}", "numbr"),
        ("bad.md", b"# Only text\n\nNobody is cited here at all.", "no reference list"),
    ],
)
def test_a_bad_file_is_named_at_the_end_and_costs_the_others_nothing(
    name: str, data: bytes, what: str, folder: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = link([folder], index, "--quiet")
    assert capsys.readouterr().err == ""
    (folder / name).write_bytes(data)
    assert link([folder], index, "--quiet", code=1) == whole
    error = capsys.readouterr().err
    assert what in error
    assert name in error
    assert error.count("\n") == 1


def test_unreadable_file_is_a_bad_file(folder: Path, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = folder / "missing.txt"
    assert len(rows_of(link([folder / "b.bib", missing], index, code=1))) == 1
    assert str(missing) in capsys.readouterr().err


def test_only_bad_files_is_could_not_do_it(tmp_path: Path, index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "only").mkdir()
    (tmp_path / "only" / "bad.json").write_text("[{", encoding="utf-8")
    assert main(["link", str(tmp_path / "only"), "--index", str(index)]) == 3
    assert "none of the files can be read" in capsys.readouterr().err


def test_folder_without_references_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no file of references"):
        find_reference_files([str(tmp_path)])


def test_the_output_of_an_earlier_run_is_no_input(folder: Path, index: Path) -> None:
    target = folder / "linked.jsonl"
    for _ in range(2):
        assert main(["link", str(folder), "--index", str(index), "-o", str(target), "--quiet"]) == 0
        assert len(rows_of(target.read_text(encoding="utf-8"))) == 8


def test_other_formats_say_the_file_too(folder: Path, index: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(link([folder], index, "--format", "csv"))))
    assert [row["file"] for row in rows] == [str(row["file"]) for row in rows_of(link([folder], index))]
    assert f"alsu-ref:{folder}/a.txt#3\t" in link([folder], index, "--format", "sssom")
    items = json.loads(link([folder], index, "--format", "csl-json"))
    assert len({item["id"] for item in items}) == len(items)
    assert "file" not in next(csv.DictReader(io.StringIO(link([folder / "a.txt"], index, "--format", "csv"))))


def test_standard_input_stands_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["link", "-", "a.txt"]) == 2
    assert "standard input" in capsys.readouterr().err


def test_documents_are_read_in_their_order_and_counted(folder: Path) -> None:
    for number in range(5):
        (folder / f"d{number}.md").write_text(REVIEW, encoding="utf-8")
    seen: list[tuple[int, int]] = []
    names = find_reference_files([str(folder)])
    files = read_reference_files(names, jobs=2, progress=lambda done, of: seen.append((done, of)))
    assert [file.name for file in files] == names
    assert seen == [(done, 6) for done in range(1, 7)]


@pytest.mark.slow
def test_progress_is_shown_to_a_person(tmp_path: Path, index: Path) -> None:
    (tmp_path / "many").mkdir()
    for number in range(3):
        (tmp_path / "many" / f"{number}.txt").write_text(f"{LIU}\n{WERDELIN}\n" * 2000, encoding="utf-8")
    above, below = pty.openpty()
    begun = monotonic()
    command = [sys.executable, "-m", "alsu_kg.cli", "link", str(tmp_path / "many"), "--index", str(index)]
    with subprocess.Popen([*command, "-o", str(tmp_path / "out")], stderr=below) as running:
        os.close(below)
        said = b""
        while True:
            try:
                said += os.read(above, 4096)
            except OSError:
                break
        os.close(above)
    assert running.returncode == 0
    assert b"of 12000" in said or monotonic() - begun < 4  # what takes less than two seconds shows none
    assert b"3 of 3 files read" in said
