"""Speed of every analysis over many reviews, and of doing it again after one changed record. ``make bench`` runs it.

    python tests/benchmarks/bench_analysis.py [--reviews 10000]

Goal: all together under 60 s and 2 GB on two cores. Wall times depend on what else the machine does, so the processor's seconds
stand beside them; only ratios of one run mean anything.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import Final, NamedTuple, TypeVar

from synthetic import write_records

from alsu_kg.analysis.mechanism_communities import find_communities, make_similarity_network
from alsu_kg.analysis.mechanism_similarity import count_information, find_similar
from alsu_kg.analysis.paths import judge_paths
from alsu_kg.analysis_words import load_path_words
from alsu_kg.graph.dataset import treatment_entries
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.ontology import read_entries
from alsu_kg.pipeline import build, read_records
from alsu_kg.queries import ask, list_names, read_question
from alsu_kg.records import find_record_files
from alsu_kg.similar_treatments import Mechanisms, read_mechanisms
from alsu_kg.store import Graph, open_graph
from alsu_kg.workers import open_workers

_EXAMPLES: Final = {"mechanism": "oxidative-stress", "level": 1}
_Out = TypeVar("_Out")


class Spent(NamedTuple):
    """Seconds of the clock and of the processor."""

    wall: float
    cpu: float


class Times:
    """Runs analyses and keeps what each took."""

    def __init__(self) -> None:
        self.spent: dict[str, Spent] = {}

    def take(self, name: str, work: Callable[[], _Out]) -> _Out:
        begun, busy = perf_counter(), process_time()
        result = work()
        self.spent[name] = Spent(perf_counter() - begun, process_time() - busy)
        size = f"{len(result):>9,}" if hasattr(result, "__len__") else ""
        wall, cpu = self.spent[name]
        print(f"  {name:<40}{wall:8.2f} s {cpu:8.2f} s cpu {size}", flush=True)
        return result

    def total(self) -> Spent:
        return Spent(sum(s.wall for s in self.spent.values()), sum(s.cpu for s in self.spent.values()))


def analyse_mechanisms(graph: Graph, times: Times) -> Mechanisms:
    found = times.take("mechanisms of all treatments", lambda: read_mechanisms(graph))
    information = times.take("information content", lambda: count_information(found.profiles))
    network = times.take(
        "similarity network", lambda: make_similarity_network(found.profiles, information, found.scheme)
    )
    times.take("communities", lambda: find_communities(network))
    return found


def analyse_paths(files: list[Path], times: Times) -> None:
    with open_workers(len(files)) as workers:
        records, _ = read_records(files, workers=workers)
    lexicon = make_lexicon([*read_entries(), *treatment_entries(records)])
    words = load_path_words(lexicon)
    times.take("strength of all paths", lambda: [judge_paths(record, words) for record in records])


def ask_everything(graph: Graph, times: Times) -> None:
    for name in list_names():
        question = read_question(name)
        if not name.startswith(("corpus_", "mechanism_")):
            continue
        values = {p.name: _EXAMPLES[p.name] for p in question.parameters if not p.optional}
        times.take(name, lambda name=name, values=values: ask(graph, name, values))  # type: ignore[misc]


def after_one_change(found: Mechanisms) -> None:
    """Compare again after the mechanisms of one treatment changed: counts are brought up to date, one row is compared."""
    times = Times()
    old, information = found.profiles[7], found.information
    new = type(old)(old.treatment, old.label, old.reviews, found.profiles[8].supports)
    whole = times.take("counting all again", lambda: count_information([new, *found.profiles[:7], *found.profiles[8:]]))
    part = times.take("counting what changed", lambda: information.changed([old], [new]))
    assert part == whole
    times.take("one treatment with all others", lambda: find_similar(new, found.profiles, part, found.scheme))


def rebuild(files: list[Path], store: Path, whole: float) -> None:
    text = files[7].read_text(encoding="utf-8")
    files[7].write_text(text.replace('"outcome":"invented"', '"outcome":"changed"'), encoding="utf-8")
    begun = perf_counter()
    after = build(files, store)
    part = perf_counter() - begun
    again = build(files, store.with_name("whole"))
    assert (after.digest, after.quads) == (again.digest, again.quads)
    print(f"build: {whole:.1f} s, after one changed record {part:.2f} s, {part / whole:.3f} of it; the same digest")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=10_000, help="synthetic reviews")
    reviews = parser.parse_args().reviews
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_records(folder / "in", reviews)
        files = find_record_files([folder / "in"])
        begun = perf_counter()
        build(files, folder / "store")
        whole = perf_counter() - begun
        times = Times()
        graph = open_graph(folder / "store")
        found = analyse_mechanisms(graph, times)
        analyse_paths(files, times)
        ask_everything(graph, times)
        wall, cpu = times.total()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{reviews:,} reviews: {wall:.1f} s, {cpu:.1f} s cpu, {peak:.2f} GB (goal: under 60 s and 2 GB)")
        after_one_change(found)
        rebuild(files, folder / "store", whole)


if __name__ == "__main__":
    main()
