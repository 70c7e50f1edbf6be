"""``alsu-kg link`` and ``alsu-kg index`` as a user runs them: formats, bad input, persons' decisions, no index."""

import io
import json
from pathlib import Path

import pytest

from alsu_kg.cli import main

ROWS = [
    {
        "id": "10.1000/nfkb", "doi": "10.1000/nfkb", "title": "NF-κB signaling in inflammation", "authors": [["Liu", "T"]],
        "year": 2017, "container": "Signal Transduction and Targeted Therapy", "volume": "2", "first_page": "17023",
    },
    {
        "id": "10.1000/reply", "doi": "10.1000/reply", "title": "Reply to: NF-κB signaling in inflammation", "year": 2018,
        "authors": [["Novak", "A"]], "container": "Signal Transduction and Targeted Therapy", "volume": "3", "first_page": "9",
    },
    {
        "id": "10.1000/aza", "doi": "10.1000/aza", "pmid": "77", "title": "Azathioprine in motor neuron disease", "year": 1986,
        "authors": [["Werdelin", "L"]], "container": "Acta Neurologica Scandinavica", "volume": "73", "first_page": "1",
    },
]  # fmt: skip
LIU = "Liu T. NF-kappaB signaling in inflammation. Signal Transduct Target Ther. 2017;2:17023."
WERDELIN = "Werdelin L. Azathioprine in motor neuron disease. Acta Neurol Scand 1986;73:1-5."


@pytest.fixture
def index(tmp_path: Path) -> Path:
    dump = tmp_path / "works.jsonl"
    dump.write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    assert main(["index", "build", str(dump), "-o", str(tmp_path / "index"), "--processes", "1", "--quiet"]) == 0
    return tmp_path / "index"


def link(tmp_path: Path, index: Path, data: str | bytes, *more: str) -> list[dict[str, object]]:
    source, target = tmp_path / "input", tmp_path / "output"
    source.write_bytes(data.encode() if isinstance(data, str) else data)
    assert (
        main(["link", str(source), "--index", str(index), "-o", str(target), "--processes", "1", "--quiet", *more]) == 0
    )
    return [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]


def work_ids(rows: list[dict[str, object]]) -> list[object]:
    return [row["work"]["id"] if isinstance(row["work"], dict) else None for row in rows]


INPUTS = {
    "txt": f"{LIU}\n{WERDELIN}\n",
    "jsonl": json.dumps({"id": "a", "unstructured": LIU})
    + "\n"
    + json.dumps({"id": "b", "author": "Werdelin", "journal-title": "Acta Neurol Scand", "volume": "73", "first-page": "1",
                  "year": "1986", "article-title": "Azathioprine in motor neuron disease"}),
    "csl": json.dumps([
        {"id": "a", "title": "NF-κB signaling in inflammation", "author": [{"family": "Liu", "given": "T"}], "volume": "2",
         "container-title": "Signal Transduct Target Ther", "issued": {"date-parts": [[2017]]}, "page": "17023-31"},
        {"id": "b", "title": "Azathioprine in motor neuron disease", "author": [{"family": "Werdelin"}], "page": "1",
         "issued": {"date-parts": [[1986]]}, "container-title": "Acta Neurol Scand", "volume": "73"}]),
    "bib": "@article{a, title={{NF}-kappa{B} signaling in inflammation}, author={Liu, T.}, journal={Signal Transduct Target Ther},"
    " year=2017, volume=2, pages={17023--31}}\n@article{b, title={Azathioprine in motor neuron disease}, author={Werdelin, L.},"
    " journal={Acta Neurol Scand}, year=1986, volume=73, pages={1--5}}",
    "ris": "TY  - JOUR\nAU  - Liu, T\nTI  - NF-kappaB signaling in inflammation\nPY  - 2017\nJO  - Signal Transduct Target Ther\n"
    "VL  - 2\nSP  - 17023\nER  - \n\nTY  - JOUR\nAU  - Werdelin, L\nTI  - Azathioprine in motor neuron disease\nPY  - 1986\n"
    "JO  - Acta Neurol Scand\nVL  - 73\nSP  - 1\nER  - \n",
}  # fmt: skip


@pytest.mark.parametrize("form", INPUTS)
def test_every_input_format_links_in_order(form: str, tmp_path: Path, index: Path) -> None:
    rows = link(tmp_path, index, INPUTS[form])
    assert work_ids(rows) == ["10.1000/nfkb", "10.1000/aza"]


def test_row_has_what_the_contract_names(tmp_path: Path, index: Path) -> None:
    [row] = link(tmp_path, index, json.dumps({"id": "a", "unstructured": LIU}))
    assert set(row) == {"id", "decision", "work", "score", "evidence", "runner_up", "reason", "method"}
    assert row["work"] == {
        "id": "10.1000/nfkb", "doi": "10.1000/nfkb", "pmid": None, "title": "NF-κB signaling in inflammation", "year": 2017,
        "container": "Signal Transduction and Targeted Therapy",
    }  # fmt: skip
    assert isinstance(row["runner_up"], dict)
    assert row["runner_up"]["id"] == "10.1000/reply"


