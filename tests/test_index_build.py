"""Building an index as it happens: killed and taken up again, read while it is rebuilt, two writers, processes, merging."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alsu_kg import index_build, work_dumps
from alsu_kg.cli_index import progress_line
from alsu_kg.index_batches import hash_keys
from alsu_kg.index_build import BuildReport, build_index
from alsu_kg.index_files import Manifest, record_keys, verify
from alsu_kg.index_writer import IndexWriter
from alsu_kg.linking.term_hashes import digest_keys
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import StoreError, WorkError
from alsu_kg.model.reference import Reference
from alsu_kg.work_index import WorkIndex

WORDS = [
    "motor",
    "neuron",
    "disease",
    "azathioprine",
    "inflammation",
    "mouse",
    "trial",
    "protein",
    "cohort",
    "dose",
    "gut",
    "gene",
]


def rows(count: int, *, first: int = 0) -> bytes:
    lines = []
    for n in range(first, first + count):
        title = " ".join(WORDS[(n * step + step) % len(WORDS)] for step in (1, 3, 5, 7)) + f" study {n}"
        lines.append(
            json.dumps(
                {
                    "id": f"10.1000/w{n}", "doi": f"10.1000/w{n}", "title": title, "authors": [[f"Name{n % 97}", "A"]],
                    "year": 1990 + n % 30, "container": f"Journal of {WORDS[n % 12]}", "volume": str(n % 50),
                    "first_page": str(n),
                }
            )
        )  # fmt: skip
    return "".join(line + "\n" for line in lines).encode()


def build(directory: Path, *dumps: Path, processes: int = 1) -> tuple[Manifest, BuildReport]:
    return build_index(
        dumps, directory, now=lambda: datetime(2026, 1, 1, tzinfo=UTC), processes=processes, progress=lambda *_: None
    )


def content(directory: Path) -> list[Candidate]:
    """Every record of an index, in its order."""
    index = WorkIndex(directory)
    found = []
    for row, segment in enumerate(index._segments):
        deleted = segment.deleted()
        found += [index._read(row << 24 | n) for n in range(segment.facts.records) if not deleted[n]]
    return found


def answers(directory: Path, numbers: Sequence[int]) -> list[list[str]]:
    index = WorkIndex(directory)
    asked = [
        Reference(id=str(n), unstructured=f"Name{n % 97} A. study {n}. {1990 + n % 30};{n % 50}:{n}") for n in numbers
    ]
    return [[work.id for work in index.candidates(reference)] for reference in asked]


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.slow
def test_killed_build_goes_on_and_ends_with_the_same_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """kill -9 in mid-build, again and again: what was committed stays, the rest is read again, nothing twice."""
    dump = write(tmp_path / "works.jsonl.gz", gzip.compress(rows(9_000) + rows(10), 1))
    script = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from alsu_kg import index_build, work_dumps; index_build.COMMIT_EVERY = 1000; index_build.PIECES_AT_ONCE = 1\n"
        "work_dumps.PIECE = 1 << 17\n"
        "if __name__ == '__main__':\n"
        "    index_build.build_index([Path(sys.argv[1])], Path(sys.argv[2]), now=lambda: datetime(2026, 1, 1, tzinfo=UTC),\n"
        "        processes=int(sys.argv[3]), progress=lambda *a: print(*a, flush=True))\n"
    )
    program = write(tmp_path / "program.py", script.encode())
    for attempt in range(4):
        with subprocess.Popen(
            [sys.executable, str(program), str(dump), str(tmp_path / "killed"), str(1 + attempt % 2)],
            stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            seen = [line for line, _ in zip(process.stdout, range(2), strict=False)]
            if len(seen) < 2:
                break
            os.kill(process.pid, signal.SIGKILL)
    assert attempt == 3, "was never killed in mid-build"
    monkeypatch.setattr(work_dumps, "PIECE", 1 << 17)
    whole, _ = build(tmp_path / "whole", dump)
    killed, report = build(tmp_path / "killed", dump)
    assert (killed.records, report.read + report.resumed) == (9_000, 9_010)
    assert report.resumed > 2_000
    assert content(tmp_path / "killed") == content(tmp_path / "whole")
    some = range(0, 9_000, 499)
    assert answers(tmp_path / "killed", some) == answers(tmp_path / "whole", some)
    assert whole.records == 9_000
    assert verify(tmp_path / "killed") > 0


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_pieces_prepared_together_give_what_each_gives_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    """Bad lines keep their places, a file that breaks off its pieces, whatever is read at once."""
    lines = rows(300).splitlines(keepends=True)
    lines[7] = b"{}\n"
    lines[250] = b"{broken\n"
    data = gzip.compress(b"".join(lines) + rows(40, first=300), 1)
    dump = write(tmp_path / "works.jsonl.gz", data[: len(data) - 9])
    monkeypatch.setattr(work_dumps, "PIECE", 1 << 13)
    found = []
    for together in (1, 3, 100):
        monkeypatch.setattr(index_build, "PIECES_AT_ONCE", together)
        directory = tmp_path / f"index{together}"
        manifest, report = build(directory, dump, processes=processes)
        found.append((content(directory), report, manifest.sources, answers(directory, range(0, 338, 13))))
    assert found[0] == found[1] == found[2]
    assert [problem.place.rpartition(":")[2] for problem in found[0][1].problems[:2]] == ["8", "251"]
    assert (found[0][1].read, sum(found[0][1].reasons.values())) == (310, 4)


@given(
    st.lists(
        st.builds(
            Candidate, id=st.sampled_from(["a", "doi:10.1/x", "pmid:7"]), doi=st.sampled_from(["", "10.1/X", "10.1/y"]),
            pmid=st.sampled_from(["", "7"]),
        ),
        max_size=5,
    )
)  # fmt: skip
def test_keys_of_many_records_are_those_of_each(candidates: list[Candidate]) -> None:
    digests, owners = hash_keys(candidates)
    for place, candidate in enumerate(candidates):
        assert set(digests[owners == place].tolist()) == set(digest_keys(record_keys(candidate)).tolist())


@pytest.mark.slow
def test_workers_end_with_a_killed_build(tmp_path: Path) -> None:
    dump = write(tmp_path / "works.jsonl", rows(30_000))
    command = [
        sys.executable,
        "-m",
        "alsu_kg.cli",
        "index",
        "build",
        str(dump),
        "-o",
        str(tmp_path / "i"),
        "--processes",
        "2",
    ]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "MARK": str(tmp_path)})
    deadline = time.monotonic() + 20
    while len(family(tmp_path)) < 3 and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    process.kill()
    process.wait()
    while family(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert family(tmp_path) == []


def family(mark: Path) -> list[int]:
    """Processes that were started with this mark in their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if f"MARK={mark}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@pytest.mark.slow
