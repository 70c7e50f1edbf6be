"""Speed of building and asking, each beside the bare libraries in the same run. ``make bench`` runs it.

    python tests/benchmarks/bench_build.py [--reviews 10000]

Prints medians and ratios; absolute times depend on the machine and on what else it does.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox
import ryaml
from synthetic import write_records

from alsu_kg.assets import find_asset
from alsu_kg.pipeline import build, make_nquads, read_records
from alsu_kg.queries import ask, list_names, read_question
from alsu_kg.records import find_record_files
from alsu_kg.store import open_graph
from alsu_kg.workers import open_workers

LARGE_EXAMPLES: dict[str, str | int] = {
    "treatment": "syntheticum-7",
    "review": "7",
    "mechanism": "oxidative-stress",
    "work": "10.5555/invented.1",
    "statement": "claim:syntheticum-7/1",
    "category": "mechanism",
    "level": 1,
    "substance": "curcumin",
}


def seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def bulk_load(nquads: Path, folder: Path) -> float:
    """Seconds of the bare bulk load into a fresh database on disk: the floor of every build."""

    def load() -> None:
        store = ox.Store(str(folder))
        store.bulk_load(path=str(nquads), format=ox.RdfFormat.N_QUADS)
        store.flush()

    return seconds(load)


def write_quads(files: Sequence[Path], nquads: Path) -> int:
    """Write the quads that a build of ``files`` loads, in the order in which it writes them; give their number."""
    with open_workers(len(files)) as workers, nquads.open("wb") as file:
        found, _ = read_records(files, workers=workers)
        return sum(batch.count(b"\n") for batch in make_nquads(found, workers) if file.write(batch))


def small(folder: Path, runs: int = 9) -> None:
    files = find_record_files([find_asset("data/reviews")])
    texts = [path.read_text(encoding="utf-8") for path in files]
    build(files, folder / "warm")
    quads = write_quads(files, folder / "small.nq")
    builds, floors = [], []
    for run in range(runs):
        builds.append(seconds(lambda run=run: build(files, folder / f"b{run}")))  # type: ignore[misc]
        parse = seconds(lambda: [ryaml.loads(text) for text in texts])
        floors.append(parse + bulk_load(folder / "small.nq", folder / f"f{run}"))
    ratio = statistics.median(b / f for b, f in zip(builds, floors, strict=True))
    print(
        f"79 records, {quads:,} quads: build {statistics.median(builds):.3f} s, bulk load and YAML parsing alone "
        f"{statistics.median(floors):.3f} s, ratio {ratio:.2f} (goal: at most 3)"
    )


def process(folder: Path, runs: int = 11) -> None:
    environment = {**os.environ, "ALSU_KG_STORE": str(folder / "warm")}

    def run(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        return statistics.median(
            seconds(lambda: subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True))
            for _ in range(runs)
        )

    whole, floor = run("-m", "alsu_kg.cli", "query", "treatment_grade-table"), run("-c", "import argparse, pyoxigraph")
    print(
        f"query treatment_grade-table as a process: {whole:.3f} s, "
        f"of which Python and pyoxigraph alone {floor:.3f} s (goal: under 0.4)"
    )


def large(folder: Path, reviews: int) -> None:
    print(f"writing {reviews:,} synthetic reviews ...", flush=True)
    write_records(folder / "synthetic", reviews)
    files = find_record_files([folder / "synthetic"])
    own = seconds(lambda: build(files, folder / "large"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    quads = write_quads(files, folder / "large.nq")
    floor = bulk_load(folder / "large.nq", folder / "floor")
    print(
        f"{reviews:,} reviews, {quads:,} quads: build {own:.1f} s, bulk load alone {floor:.1f} s, speed {floor / own:.2f} of it "
        f"(goal: at least 0.60), peak memory {peak:.2f} GB (goal: under 2)"
    )
    graph = open_graph(folder / "large")
    for name in list_names():
        values = {p.name: LARGE_EXAMPLES[p.name] for p in read_question(name).parameters if p.name in LARGE_EXAMPLES}
        if any(not p.optional and p.name not in values for p in read_question(name).parameters):
            continue
        rows = len(ask(graph, name, values))
        times = [seconds(lambda name=name, values=values: ask(graph, name, values)) for _ in range(3)]  # type: ignore[misc]
        print(f"  {name:<32}{statistics.median(times) * 1000:9.1f} ms {rows:>8,} rows")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=10_000, help="synthetic reviews (0: leave this part out)")
    reviews = parser.parse_args().reviews
    with tempfile.TemporaryDirectory() as name:
        small(Path(name))
        process(Path(name))
        if reviews:
            large(Path(name), reviews)


if __name__ == "__main__":
    main()