@pytest.mark.parametrize("form", ["csv", "sssom", "bibtex", "ris", "csl-json"])
def test_output_formats_carry_the_identifier(form: str, tmp_path: Path, index: Path) -> None:
    source, target = tmp_path / "in.txt", tmp_path / "out"
    source.write_text(f"{LIU}\nNobody. Nothing. 1999.\n", encoding="utf-8")
    assert main(["link", str(source), "--index", str(index), "--format", form, "-o", str(target), "--quiet"]) == 0
    text = target.read_text(encoding="utf-8")
    assert "10.1000/nfkb" in text
    assert "10.1000/aza" not in text


def test_without_index_nothing_is_claimed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("ALSU_KG_INDEX", raising=False)
    source = tmp_path / "in.txt"
    source.write_text(LIU, encoding="utf-8")
    assert main(["link", str(source), "--quiet"]) == 3
    assert json.loads(capsys.readouterr().out)["decision"] == "could-not-check"


def test_a_persons_decision_is_kept_and_wins(tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, decisions, target = tmp_path / "in.jsonl", tmp_path / "decisions.sssom.tsv", tmp_path / "out.jsonl"
    twins = [{**ROWS[2], "id": f"10.1000/twin{n}", "doi": f"10.1000/twin{n}", "pmid": "", "title": title}
             for n, title in enumerate(["Summer rain in the hills", "Winter snow on the lakes"])]  # fmt: skip
    dump = tmp_path / "twins.jsonl"
    dump.write_text("\n".join(map(json.dumps, twins)), encoding="utf-8")
    assert main(["index", "build", str(dump), "-o", str(index), "--processes", "1", "--quiet"]) == 0
    printed = {"id": "r1", "unstructured": "Werdelin L. Acta Neurol Scand 1986;73:1."}
    source.write_text(json.dumps(printed), encoding="utf-8")
    arguments = [
        "link",
        str(source),
        "--index",
        str(index),
        "--decisions",
        str(decisions),
        "-o",
        str(target),
        "--quiet",
    ]
    assert main(arguments) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["decision"] == "ambiguous"
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n"))
    assert main([*arguments, "--interactive", "--author", "orcid:0000-0000-0000-0000"]) == 0
    chosen = json.loads(target.read_text(encoding="utf-8"))
    assert chosen["decision"] == "linked"
    assert "semapv:ManualMappingCuration" in decisions.read_text(encoding="utf-8")
    assert main(arguments) == 0
    again = json.loads(target.read_text(encoding="utf-8"))
    assert again["work"]["id"] == chosen["work"]["id"]
    assert again["reason"] == "decided by a person"


def test_a_decision_can_be_taken_back_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twins = [{**ROWS[2], "id": f"10.1000/twin{n}", "doi": f"10.1000/twin{n}", "pmid": "", "title": title}
             for n, title in enumerate(["Summer rain in the hills", "Winter snow on the lakes"])]  # fmt: skip
    dump, source, target = tmp_path / "twins.jsonl", tmp_path / "in.txt", tmp_path / "out.jsonl"
    dump.write_text("\n".join(map(json.dumps, twins)), encoding="utf-8")
    assert main(["index", "build", str(dump), "-o", str(tmp_path / "twins"), "--processes", "1", "--quiet"]) == 0
    source.write_text(
        "Werdelin L. Acta Neurol Scand 1986;73:1.\nWerdelin L. Acta Neurol Scand. 1986;73:1.\n", encoding="utf-8"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("r\nu\n1\nq\n"))
    arguments = ["link", str(source), "--index", str(tmp_path / "twins"), "-o", str(target), "--quiet", "--interactive"]
    assert (
        main([*arguments, "--decisions", str(tmp_path / "log.sssom.tsv"), "--author", "orcid:0000-0000-0000-0000"]) == 0
    )
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["decision"] for row in rows] == ["linked", "ambiguous"]
    assert len((tmp_path / "log.sssom.tsv").read_text(encoding="utf-8").splitlines()) >= 4


@pytest.mark.slow
def test_several_processes_decide_as_one(tmp_path: Path, index: Path) -> None:
    lines = f"{LIU}\n{WERDELIN}\nNobody. Nothing. 1999.\n" * 80
    assert link(tmp_path, index, lines) == link(tmp_path, index, lines, "--processes", "2")


def test_foreign_index_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "in.txt"
    source.write_text(LIU, encoding="utf-8")
    assert main(["link", str(source), "--index", str(tmp_path), "--quiet"]) == 3
    assert "not an index" in capsys.readouterr().err
    assert main(["index", "info", str(tmp_path), "--quiet"]) == 3


def test_info_says_what_the_index_holds(index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["index", "info", str(index), "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["records"] == 3
