"""``alsu-kg curate`` in a real terminal (pty): answers, undo, two sessions, a kill, and that read and build heed it."""

import contextlib
import io
import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from alsu_kg.cli import main
from alsu_kg.decision_log import read_log
from alsu_kg.pipeline import build
from alsu_kg.queries import ask
from alsu_kg.store import open_graph

DOCUMENT = """# ALSUntangled 901: Testazine

## Background

Testazine inhibits NF-kB (1). Testazine reduces oxidative stress. Testazine may reduce neuroinflammation.

## References

1. Maker A. Testazine and NF-kB. J Invent. 2001;1:1-2.
"""

# Makes the terminal the controlling one, so that Ctrl-C typed into it reaches the process.
OWN_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from alsu_kg.cli import main
sys.exit(main(sys.argv[1:]))
"""


class Terminal:
    """A process with a terminal of its own; waits for prompts and types answers."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        environment = {**os.environ, "NO_COLOR": "1", "TERM": "xterm"}
        self.master, slave = pty.openpty()
        command = [sys.executable, "-c", OWN_TERMINAL, *arguments]
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, cwd=cwd, env=environment, start_new_session=True
        )
        os.close(slave)
        self.seen = ""

    def expect(self, text: str) -> str:
        start, until = self.seen, time.monotonic() + 60
        while text not in self.seen[len(start) :]:
            ready, _, _ = select.select([self.master], [], [], 1)
            assert time.monotonic() < until, f"waited for {text!r}, saw {self.seen!r}"
            if ready:
                try:
                    read = os.read(self.master, 65536)
                except OSError:
                    read = b""
                assert read, f"ended before {text!r}: {self.seen!r}"
                self.seen += read.decode()
        return self.seen[len(start) :]

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def answer(self, text: str) -> str:
        """Wait for the prompt of a question, then type."""
        shown = self.expect("q quit] > ")
        self.type(text + "\n")
        return shown

    def interrupt(self) -> str:
        """Type Ctrl-C at the prompt; again each second, for one that comes just before Python waits for keys is lost."""
        shown = self.expect("q quit] > ")
        for _ in range(60):
            self.type("\x03")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                break
        return shown

    def end(self) -> int:
        while True:
            ready, _, _ = select.select([self.master], [], [], 60)
            try:
                if not ready or not os.read(self.master, 65536):
                    break
            except OSError:
                break
        code = self.process.wait(60)
        os.close(self.master)
        return code


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    (tmp_path / "review.md").write_text(DOCUMENT, encoding="utf-8")
    assert main(["read", str(tmp_path / "review.md"), "-o", str(tmp_path / "draft.yaml"), "--quiet"]) == 0
    return tmp_path / "draft.yaml"


