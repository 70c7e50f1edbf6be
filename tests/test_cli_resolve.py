"""``alsu-kg resolve`` and ``alsu-kg cache`` as a user runs them, against the replay server by configuration."""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from recorded import FOLDER
from replay_server import Answer, ReplayServer

from alsu_kg.cli import main
from alsu_kg.indexes.retraction_watch import COLUMNS
from alsu_kg.indexes.services import SERVICES
from alsu_kg.records import read_record

WAKEFIELD = "10.1016/S0140-6736(97)11096-0"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the recorded replies of ../shared/responses are not here")


class Done(NamedTuple):
    """What a command left: exit code, standard output, standard error."""

    returncode: int
    stdout: str
    stderr: str


class Shell:
    """Runs the command in a folder of its own, in this process."""

    def __init__(
        self, folder: Path, server: ReplayServer, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch
    ) -> None:
        self.folder, self.server, self.capsys, self.patch = folder, server, capsys, patch
        bases = "".join(f'[services.{name}]\nbase_url = "{server.address}/{name}"\n' for name in SERVICES)
        text = f'contact = "tester@example.org"\nretries = 0\ncache = "{folder / "cache"}"\n{bases}'
        (folder / "alsu-kg.toml").write_text(text)
        patch.chdir(folder)
        patch.delenv("ALSU_KG_CONFIG", raising=False)

    def __call__(self, *arguments: str, stdin: str = "") -> Done:
        self.patch.setattr("sys.stdin", io.StringIO(stdin))
        code = main(arguments)
        captured = self.capsys.readouterr()
        return Done(code, captured.out, captured.err)


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    with ReplayServer(FOLDER) as server:
        yield Shell(tmp_path, server, capsys, monkeypatch)


def test_the_command_itself(shell: Shell) -> None:
    command = [sys.executable, "-m", "alsu_kg.cli", "resolve", WAKEFIELD, "--format", "bibtex"]
    done = subprocess.run(command, cwd=shell.folder, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "@article{wakefield1998" in done.stdout) == (0, True)


def test_resolve_says_found_and_retracted_and_keeps_the_answer(shell: Shell) -> None:
    done = shell("resolve", WAKEFIELD, "--citing-date", "2014-05-01")
    assert done.returncode == 0
    (answer,) = json.loads(done.stdout)
    assert (answer["status"], answer["identifier"]) == ("found", "doi:10.1016/s0140-6736(97)11096-0")
    assert (answer["retraction"]["status"], answer["retraction"]["relative_to_review"]) == ("retracted", "before")
    assert answer["work"]["custom"]["sources"]["title"] == "crossref"
    assert "1 found" in done.stderr
    before = len(shell.server.log)
    again = json.loads(shell("resolve", WAKEFIELD, "--offline", "--quiet").stdout)[0]
    assert (again["from_cache"], again["retraction"]["status"]) == (True, "retracted")
    assert len(shell.server.log) == before


def test_exit_codes(shell: Shell) -> None:
    assert shell("resolve", "10.5555/nothing", "--quiet").returncode == 1
    assert shell("resolve", "10.1371/journal.pone.0000030", "rubbish", "--quiet").returncode == 1
    wrong = shell("resolve", "rubbish")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)
    assert shell("resolve").returncode == 2
    assert shell("resolve", WAKEFIELD, "--sources", "nowhere").returncode == 2
    shell.server.script("", Answer(503), forever=True)
    down = shell("resolve", "10.1371/journal.pone.0020476")
    assert (down.returncode, json.loads(down.stdout)[0]["status"]) == (3, "could-not-check")
    assert "Traceback" not in down.stderr


@pytest.mark.parametrize(
    ("form", "mark"), [("bibtex", "@article{wakefield1998"), ("ris", "TY  - JOUR"), ("csl-json", '"DOI"')]
)
def test_formats_and_standard_input(shell: Shell, form: str, mark: str) -> None:
    done = shell("resolve", "-", "--format", form, "--quiet", stdin=f"{WAKEFIELD}\n\ndoi:{WAKEFIELD}\n")
    assert done.returncode == 0
    assert mark in done.stdout
    assert done.stderr == ""


def test_jsonl_is_one_line_per_identifier_in_order(shell: Shell) -> None:
    texts = [WAKEFIELD, "10.5555/nothing", "PMID:39345789"]
    lines = shell("resolve", *texts, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["query"] for line in lines] == texts


RECORD = """record: example
review: {number: 1, published: 2019-05}
references:
  - {number: 1, doi: "10.1016/s0140-6736(97)11096-0", volume: '350'}
  - {number: 2, doi: 10.5555/nothing}
  - {number: 3, title: A book}
related_works:
  - {role: trials, pmid: '39345789'}
"""


def test_a_record_is_resolved_and_filled_without_changing_what_it_says(shell: Shell) -> None:
    (shell.folder / "r.yaml").write_text(RECORD)
    done = shell("resolve", "--record", "r.yaml", "--fill", "out.yaml", "--quiet")
    assert done.returncode == 1
    answers = json.loads(done.stdout)
    assert [answer["status"] for answer in answers] == ["found", "not-found", "found"]
    assert answers[0]["retraction"]["relative_to_review"] == "before"
    filled = read_record(shell.folder / "out.yaml")
    first, second, third = filled.references
    assert (first.year, first.volume, first.link_status) == (1998, "350", "linked")
    assert (second.link_status, second.doi) == ("unlinked", "10.5555/nothing")
    assert (third.link_status, third.title) == (None, "A book")
    assert (filled.related_works[0].year, filled.related_works[0].doi) == (2024, "10.1093/jamiaopen/ooae099")


def test_a_project_is_handed_on_without_a_network(shell: Shell) -> None:
    shell("resolve", WAKEFIELD, "10.1371/journal.pone.0000030", "--quiet")
    assert shell("cache", "export", "answers.jsonl.gz").returncode == 0
    assert json.loads(shell("cache", "info").stdout)["metadata"]["answers"] == 2
    assert "answers deleted" in shell("cache", "clear").stdout
    assert shell("resolve", WAKEFIELD, "--offline", "--quiet").returncode == 3
    assert "4 answers imported" in shell("cache", "import", "answers.jsonl.gz").stdout
    assert shell("resolve", WAKEFIELD, "--offline", "--quiet").returncode == 0
    damaged = shell("cache", "import", "alsu-kg.toml")
    assert (damaged.returncode, "Traceback" in damaged.stderr) == (3, False)


def test_bad_configuration_is_named(shell: Shell) -> None:
    (shell.folder / "bad.toml").write_text("[services.crosref]\n")
    shell.patch.setenv("ALSU_KG_CONFIG", "bad.toml")
    done = shell("resolve", WAKEFIELD)
    assert (done.returncode, "bad.toml" in done.stderr, done.stderr.count("\n")) == (2, True, 1)
    assert shell("resolve", WAKEFIELD, "--config", "missing.toml").returncode == 2


def test_the_retraction_watch_file_of_the_configuration_is_used(shell: Shell) -> None:
    columns = ",".join(COLUMNS)
    (shell.folder / "rw.csv").write_text(
        f"{columns}\n9,2/3/2021 0:00,10.1/n,0,10.1371/journal.pone.0000030,0,Retraction,+X;\n"
    )
    file = shell.folder / "alsu-kg.toml"
    file.write_text('retraction_watch = "rw.csv"\n' + file.read_text())
    (answer,) = json.loads(shell("resolve", "10.1371/journal.pone.0000030").stdout)
    assert (answer["retraction"]["status"], answer["retraction"]["date"]) == ("retracted", "2021-02-03")
