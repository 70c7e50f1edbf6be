"""Decisions on disk: nothing is lost when writers meet, are killed, or left half a line."""

import subprocess
import sys
from pathlib import Path

import pytest

from alsu_kg.decision_log import add_decision, decisions_path, read_log, with_decisions
from alsu_kg.model.decision import Candidate, Decision, Proposal
from alsu_kg.model.errors import WorkError
from alsu_kg.model.review import Review, ReviewRecord

WRITER = """
import sys
from pathlib import Path
from alsu_kg.decision_log import add_decision
from alsu_kg.model.decision import Candidate, Decision, Proposal
path, who, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(count):
    proposal = Proposal(key=f"w:{who}-{number}", label="x" * 500, candidates=(Candidate(id="a:1"),))
    add_decision(path, Decision(verdict="accept", by=who, at="2026-01-01T00:00:00Z", proposal=proposal, chosen=Candidate(id="a:1")))
    print(number, flush=True)
"""


def decision(key: str) -> Decision:
    chosen = Candidate(id="a:1")
    return Decision(verdict="accept", by="A", at="2026-01-01", proposal=Proposal(key=key), chosen=chosen)


@pytest.mark.parametrize("name", ["x.decisions.jsonl", "x.decisions.sssom.tsv"])
def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    command = [sys.executable, "-c", WRITER, str(path)]
    both = [subprocess.Popen([*command, who, "30"], stdout=subprocess.DEVNULL) for who in "ab"]
    assert [process.wait(60) for process in both] == [0, 0]
    log = read_log(path)
    assert log.broken == ()
    assert {d.proposal.key for d in log.decisions} == {f"w:{who}-{number}" for who in "ab" for number in range(30)}
    assert len(log.decisions) == 60


@pytest.mark.parametrize("name", ["x.decisions.jsonl", "x.decisions.sssom.tsv"])
def test_a_killed_writer_loses_at_most_what_it_was_writing(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(path), "a", "100000"], stdout=subprocess.PIPE)
    assert process.stdout is not None
    told = [process.stdout.readline() for _ in range(20)]
    process.kill()
    told += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    kept = {d.proposal.key for d in read_log(path).decisions}
    assert {f"w:a-{int(line)}" for line in told if line.endswith(b"\n")} <= kept
    add_decision(path, decision("w:next"))
    assert "w:next" in read_log(path).standing


@pytest.mark.parametrize("name", ["x.decisions.jsonl", "x.decisions.sssom.tsv"])
def test_half_a_line_is_told_kept_and_written_after(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    add_decision(path, decision("w:1"))
    add_decision(path, decision("w:2"))
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b"w:2") + 2])
    add_decision(path, decision("w:3"))
    log = read_log(path)
    assert list(log.standing) == ["w:1", "w:3"]
    assert len(log.broken) == 1


def test_a_table_with_other_columns_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "x.decisions.sssom.tsv"
    path.write_text(
        "subject_id\tobject_id\tmapping_justification\tmine\nw:0\ta:9\tsemapv:ManualMappingCuration\tnote\n"
    )
    add_decision(path, decision("w:1"))
    lines = path.read_text().splitlines()
    assert lines[1] == "w:0\ta:9\tsemapv:ManualMappingCuration\tnote"
    assert lines[2] == "w:1\ta:1\tsemapv:ManualMappingCuration\t"


def test_where_decisions_lie() -> None:
    assert decisions_path(Path("a/b.yaml")) == Path("a/b.decisions.jsonl")
    assert decisions_path(Path("a/links.jsonl")) == Path("a/links.decisions.sssom.tsv")


def test_without_decisions_a_record_is_the_same_and_a_foreign_file_is_told(tmp_path: Path) -> None:
    record = ReviewRecord(record="x", review=Review())
    assert with_decisions(record, tmp_path / "x.yaml") is record
    (tmp_path / "x.decisions.sssom.tsv").write_text("a\tb\n1\t2\n")
    with pytest.raises(WorkError, match="column mapping_justification"):
        read_log(tmp_path / "x.decisions.sssom.tsv")