def open_claims(draft: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    code = main(["curate", str(draft), "--list", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert code == (1 if rows else 0)
    return [row["proposal"] for row in rows]


def test_accept_change_reject_skip_undo_and_quit(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = draft.read_bytes()
    assert len(open_claims(draft, capsys)) == 3
    terminal = Terminal("curate", str(draft), "--name", "A. Person", cwd=draft.parent)
    assert "Testazine" in terminal.answer("nonsense")
    assert "please answer" in terminal.answer("a")
    terminal.answer("c")
    terminal.expect("x: back] > ")
    terminal.type("status\n")
    terminal.expect("new value")
    terminal.type("2\n")
    terminal.expect("x: back] > ")
    terminal.type("\n")
    terminal.answer("u")
    shown = terminal.answer("r")
    assert "oxidative stress" in shown
    assert "status    asserted" in shown
    terminal.answer("s")
    terminal.expect("2 decided")
    assert terminal.end() == 1
    assert draft.read_bytes() == before
    log = read_log(draft.with_name("draft.decisions.jsonl"))
    assert [d.verdict for d in log.decisions] == ["accept", "change", "withdraw", "reject"]
    assert {d.by for d in log.decisions} == {"A. Person"}
    assert all(d.at.startswith("20") and "T" in d.at for d in log.decisions)
    assert open_claims(draft, capsys) == ["Testazine — affects (decreases) — neuroinflammation [hypothesised]"]


def test_a_killed_session_loses_only_its_question_and_the_next_goes_on(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal("curate", str(draft), "--name", "A", cwd=draft.parent)
    terminal.answer("a")
    terminal.expect("1 decided, 2 to go")
    os.kill(terminal.process.pid, signal.SIGKILL)
    terminal.end()
    assert len(open_claims(draft, capsys)) == 2
    again = Terminal("curate", str(draft), "--name", "A", cwd=draft.parent)
    shown = again.answer("q")
    assert "0 decided, 2 to go" in shown
    assert "NF-kB" not in shown
    assert again.end() == 1


def test_ctrl_c_leaves_what_was_decided(draft: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terminal = Terminal("curate", str(draft), "--name", "A", cwd=draft.parent)
    terminal.answer("a")
    assert "1 decided" in terminal.interrupt()
    assert terminal.end() == 130
    assert len(open_claims(draft, capsys)) == 2


def test_two_sessions_at_once_keep_both_and_do_not_ask_twice(draft: Path) -> None:
    one = Terminal("curate", str(draft), "--name", "One", cwd=draft.parent)
    other = Terminal("curate", str(draft), "--name", "Other", cwd=draft.parent)
    one.expect("q quit] > ")
    other.expect("q quit] > ")
    one.type("a\n")
    assert "oxidative stress" in one.expect("q quit] > ")
    other.type("r\n")
    assert "oxidative stress" in other.expect("q quit] > ")
    other.type("a\n")
    assert "neuroinflammation" in other.expect("q quit] > ")
    one.type("s\n")
    assert "neuroinflammation" in one.expect("q quit] > ")
    for terminal in (one, other):
        terminal.type("q\n")
        assert terminal.end() == 1
    log = read_log(draft.with_name("draft.decisions.jsonl"))
    assert [(d.by, d.verdict) for d in log.decisions] == [("One", "accept"), ("Other", "reject"), ("Other", "accept")]


def test_read_and_build_heed_decisions(draft: Path, tmp_path: Path) -> None:
    terminal = Terminal("curate", str(draft), "--name", "A. Person", cwd=draft.parent)
    for key in "arq":
        terminal.answer(key)
    terminal.end()
    build([draft], tmp_path / "store")
    graph = open_graph(tmp_path / "store")
    objects = [row["object"] for row in ask(graph, "treatment_claims", {"treatment": "Testazine"}).to_dicts()]
    assert "oxidative stress" not in objects
    assert len(objects) == 2
    attributed = [line for line in graph.lines() if "/id/claim/" in line.split(" ")[0] and "wasAttributedTo" in line]
    assert len(attributed) == 1
    assert "curator/a-person" in attributed[0]
    assert main(["read", str(tmp_path / "review.md"), "-o", str(draft), "--quiet"]) == 0
    text = draft.read_text(encoding="utf-8")
    assert "oxidative stress" not in text.partition("claims:")[2].partition("paths:")[0].replace("quote", "")
    assert "by: A. Person" in text


def test_mappings_are_chosen_by_number_and_kept_as_sssom(tmp_path: Path) -> None:
    table = tmp_path / "words.sssom.tsv"
    table.write_text(
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification\tconfidence\n"
        "alsu-word:aza\tAZA\tskos:exactMatch\tCHEBI:2948\tazathioprine\tsemapv:LexicalMatching\t0.6\n"
        "alsu-word:aza\tAZA\tskos:exactMatch\tCHEBI:2038\tazacitidine\tsemapv:LexicalMatching\t0.4\n"
        "alsu-word:p\tP\tskos:exactMatch\tCHEBI:1\tp\tsemapv:LexicalMatching\t0.4\n"
        "alsu-word:q\tQ\tskos:exactMatch\tCHEBI:2\tq\tsemapv:LexicalMatching\t0.4\n",
        encoding="utf-8",
    )
    terminal = Terminal("curate", str(table), "--name", "A", cwd=tmp_path)
    assert "1  0.60  CHEBI:2948  azathioprine" in terminal.answer("1")
    terminal.answer("r")
    terminal.answer("c")
    terminal.expect("Enter: back) > ")
    terminal.type("MESH:D000001\n")
    terminal.expect("3 decided")
    assert terminal.end() == 0
    log = read_log(tmp_path / "words.decisions.sssom.tsv")
    assert [(d.proposal.key, d.chosen and d.chosen.id) for d in log.decisions] == [
        ("alsu-word:aza", "CHEBI:2948"),
        ("alsu-word:p", None),
        ("alsu-word:q", "MESH:D000001"),
    ]


def test_no_decision_is_anonymous(
    draft: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.chdir(draft.parent)
    monkeypatch.setenv("GIT_DIR", str(draft.parent / "none"))
    assert main(["curate", str(draft)]) == 2
    assert "a decision needs a name" in capsys.readouterr().err
    (draft.parent / "alsu-kg.toml").write_text('name = "From the file"\n', encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert main(["curate", str(draft)]) == 1


def test_a_file_of_another_kind_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.md").write_text("x")
    assert main(["curate", str(tmp_path / "x.md"), "--list"]) == 2
    assert "is no file to decide on" in capsys.readouterr().err
