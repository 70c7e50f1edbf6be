"""Link many references on a Spark cluster on 127.0.0.1, kill a worker in mid-job, compare with one machine byte for byte.

``python tests/benchmarks/bench_spark.py [DATA] [--references 200000] [--place DIR]``: a master with two workers of one core each;
real references and changed copies of them against the pool of real records. Needs the extra ``spark`` and Java 17. Writes
``spark_report.md`` beside this file. What a run leaves in ``--place`` (references, index, local result) the next one uses.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import spark_cluster
from varied_references import Fields, vary

from alsu_kg.train_linker import labelled_reference

ALSU_KG = [sys.executable, "-m", "alsu_kg.cli"]
SETS = ("gold.dev.jsonl", "gold_hard.dev.jsonl", "gold_synthetic.dev.jsonl")
KILL_AFTER = 0.4
"""Share of the pieces that are done when a worker is killed."""


@dataclass(kw_only=True)
class Cluster:
    """What was seen of a job: seconds, pieces done when the worker was killed, memory of each worker in MB, Spark's words."""

    seconds: float = 0.0
    pieces: int = 0
    killed_after: float = 0.0
    done_when_killed: int = 0
    memory: dict[str, float] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/evaluation/references"))
    parser.add_argument("--references", type=int, default=200_000, metavar="N")
    parser.add_argument("--piece", type=int, default=1 << 20, metavar="BYTES")
    parser.add_argument("--place", type=Path, help="folder to work in (default: a temporary one)")
    parser.add_argument(
        "--ship-index", action="store_true", help="send the index to the workers instead of sharing its path"
    )
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("spark_report.md"))
    arguments = parser.parse_args()
    if spark_cluster.missing() or not arguments.data.exists():
        sys.stderr.write(f"nothing measured: {spark_cluster.missing() or f'{arguments.data} is not there'}\n")
        return 3
    with tempfile.TemporaryDirectory() as name:
        place = arguments.place or Path(name)
        place.mkdir(parents=True, exist_ok=True)
        source = write_references(arguments.data, place / "references.jsonl", arguments.references)
        build(arguments.data, place)
        here = link_here(place, source)
        cluster = link_there(place, source, arguments)
        lines = list(report(arguments, place, here, cluster))
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0 if "the same bytes" in "\n".join(lines) else 1


def write_references(data: Path, path: Path, count: int) -> Path:
    rows: list[Fields] = []
    for name in SETS:
        for line in (data / name).read_text(encoding="utf-8").splitlines():
            fields = msgspec.to_builtins(labelled_reference(json.loads(line)))
            rows.append({key: value for key, value in fields.items() if value and key != "id"})
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in vary(rows, count)))
    return path


def build(data: Path, place: Path) -> None:
    command = ["index", "build", str(data / "pool.jsonl.gz"), "-o", str(place / "index"), "--quiet"]
    subprocess.run([*ALSU_KG, *command], check=True)


