"""Linking on a real Spark cluster: the same bytes as on one machine, also when a worker is killed in the middle."""

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import spark_cluster

from alsu_kg.cli import main
from alsu_kg.index_build import build_index
from alsu_kg.link_partition import link_lines
from alsu_kg.model.errors import StoreError, UsageError
from alsu_kg.spark_link import ClusterJob, link_on_cluster

NAMES = ["Liu", "Doe", "Roe", "Poe", "King", "Ito", "Silva"]
WORDS = [
    "motor",
    "neuron",
    "survival",
    "riluzole",
    "mouse",
    "trial",
    "protein",
    "cohort",
    "dose",
    "gut",
    "gene",
    "spine",
]


def title(n: int) -> str:
    return " ".join(WORDS[(n // 12**place + place) % 12] for place in range(4))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("works")
    rows = [
        {"id": f"10.1000/{n}", "doi": f"10.1000/{n}", "title": title(n), "authors": [[NAMES[n % 7], "A"]], "year": 1990 + n % 30,
         "container": "Acta Testica", "volume": str(n % 40 + 1), "first_page": str(n + 1)} for n in range(600)
    ]  # fmt: skip
    (place / "works.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    build_index([place / "works.jsonl"], place / "index", now=lambda: now, processes=1, progress=lambda *_: None)
    return place / "index"


def printed(n: int) -> str:
    m = n % 700  # some are not in the index
    return f"{NAMES[m % 7]} A. {title(m)}. Acta Testica {1990 + m % 30};{m % 40 + 1}:{m + 1}."


def references(path: Path, count: int) -> Path:
    lines = [printed(n) if n % 50 else "" for n in range(count)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def linked_here(source: Path, index: Path, target: Path) -> bytes:
    arguments = ["link", str(source), "--index", str(index), "-o", str(target), "--processes", "1", "--quiet"]
    assert main(arguments) == 0
    return target.read_bytes()


def joined(output: Path) -> bytes:
    assert (output / "_SUCCESS").exists()
    return b"".join(part.read_bytes() for part in sorted(output.glob("part-*")))


@pytest.mark.parametrize("form", ["lines", "jsonl"])
def test_parts_give_the_lines_of_the_whole(form: str, tmp_path: Path, index: Path) -> None:
    texts = [printed(n) for n in range(250)]
    lines = texts if form == "lines" else [json.dumps({"unstructured": text}) for text in texts]
    source = tmp_path / "references.txt"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    numbered = list(zip(lines, range(250), strict=True))
    parts = [*link_lines(numbered[:117], index, form), *link_lines(numbered[117:], index, form)]  # type: ignore[arg-type]
    assert "".join(part + "\n" for part in parts).encode() == linked_here(source, index, tmp_path / "here.jsonl")


def test_foreign_index_is_refused_before_the_cluster_is_asked(tmp_path: Path, index: Path) -> None:
    if spark_cluster.missing():
        pytest.skip(spark_cluster.missing())
    source = references(tmp_path / "references.txt", 3)
    with pytest.raises(StoreError, match="not an index"):
        link_on_cluster(ClusterJob(references=str(source), index=tmp_path, output=str(tmp_path / "out")))
    with pytest.raises(UsageError, match="there already"):
        link_on_cluster(ClusterJob(references=str(source), index=index, output=str(tmp_path)))


@pytest.mark.slow
@pytest.mark.skipif(bool(spark_cluster.missing()), reason=spark_cluster.missing() or "all is there")
def test_a_worker_killed_in_mid_job_loses_nothing(tmp_path: Path, index: Path) -> None:
    source = references(tmp_path / "references.txt", 3_000)
    with spark_cluster.running(tmp_path) as cluster:
        command = [
            sys.executable, "-m", "alsu_kg.spark_link", str(source), "--index", str(index), "-o", str(tmp_path / "out"),
            "--master", cluster.url, "--piece", "16000", "--ship-index",
        ]  # fmt: skip
        job = subprocess.Popen(command, env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}, stderr=subprocess.PIPE)
        deadline = time.monotonic() + spark_cluster.WAIT
        while time.monotonic() < deadline and job.poll() is None and not list((tmp_path / "out").rglob("task_*")):
            time.sleep(0.05)
        assert job.poll() is None, job.communicate()[1].decode()[-2000:]
        cluster.kill("worker-0")
        said = job.communicate(timeout=5 * spark_cluster.WAIT)[1].decode()
        assert job.returncode == 0, said[-2000:]
    assert len(list((tmp_path / "out").glob("part-*"))) > 10
    assert joined(tmp_path / "out") == linked_here(source, index, tmp_path / "here.jsonl")
