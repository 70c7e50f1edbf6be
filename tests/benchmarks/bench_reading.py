"""How fast documents are read, on one core after start-up: ``python tests/benchmarks/bench_reading.py``.

Real articles and the seed review of ../shared are used where they are. No review is read twice: each is the seed with one in ten of
its longer words replaced by a word of the articles, so that nothing that is remembered of whole sentences could help. What
is remembered of words does help, as it does in a folder of reviews. Peers in the same run: lxml's bare parse of the articles and
markdown-it's bare parse of the reviews, so that the ratios say something on any machine.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lxml import etree
from markdown_it import MarkdownIt

from alsu_kg.documents import load_vocabulary, read_document, read_review

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
ROUNDS = 7
REVIEWS = 20
_LONGER_WORD = re.compile(r"(?<![\w/.:@-])[a-z]{5,}(?![\w/.:@-])")
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def seconds(work: Callable[[Path], object], rounds: Sequence[Sequence[Path]]) -> tuple[float, float, float]:
    """Least, median and most seconds of processor time a file, over the rounds."""
    work(rounds[0][0])
    taken = []
    for paths in rounds:
        started = time.process_time()
        for path in paths:
            work(path)
        taken.append((time.process_time() - started) / len(paths))
    return min(taken), statistics.median(taken), max(taken)


def varied(text: str, words: Sequence[str]) -> Iterator[str]:
    """Give ever new reviews: ``text`` with one in ten of its longer words replaced by one of ``words``."""
    choice = random.Random(58)
    while True:
        yield _LONGER_WORD.sub(lambda m: choice.choice(words) if choice.random() < 0.1 else m[0], text)


def write_reviews(seed: Path, articles: Sequence[Path], folder: Path) -> list[list[Path]]:
    """Write the reviews of each round."""
    texts = [read_document(path).text_of() for path in articles]
    words = sorted({word for text in texts for word in re.findall(r"\b[a-z]{5,}\b", text)})
    reviews = varied(seed.read_text(encoding="utf-8"), words)
    rounds = []
    for i in range(ROUNDS):
        rounds.append([folder / f"{i}-{j}.txt" for j in range(REVIEWS)])
        for path in rounds[-1]:
            path.write_text(next(reviews), encoding="utf-8")
    return rounds


def through_the_command(reviews: Path, drafts: Path) -> tuple[float, float]:
    """Seconds by the clock and of processor time that ``alsu-kg read`` takes for a folder, start and writing included."""
    started, before = time.perf_counter(), os.times()
    subprocess.run([sys.executable, "-m", "alsu_kg.cli_read", str(reviews), "-o", str(drafts), "-q"], check=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, used


def main() -> int:
    load_vocabulary()
    articles = sorted((SHARED / "documents").glob("*.xml"))
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    if not articles or not seeds:
        print("needs ../shared/documents and ../shared/seeds", file=sys.stderr)
        return 0
    started = time.process_time()
    sum(range(3_000_000))
    yard = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        reviews = write_reviews(seeds[0], articles, Path(folder))
        rows = (
            ("JATS articles", read_review, [articles] * ROUNDS, "goal 30"),
            ("lxml, bare parse", lambda path: etree.parse(str(path)), [articles] * ROUNDS, "peer"),
            ("seed-sized reviews", read_review, reviews, "goal 100"),
            (
                "markdown-it, bare parse",
                lambda path: _MARKDOWN.parse(path.read_text(encoding="utf-8")),
                reviews,
                "peer",
            ),
        )
        for name, work, rounds, remark in rows:
            least, each, most = seconds(work, rounds)
            print(
                f"{name:<24} {1 / each:7.1f} a second ({remark}; rounds {1 / most:.1f} to {1 / least:.1f})"
                f" {each * 1000:6.1f} ms each {each / yard:5.2f} yardsticks"
            )
        clock, used = through_the_command(Path(folder), Path(folder) / "drafts")
        number = sum(map(len, reviews))
        print(
            f"{'a folder, by command':<24} {number / clock:7.1f} a second on {os.cpu_count()} cores ({number} reviews; start and"
            f" writing included) {used / number * 1000:6.1f} ms of processor time each"
        )
    print(f"yardstick: the sum of three million numbers, {yard * 1000:.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
