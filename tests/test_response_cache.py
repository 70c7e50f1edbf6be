"""The cache: lifetimes, several processes at once, a kill in the middle, export and import, damaged files."""

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from alsu_kg.model.errors import WorkError
from alsu_kg.response_cache import CachedAnswer, ResponseCache, open_export

DAY = 86400


def answer(number: int, *, at: int = 1000, found: bool = True, text: str = "x") -> CachedAnswer:
    body = msgspec.msgpack.encode({"text": text})
    return CachedAnswer(identifier=f"doi:10.1000/{number}", kind="metadata", fetched_at=at, found=found, body=body)


def test_answers_come_back_and_newer_ones_replace_older_ones(tmp_path: Path) -> None:
    with ResponseCache(tmp_path / "c.sqlite") as cache:
        cache.put([answer(1, at=5, text="new")])
        cache.put([answer(1, at=4, text="old"), answer(2)])
        found = cache.get(["doi:10.1000/1", "doi:10.1000/2", "doi:10.1000/3"])
    assert {key[0] for key in found} == {"doi:10.1000/1", "doi:10.1000/2"}
    assert found["doi:10.1000/1", "metadata"].body == answer(1, text="new").body


@pytest.mark.parametrize(
    ("kind", "found", "days", "fresh"),
    [
        ("metadata", True, 29, True),
        ("metadata", True, 31, False),
        ("metadata", False, 6, True),
        ("metadata", False, 8, False),
        ("retraction", True, 6, True),
        ("retraction", True, 8, False),
        ("metadata", True, -1, False),
    ],
)
def test_lifetimes(kind: str, found: bool, days: int, fresh: bool) -> None:
    item = CachedAnswer(identifier="x", kind=kind, fetched_at=1000, found=found, body=b"")  # type: ignore[arg-type]
    assert item.is_fresh(1000 + days * DAY) is fresh


WRITER = """
import sys
from pathlib import Path
from alsu_kg.response_cache import CachedAnswer, ResponseCache
start, count = int(sys.argv[2]), int(sys.argv[3])
with ResponseCache(Path(sys.argv[1])) as cache:
    print("ready", flush=True)
    for number in range(start, start + count):
        pair = [CachedAnswer(identifier=f"doi:10.1000/{number}", kind=kind, fetched_at=1, found=True, body=b"\\xa1x")
                for kind in ("metadata", "retraction")]
        cache.put(pair)
"""


def writer(path: Path, start: int, count: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", WRITER, str(path), str(start), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    processes = [writer(path, start, 100) for start in (0, 100, 200)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0, 0]
    with ResponseCache(path) as cache:
        assert len(cache.get([f"doi:10.1000/{n}" for n in range(300)])) == 600


def test_a_kill_at_any_moment_leaves_whole_answers(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    for delay in (0.0, 0.02, 0.05, 0.11):
        process = writer(path, 0, 100_000)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        process.stdout.close()
        with ResponseCache(path) as cache:
            kinds: dict[str, set[str]] = {}
            for identifier, kind in cache.get([f"doi:10.1000/{n}" for n in range(20_000)]):
                kinds.setdefault(identifier, set()).add(kind)
            assert all(pair == {"metadata", "retraction"} for pair in kinds.values())


def test_export_and_import_carry_everything(tmp_path: Path) -> None:
    with ResponseCache(tmp_path / "a.sqlite") as cache:
        cache.put([answer(n, text="NF-κB") for n in range(5)])
        lines = list(cache.export())
        few = list(cache.export(["doi:10.1000/3"]))
    assert (len(lines), len(few)) == (6, 2)
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(b"".join(lines)))
    with ResponseCache(tmp_path / "b.sqlite") as other:
        assert other.import_lines(open_export(tmp_path / "e.jsonl.gz"), "e") == 5
        assert list(other.export()) == lines


@pytest.mark.parametrize(
    "damage", [b"", b"{}\n", b'{"alsu-kg-cache": 2}\n{"identifier": 1}\n', b'{"alsu-kg-cache": 2}\nnot json\n']
)
def test_a_damaged_export_changes_nothing(tmp_path: Path, damage: bytes) -> None:
    with ResponseCache(tmp_path / "a.sqlite") as cache:
        cache.put([answer(1)])
        before = list(cache.export())
        if damage:
            with pytest.raises(WorkError, match=r"e\.jsonl"):
                cache.import_lines(damage.splitlines(), "e.jsonl")
        else:
            assert cache.import_lines([], "e.jsonl") == 0
        assert list(cache.export()) == before


def test_a_file_that_is_no_cache_is_named(tmp_path: Path) -> None:
    (tmp_path / "c.sqlite").write_bytes(b"this is a text file, not a database" * 100)
    with pytest.raises(WorkError, match="cannot be opened"):
        ResponseCache(tmp_path / "c.sqlite")


def test_clear_and_info(tmp_path: Path) -> None:
    with ResponseCache(tmp_path / "c.sqlite") as cache:
        cache.put([answer(1), answer(2)])
        assert cache.info(1000 + 2 * DAY)["metadata"] == {"answers": 2, "fresh": 2, "lifetime_days": 30}
        assert cache.info(1000 + 40 * DAY)["metadata"] == {"answers": 2, "fresh": 0, "lifetime_days": 30}
        assert cache.clear(["doi:10.1000/1"]) == 1
        assert cache.clear() == 1