def test_several_processes_and_many_commits_give_the_same_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = write(tmp_path / "works.jsonl", rows(12_000) + rows(50, first=11_000))
    one, _ = build(tmp_path / "one", dump)
    two, _ = build(tmp_path / "two", dump, processes=2)
    monkeypatch.setattr(index_build, "COMMIT_EVERY", 2_000)
    many, report = build(tmp_path / "many", dump)
    assert one.segments == two.segments
    assert report.replaced == 50
    assert content(tmp_path / "one") == content(tmp_path / "many")
    some = range(0, 12_000, 611)
    assert answers(tmp_path / "one", some) == answers(tmp_path / "many", some)
    assert len(many.segments) == 1


@pytest.mark.slow
def test_reading_goes_on_while_the_index_is_rebuilt(tmp_path: Path) -> None:
    """A reader sees one commit or the next, never a part; one that is open keeps what it saw although files are removed."""
    build(tmp_path / "index", write(tmp_path / "a.jsonl", rows(2_000)))
    opened = WorkIndex(tmp_path / "index")
    before = answers(tmp_path / "index", [5])
    dump = write(tmp_path / "b.jsonl", rows(8_000))
    script = (
        "import sys; from alsu_kg import index_build, work_dumps; from alsu_kg.cli import main\n"
        "index_build.COMMIT_EVERY = 1000; index_build.PIECES_AT_ONCE = 1\n"
        "work_dumps.PIECE = 1 << 17\n"
        "if __name__ == '__main__':\n    sys.exit(main(['index', 'build', *sys.argv[1:], '--processes', '1', '--quiet']))\n"
    )
    program = write(tmp_path / "program.py", script.encode())
    seen = set()
    with subprocess.Popen([sys.executable, str(program), str(dump), "-o", str(tmp_path / "index")]) as process:
        while process.poll() is None:
            index = WorkIndex(tmp_path / "index")
            assert [work.id for work in index.look_up(["10.1000/w5"])] == ["10.1000/w5"]
            assert answers(tmp_path / "index", [5])[0][0] == before[0][0]
            seen.add(index.records)
        assert process.returncode == 0
    assert len(seen) > 3, "the index was not read while it grew"
    assert opened.records == 2_000
    assert [work.title for work in opened.look_up(["10.1000/w7"])] == [content(tmp_path / "index")[7].title]
    assert opened.look_up(["10.1000/w2500"]) == []


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    writer = IndexWriter(tmp_path / "index")
    with pytest.raises(StoreError, match="another process is building"):
        build(tmp_path / "index", write(tmp_path / "a.jsonl", rows(1)))
    with pytest.raises(StoreError, match="has not committed"):
        WorkIndex(tmp_path / "index")
    writer.close()
    assert build(tmp_path / "index", tmp_path / "a.jsonl")[0].records == 1


def test_update_of_a_large_index_does_not_rewrite_it(tmp_path: Path) -> None:
    build(tmp_path / "index", write(tmp_path / "a.jsonl", rows(3_000)))
    old = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").glob("s-*.postings")}
    manifest, report = build(tmp_path / "index", write(tmp_path / "b.jsonl", rows(20, first=2_990)))
    new = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").glob("s-*.postings")}
    assert (manifest.records, report.replaced) == (3_010, 10)
    assert old.items() < new.items()
    assert [work.id for work in content(tmp_path / "index")][-20:] == [f"10.1000/w{n}" for n in range(2_990, 3_010)]


def test_bad_files_of_a_folder_cost_only_themselves(tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    folder.mkdir()
    write(folder / "a.jsonl", rows(5))
    write(folder / "b.jsonl.gz", gzip.compress(rows(2_000, first=100))[:-2_000])
    write(folder / "notes.txt", b"just words")
    write(folder / "z.jsonl", rows(5, first=5))
    manifest, report = build(tmp_path / "index", folder)
    assert manifest.records > 100
    assert report.reasons.keys() >= {"breaks off or cannot be read"}
    assert any(reason.startswith("no known format") for reason in report.reasons)
    assert [p.place for p in report.problems if "known format" in p.reason] == [str(folder / "notes.txt")]
    write(folder / "b.jsonl.gz", gzip.compress(rows(2_000, first=100)))
    again, report = build(tmp_path / "index", folder)
    assert again.records == 2_010
    assert manifest.skipped.keys() == again.skipped.keys()


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match="known format"):
        build(tmp_path / "index", write(tmp_path / "a.txt", b"just words"))


def test_time_left_counts_only_what_this_run_read() -> None:
    assert progress_line(100, 10.0, 600, 1000, before=500).endswith("60 % of the dumps, 0:40 left")
    assert progress_line(0, 2.0, 500, 1000, before=500).endswith("0:00 left")
