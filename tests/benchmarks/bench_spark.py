"""Link many references on a Spark cluster on 127.0.0.1, kill a worker in the middle, and compare with one machine, byte for byte.

``python tests/benchmarks/bench_spark.py [DATA] [--references 200000]``: a master with two workers, real references over and over
against the pool of real records. Needs the extra ``spark`` and Java 17. At 200,000 about half an hour on two cores.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import spark_cluster

from alsu_kg.train_linker import labelled_reference


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/evaluation/references"))
    parser.add_argument("--references", type=int, default=200_000, metavar="N")
    arguments = parser.parse_args()
    if spark_cluster.missing() or not arguments.data.exists():
        sys.stderr.write(f"nothing measured: {spark_cluster.missing() or f'{arguments.data} is not there'}\n")
        return 3
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        source = write_references(arguments.data, place / "references.jsonl", arguments.references)
        alsu_kg = [sys.executable, "-m", "alsu_kg.cli"]
        subprocess.run(
            [*alsu_kg, "index", "build", str(arguments.data / "pool.jsonl.gz"), "-o", str(place / "index")], check=True
        )
        begun = time.perf_counter()
        link = ["link", str(source), "--index", str(place / "index"), "-o", str(place / "here.jsonl"), "--quiet"]
        subprocess.run([*alsu_kg, *link], check=True)
        here = time.perf_counter() - begun
        there = on_cluster(place, source)
        parts = b"".join(part.read_bytes() for part in sorted((place / "out").glob("part-*")))
        same = parts == (place / "here.jsonl").read_bytes()
        many = arguments.references
        rates = f"{many / here:.0f}/s here, {many / there:.0f}/s on the cluster with one worker killed"
        print(
            f"{arguments.references} references: {rates}; {len(parts)} bytes, {'the same' if same else 'NOT the same'}"
        )
    return 0 if same else 1


def write_references(data: Path, path: Path, count: int) -> Path:
    rows = [json.loads(line) for line in (data / "gold.dev.jsonl").read_text(encoding="utf-8").splitlines()]
    lines = [
        {key: v for key, v in msgspec.to_builtins(labelled_reference(row)).items() if v and key != "id"} for row in rows
    ]
    repeated = itertools.islice(itertools.cycle(lines), count)
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in repeated))
    return path


def on_cluster(place: Path, source: Path) -> float:
    with spark_cluster.running(place) as cluster:
        begun = time.perf_counter()
        command = [
            sys.executable, "-m", "alsu_kg.spark_link", str(source), "--index", str(place / "index"), "-o", str(place / "out"),
            "--master", cluster.url,
        ]  # fmt: skip
        job = subprocess.Popen(command, env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"})
        while job.poll() is None and not list((place / "out").rglob("task_*")):
            time.sleep(0.1)
        cluster.kill("worker-0")
        if job.wait():
            raise SystemExit("the job failed")
        return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
