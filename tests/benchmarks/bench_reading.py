"""How fast documents are read, on one core after start-up: ``python tests/benchmarks/bench_reading.py``.

Real articles and the seed review of ../shared are used where they are; else a review of our own. The peer in the same run is
lxml's bare parse of the same articles, so that the ratio says something on any machine.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lxml import etree

from alsu_kg.documents import load_vocabulary, read_review

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ROUNDS = 7


def seconds(work: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """Median seconds a file over some rounds."""
    work(paths[0])
    rounds = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for path in paths:
            work(path)
        rounds.append((time.process_time() - started) / len(paths))
    return statistics.median(rounds)


def main() -> int:
    load_vocabulary()
    articles = sorted((SHARED / "documents").glob("*.xml"))
    reviews = sorted((SHARED / "seeds").glob("*.txt"))
    if not articles or not reviews:
        print("needs ../shared/documents and ../shared/seeds", file=sys.stderr)
        return 0
    started = time.process_time()
    sum(range(3_000_000))
    yard = time.process_time() - started
    bare = seconds(lambda path: etree.parse(str(path)), articles)
    for name, paths, goal in (("JATS articles", articles, 30), ("seed-sized reviews", reviews * 5, 100)):
        each = seconds(read_review, paths)
        print(
            f"{name:<20} {1 / each:7.1f} a second  (goal {goal})   {each * 1000:6.1f} ms each   {each / yard:5.2f} yardsticks"
        )
    print(
        f"{'lxml, bare parse':<20} {1 / bare:7.1f} a second   (yardstick: the sum of three million numbers, {yard * 1000:.0f} ms)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
