"""``alsu-kg check``: what it finds, what it says it could not check, and its exit codes."""

import json
from pathlib import Path

import pytest
from recorded import FOLDER
from replay_server import ReplayServer

from alsu_kg.cli import main
from alsu_kg.indexes.services import SERVICES

CLEAN = """record: clean
review: {title: A review of nothing}
treatment: {label: Nothingol}
"""
DRAFT = """record: draft
review: {title: A second look at azathioprine}
treatment: {label: Azathioprine, aliases: [AZA]}
references:
  - {number: 1, kind: article, title: Azathioprine in mice, year: 2001, doi: 10.5555/one}
  - {number: 2, kind: article, title: 'Azathioprine in mice.', year: 2001}
  - {number: 3, kind: article, title: Effects of Brucea oil on mice, year: 2003}
  - {number: 4, kind: article, title: Azathioprine lowers NF-κB in people, year: 2003, pmid: '993'}
  - {number: 5, kind: web-page, title: A page, url: 'https://example.org/'}
pointers:
  - {section: Mechanism, numbers: [1, 2, 3, 9]}
  - {section: Mechanism, numbers: [4]}
claims:
  - {subject: Azathioprine, predicate: affects, object: NF-kB, status: asserted, polarity: decreases, cites: [3]}
  - {subject: NF-kB, predicate: causes, object: neuronal death, status: asserted, polarity: increases, cites: [4]}
paths:
  - {hops: [0, 1]}
"""


def check(folder: Path, text: str, *options: str, name: str = "draft.yaml") -> int:
    (folder / name).write_text(text)
    return main(["check", str(folder / name), *options])


def test_a_draft_without_findings_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, CLEAN) == 0
    assert capsys.readouterr().out.startswith("clean: 0 findings")


def test_each_kind_of_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, DRAFT, "--format", "json") == 1
    said = json.loads(capsys.readouterr().out)
    found = {(one["kind"], one["place"].partition(" (")[0]) for one in said["findings"]}
    assert found == {
        ("pointer-without-reference", "pointer 1 in Mechanism"),
        ("reference-without-pointer", "reference 5"),
        ("duplicate", "reference 1"),
        ("unlinked", "reference 2"),
        ("unlinked", "reference 3"),
        ("retracted", "reference 4"),
        ("about-something-else", "claim 1"),
        ("weak-path", "path 1, hop 2"),
    }
    (earlier,) = [one for one in said["earlier"] if one["same_treatment"]]
    assert earlier["record"] == "azathioprine"
    assert "mechanism C (2020-08-20)" in earlier["grades"]


def test_a_path_with_hops_that_are_no_claims_is_a_contradiction(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, DRAFT.replace("[0, 1]", "[0, 7]"), "--format", "json") == 1
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [one["place"] for one in findings if one["kind"] == "contradiction"] == ["paths[0].hops"]


def test_the_text_says_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(tmp_path, DRAFT)
    text = capsys.readouterr().out
    assert "reference 1: is the same as reference 2 by title and year" in text
    assert "the title names Brucea oil, not Azathioprine; the abstract was not read" in text
    assert "azathioprine (ALSUntangled 58: Azathioprine, 2020-08-20); same treatment" in text


def test_output_goes_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, DRAFT, "-o", str(tmp_path / "report.txt")) == 1
    assert capsys.readouterr().out == ""
    assert "Retracted or doubted works" in (tmp_path / "report.txt").read_text()


def test_a_document_is_read_into_a_draft_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "# ALSUntangled 99: Azathioprine\n\n## Mechanism\n\nAzathioprine reduces NF-κB in mice [1]. It was well tolerated [2].\n\n"
        "## References\n\n"
        "1. Doe J. Effects of Brucea oil on mice with colitis. J Invent Med 2001;1:1-2.\n"
        "2. Roe R. Azathioprine in people. J Invent Med 2002;2:3-4.\n"
        "3. Poe E. Azathioprine in mice. J Invent Med 2003;3:5-6.\n"
    )
    assert check(tmp_path, text, "--format", "json", name="draft.md") == 1
    kinds = {one["kind"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert kinds >= {"unlinked", "reference-without-pointer", "about-something-else"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("missing.yaml",), 3), (("draft.yaml", "--offline"), 2), (("draft.yaml", "--index", "nowhere"), 3)],
)
def test_wrong_use_and_what_cannot_be_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int
) -> None:
    (tmp_path / "draft.yaml").write_text(DRAFT)
    assert main(["check", str(tmp_path / arguments[0]), *arguments[1:]]) == code
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


RESOLVED = """record: resolved
review: {title: A review, published: 2024-01}
treatment: {label: Azathioprine}
references:
  - {number: 1, kind: article, title: 'Ileal-lymphoid-nodular hyperplasia, non-specific colitis, and pervasive developmental
      disorder in children', year: 1998, doi: 10.1016/s0140-6736(97)11096-0}
  - {number: 2, kind: article, title: Something else entirely, pmid: '28731372'}
  - {number: 3, kind: article, title: Nothing, doi: 10.5555/nothing}
  - {number: 4, kind: article, pmid: '28731372', title: 'Exploring the effect of vitamin D3 supplementation on the anti-EBV
      antibody response in relapsing-remitting multiple sclerosis'}
claims:
  - {subject: vitamin D, predicate: affects, object: multiple sclerosis, status: asserted, polarity: decreases, cites: [4]}
  - {subject: Azathioprine, predicate: treats, object: multiple sclerosis, status: asserted, polarity: decreases, cites: [4]}
"""


@pytest.mark.skipif(not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here")
def test_services_say_what_is_wrong_retracted_and_about_something_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with ReplayServer(FOLDER) as server:
        bases = "".join(f'[services.{name}]\nbase_url = "{server.address}/{name}"\n' for name in SERVICES)
        text = f'contact = "tester@example.org"\nretries = 0\ncache = "{tmp_path / "cache"}"\n{bases}'
        (tmp_path / "alsu-kg.toml").write_text(text)
        options = ("--resolve", "--config", str(tmp_path / "alsu-kg.toml"), "--format", "json")
        assert check(tmp_path, RESOLVED, *options) == 1
        said = json.loads(capsys.readouterr().out)
        assert check(tmp_path, RESOLVED, *options, "--offline") == 1
        assert json.loads(capsys.readouterr().out)["findings"] == said["findings"], "the cache answers alike"
    found = {(one["kind"], one["place"].partition(" (")[0]) for one in said["findings"]}
    assert {("retracted", "reference 1"), ("wrong", "reference 2"), ("wrong", "reference 3")} <= found
    accused = [one for one in said["findings"] if one["kind"] == "about-something-else"]
    assert [one["what"].partition(":")[0] for one in accused] == ["not-mentioned"]
    assert accused[0]["place"].startswith("claim 2")
    assert "abstract" in accused[0]["said_by"]