def link_here(place: Path, source: Path) -> float:
    """Link with ``alsu-kg link`` on two processes; the seconds are kept beside the result for another run."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    kept = place / f"here-{digest[:16]}.seconds"
    if not kept.exists():
        begun = time.perf_counter()
        command = ["link", str(source), "--index", str(place / "index"), "-o", str(place / "here.jsonl"), "--quiet"]
        subprocess.run([*ALSU_KG, *command, "--processes", "2"], check=True)
        kept.write_text(str(time.perf_counter() - begun), encoding="utf-8")
    return float(kept.read_text(encoding="utf-8"))


def link_there(place: Path, source: Path, arguments: argparse.Namespace) -> Cluster:
    """Run the job on a cluster and kill a worker once a part of the pieces is done."""
    out = place / f"out-{time.time_ns()}"
    seen = Cluster(pieces=-(-source.stat().st_size // arguments.piece))
    (place / "cluster").mkdir(exist_ok=True)
    with spark_cluster.running(place / "cluster") as cluster, (place / "job.log").open("w+", encoding="utf-8") as log:
        begun = time.perf_counter()
        command = [
            sys.executable, "-m", "alsu_kg.spark_link", str(source), "--index", str(place / "index"), "-o", str(out),
            "--master", cluster.url, "--piece", str(arguments.piece), *(["--ship-index"] if arguments.ship_index else []),
        ]  # fmt: skip
        job = subprocess.Popen(command, env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}, stderr=log)
        while job.poll() is None:
            done = len(list(out.rglob("task_*")))
            for name, process in cluster.processes.items():
                seen.memory[name] = max(seen.memory.get(name, 0), memory_of(process.pid))
            if not seen.killed_after and done >= KILL_AFTER * seen.pieces:
                cluster.kill("worker-0")
                seen.killed_after, seen.done_when_killed = time.perf_counter() - begun, done
            time.sleep(0.5)
        seen.seconds = time.perf_counter() - begun
        log.seek(0)
        seen.said = [line.strip() for line in log if "Lost executor" in line]
        if job.returncode or not seen.killed_after:
            log.seek(0)
            raise SystemExit(f"the job ended with {job.returncode}: {log.read()[-2000:]}")
    with (place / "there.jsonl").open("wb") as joined:
        for part in sorted(out.glob("part-*")):
            joined.write(part.read_bytes())
    return seen


def memory_of(session: int) -> float:
    """Give the memory of all processes of a session in MB, pages that several share counted once in all."""
    return sum(_memory(status.parent) for status in Path("/proc").glob("[0-9]*/stat") if _session(status) == session)


def _session(status: Path) -> int:
    try:
        return int(status.read_text(encoding="utf-8").rpartition(")")[2].split()[3])
    except (OSError, IndexError):
        return 0


def _memory(process: Path) -> float:
    try:
        lines = (process / "smaps_rollup").read_text(encoding="utf-8").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    except OSError:
        return 0.0


def facts(path: Path) -> tuple[str, int, int, dict[str, int]]:
    """Give the SHA-256 of a result, its bytes, its rows and how many of each decision."""
    data, counts = path.read_bytes(), dict[str, int]()
    for line in data.splitlines():
        decision = str(json.loads(line)["decision"])
        counts[decision] = counts.get(decision, 0) + 1
    return hashlib.sha256(data).hexdigest(), len(data), sum(counts.values()), counts


def report(arguments: argparse.Namespace, place: Path, here: float, cluster: Cluster) -> Iterator[str]:
    one, other, many = facts(place / "here.jsonl"), facts(place / "there.jsonl"), arguments.references
    same = (place / "here.jsonl").read_bytes() == (place / "there.jsonl").read_bytes()
    index = "sent to every worker" if arguments.ship_index else "read from a path that all workers share"
    records = json.loads((place / "index" / "alsu-kg-index.json").read_bytes())["records"]
    distinct = len(set((place / "references.jsonl").read_bytes().splitlines()))
    yield f"# {many:,} references on a Spark cluster: measured {datetime.now(UTC):%Y-%m-%d}\n"
    yield (
        f"Made by `python tests/benchmarks/bench_spark.py`. {many:,} references ({distinct:,} distinct: the labelled ones "
        f"and changed copies), an index of {records:,} real records, {index}. A standalone master and two workers of one "
        "core each on 127.0.0.1; one worker was killed (SIGKILL, with all it had started) when "
        f"{cluster.done_when_killed} of about {cluster.pieces} pieces were done, and not started again. Times are wall "
        "times of a shared machine with two cores.\n"
    )
    yield f"Result of both: **{'the same bytes' if same else 'NOT the same'}**.\n"
    yield "| | rows | bytes | SHA-256 | decisions | seconds | references/s |"
    yield "|---|--:|--:|---|---|--:|--:|"
    for name, (digest, size, rows, counts), seconds in (
        ("`alsu-kg link`, 2 processes", one, here), ("cluster", other, cluster.seconds)
    ):  # fmt: skip
        kinds = ", ".join(f"{count:,} {decision}" for decision, count in sorted(counts.items()))
        yield f"| {name} | {rows:,} | {size:,} | `{digest}` | {kinds} | {seconds:.0f} | {many / seconds:.0f} |"
    before = cluster.done_when_killed / cluster.pieces * many
    after = (many - before) / (cluster.seconds - cluster.killed_after)
    yield (
        f"\nUntil the kill, start of Spark and first pass over the references included: {before / cluster.killed_after:.0f} "
        f"references/s on two workers; after it {after:.0f} on the one that was left, which also did the lost pieces again."
    )
    memory = ", ".join(f"{name} {size:,.0f} MB" for name, size in sorted(cluster.memory.items()))
    yield f"\nMost memory at a time (shared pages divided among those who share them): {memory}."
    yield (
        "\nSpark said: "
        + ("; ".join(f"`{line.partition('ERROR ')[2] or line}`" for line in cluster.said) or "nothing")
        + "."
    )


if __name__ == "__main__":
    sys.exit(main())
