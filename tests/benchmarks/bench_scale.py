"""Measure the linker against the size of the index: ``python tests/benchmarks/bench_scale.py [DATA] [--sizes N …] [-o REPORT]``.

The index grows from size to size, as an update does; at each one it is searched and linked against. In the same run, on the same
records: BM25 over all words of the reference (tantivy, full OR), and crossref-matcher (code unchanged) on what that search finds.
The report and the picture beside it are written after each size. Sizes up to ten million take about an hour on two cores and
10 GB on the disk.
"""

import argparse
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from time import perf_counter, process_time, sleep

import matplotlib
import msgspec
import tantivy
from bench_linking import _crossref_matcher
from matplotlib.figure import Figure
from recombined_records import order_for_sizes, recombine

from alsu_kg.linker import link_in_processes, link_references
from alsu_kg.linking.normalisation import words
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.reference import Reference
from alsu_kg.train_linker import labelled_reference, read_pool
from alsu_kg.work_index import WorkIndex

SIZES = (100_000, 310_000, 1_000_000, 2_000_000, 8_000_000, 10_000_000)
ASKED, ASKED_PEER = 1_500, 150
LIMIT = 20
COMMAND = (sys.executable, "-m", "alsu_kg.cli")
Labelled = list[tuple[Reference, frozenset[str]]]


class Row(msgspec.Struct, kw_only=True):
    """What was measured at one size; times in seconds for one reference or record, memory and size in bytes."""

    size: int
    build_wall: float = 0.0
    build_cpu: float = 0.0
    build_memory: float = 0.0
    disk: float = 0.0
    opening: float = 0.0
    found: float = 0.0
    first: float = 0.0
    select_wall: float = 0.0
    select_cpu: float = 0.0
    link_cpu: float = 0.0
    link_wall: float = 0.0
    link_memory: float = 0.0
    link_together: float = 0.0
    right: float = 0.0
    peer_found: float = 0.0
    peer_select: float = 0.0
    matcher: float = 0.0
    matcher_right: float = 0.0
    yardstick: float = 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/evaluation/references"))
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("scale_report.md"))
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), metavar="N")
    parser.add_argument("--peer-up-to", type=int, default=max(SIZES), metavar="N", help="largest size for the peers")
    arguments = parser.parse_args()
    if not arguments.data.exists():
        sys.stderr.write(f"{arguments.data}: the labelled references are not there; nothing measured\n")
        return 3
    place = Path(tempfile.mkdtemp(prefix="alsu-kg-scale-"))
    try:
        measure(arguments, place)
    finally:
        shutil.rmtree(place)
    return 0


def measure(arguments: argparse.Namespace, place: Path) -> None:
    pool = list(read_pool(arguments.data / "pool.jsonl.gz"))
    asked = labelled(arguments.data)
    ordered = order_for_sizes(pool, {key for _, right in asked for key in right})
    rows: list[Row] = []
    before = wall = cpu = 0.0
    for size in sorted(arguments.sizes):
        row = Row(size=size)
        dump = place / f"{size}.jsonl"
        write_part(dump, ordered, int(before), size)
        row.yardstick = yardstick(dump)
        more_wall, more_cpu, row.build_memory = run(["index", "build", str(dump), "-o", str(place / "index")])
        dump.unlink()
        wall, cpu, before = wall + more_wall, cpu + more_cpu, size
        row.build_wall, row.build_cpu = wall / size, cpu / size
        row.disk = sum(path.stat().st_size for path in (place / "index").iterdir()) / size
        measure_linking(row, place / "index", asked)
        rows.append(row)
        write_report(rows, arguments.output)
    measure_peers(rows, place, asked, arguments)


def labelled(data: Path) -> Labelled:
    """Give real references whose work is in the pool, free text and tagged, in an order that mixes them."""
    lines = (data / "gold.dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["true_id"]]
    pairs = [(labelled_reference(row), frozenset([row["true_id"], *row.get("also_ok", [])])) for row in rows]
    return sorted(pairs, key=lambda pair: hash_of(pair[0].id))[:ASKED]


def hash_of(text: str) -> int:
    return sum(place * ord(letter) for place, letter in enumerate(text, 7)) * 2_654_435_761 % 2**32


def write_part(dump: Path, ordered: Sequence[Candidate], start: int, end: int) -> None:
    real = ordered[start:end]
    made = recombine(ordered, end - start - len(real), first=max(start - len(ordered), 0))
    with dump.open("wb") as target:
        for record in chain(real, made):
            target.write(msgspec.json.encode(record) + b"\n")


def yardstick(dump: Path) -> float:
    """Time the standard library's JSON reader on the same lines: figures of a busy machine can be compared by it."""
    with dump.open("rb") as lines:
        some = [line for line, _ in zip(lines, range(20_000), strict=False)]
    begun = process_time()
    for line in some:
        json.loads(line)
    return (process_time() - begun) / len(some)


def run(command: Sequence[str]) -> tuple[float, float, float]:
    """Run a command; give wall time, processor time of all its processes, and the memory of the largest in bytes."""
    launcher = (
        "import resource, subprocess, sys, time; begun = time.perf_counter(); subprocess.run(sys.argv[1:], check=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, 1024.0 * used.ru_maxrss)"
    )  # a process of its own: Linux counts the memory of the process that starts another as that one's
    whole = [*COMMAND, *command, "--processes", "2", "--quiet"]
    said = subprocess.run([sys.executable, "-c", launcher, *whole], check=True, capture_output=True, text=True).stdout
    wall, cpu, memory = map(float, said.split())
    return wall, cpu, memory


def watch(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; give the memory of its largest process, and of all together with shared pages counted once, in bytes."""
    largest = together = 0.0
    with subprocess.Popen([*COMMAND, *command, "--processes", "2", "--quiet"]) as process:
        while process.poll() is None:
            held = [memory_of(member) for member in family(process.pid)]
            largest = max([largest, *(resident for resident, _ in held)])
            together = max(together, sum(share for _, share in held))
            sleep(0.1)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return largest, together


def family(parent: int) -> list[int]:
    """Give a process and those that it started."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [parent, *(member for child in children for member in family(int(child)))]


def memory_of(process: int) -> tuple[float, float]:
    """Give resident memory and the share of it that is counted once (PSS), in bytes."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0, 0.0
    sizes = {line.split(":")[0]: line.split()[1] for line in text.splitlines()[1:]}
    return 1024.0 * int(sizes.get("Rss", 0)), 1024.0 * int(sizes.get("Pss", 0))


def measure_linking(row: Row, directory: Path, asked: Labelled) -> None:
    begun = perf_counter()
    index = WorkIndex(directory)
    row.opening = perf_counter() - begun
    begun, used = perf_counter(), process_time()
    found = [[work.id for work in index.candidates(reference, limit=LIMIT)] for reference, _ in asked]
    row.select_wall, row.select_cpu = (perf_counter() - begun) / len(asked), (process_time() - used) / len(asked)
    row.found, row.first = share(found, asked, LIMIT), share(found, asked, 1)
    references = [reference for reference, _ in asked]
    used = process_time()
    fresh = WorkIndex(directory)
    links = list(link_references(references, fresh.candidates, fresh.candidates_of_all))
    row.link_cpu = (process_time() - used) / len(asked)
    good = [bool(link.work and link.work.id in right) for link, (_, right) in zip(links, asked, strict=True)]
    row.right = sum(good) / len(asked)
    stream = link_in_processes(iter(references * 2), directory, processes=2)
    next(stream)
    begun = perf_counter()
    count = sum(1 for _ in stream)
    row.link_wall = (perf_counter() - begun) / count
    strings = directory.with_suffix(".txt")
    strings.write_text("\n".join(" ".join(reference.text.split()) for reference in references), encoding="utf-8")
    row.link_memory, row.link_together = watch(["link", str(strings), "--index", str(directory), "-o", os.devnull])


def share(found: Iterable[Sequence[str]], asked: Labelled, limit: int) -> float:
    return sum(bool(set(some[:limit]) & right) for some, (_, right) in zip(found, asked, strict=True)) / len(asked)


def measure_peers(rows: Sequence[Row], place: Path, asked: Labelled, arguments: argparse.Namespace) -> None:
    """Search the same records with BM25 over all words, and let crossref-matcher decide over what is found."""
    pool = list(read_pool(arguments.data / "pool.jsonl.gz"))
    ordered = order_for_sizes(pool, {key for _, right in asked for key in right})
    peer = FullOr(place / "peer")
    before = 0
    for row in rows:
        if row.size > arguments.peer_up_to:
            break
        real = ordered[before : row.size]
        made = recombine(ordered, row.size - before - len(real), first=max(before - len(ordered), 0))
        peer.add(chain(real, made))
        before = row.size
        some = asked[:ASKED_PEER]
        begun = perf_counter()
        found = [peer.search(reference) for reference, _ in some]
        row.peer_select = (perf_counter() - begun) / len(some)
        row.peer_found = share([[work.id for work in works] for works in found], some, LIMIT)
        if importlib.util.find_spec("crossref_matcher") is not None:
            matcher = _crossref_matcher()
            begun = perf_counter()
            matched = [matcher(reference.text, works) for (reference, _), works in zip(some, found, strict=True)]
            row.matcher = (perf_counter() - begun) / len(some)
            row.matcher_right = sum(key in right for key, (_, right) in zip(matched, some, strict=True)) / len(some)
        write_report(rows, arguments.output)


class FullOr:
    """BM25 over all words of record and reference, any of which may match."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("t", tokenizer_name="whitespace", index_option="freq")
        builder.add_bytes_field("r", stored=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(directory))

    def add(self, records: Iterable[Candidate]) -> None:
        writer = self._index.writer(400_000_000, 2)
        for c in records:
            names = " ".join(family for family, _ in c.authors)
            text = f"{c.title} {names} {c.year} {c.container} {c.short_container} {c.volume} {c.issue} {c.first_page}"
            document = tantivy.Document(t=" ".join(words(text)))
            document.add_bytes("r", msgspec.msgpack.encode(c))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, reference: Reference) -> list[Candidate]:
        should, searcher = tantivy.Occur.Should, self._index.searcher()
        terms = dict.fromkeys(words(reference.text))
        parts = [(should, tantivy.Query.term_query(self._schema, "t", term, "freq")) for term in terms]
        hits = searcher.search(tantivy.Query.boolean_query(parts), LIMIT, count=False).hits
        packed = [searcher.doc(address).get_first("r") for _, address in hits]
        return [msgspec.msgpack.decode(data if isinstance(data, bytes) else b"", type=Candidate) for data in packed]


def write_report(rows: Sequence[Row], path: Path) -> None:
    waiting = path.with_suffix(".new")
    waiting.write_text("\n".join(report(rows)) + "\n", encoding="utf-8")
    waiting.replace(path)
    draw(rows, path.with_suffix(".svg"))


def report(rows: Sequence[Row]) -> Iterator[str]:
    yield f"# The linker against the size of its index: measured {datetime.now(UTC):%Y-%m-%d}\n"
    yield (
        f"Made by `python tests/benchmarks/bench_scale.py`. {ASKED} real references whose work is in the index ({ASKED_PEER} for "
        "the peers); records are real ones and, beyond 310,879, recombined fields of them, so that at 8 million every title stands "
        "in 25 records. Times are of a shared machine; *yardstick* is what the standard library's JSON reader takes for one of the "
        "records at that moment (6 µs when the machine is idle), to compare by. Rates for a core are of processor time.\n"
    )
    yield "![time against size](scale_report.svg)\n"
    yield "| records | build, records/s for a core | both cores, wall | memory | bytes a record | opens in | yardstick |"
    yield "|--:|--:|--:|--:|--:|--:|--:|"
    for r in rows:
        yield (
            f"| {r.size:,} | {1 / r.build_cpu:,.0f} | {1 / r.build_wall:,.0f} | {r.build_memory / 1e9:.2f} GB | {r.disk:.0f} "
            f"| {r.opening * 1000:.0f} ms | {r.yardstick * 1e6:.1f} µs |"
        )
    yield "\nBuild rates are of all records up to that size, added size by size. Memory is of the largest process.\n"
    yield (
        "| records | true work among 20 | first | candidates/s for a core | string to decision/s for a core "
        "| 2 processes, wall | right | memory of the largest | all together |"
    )
    yield "|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for r in rows:
        yield (
            f"| {r.size:,} | {r.found:.4f} | {r.first:.4f} | {1 / r.select_cpu:,.0f} | {1 / r.link_cpu:,.0f} "
            f"| {1 / r.link_wall:,.0f} | {r.right:.4f} | {r.link_memory / 1e9:.2f} GB | {r.link_together / 1e9:.2f} GB |"
        )
    yield (
        "\nMemory is what `alsu-kg link --processes 2` holds, pages of the mapped index included; together: pages that are shared "
        "by processes are counted once (PSS)."
    )
    yield "\nPeers in the same run, one process: BM25 over all words finds, crossref-matcher (code unchanged) decides.\n"
    yield "| records | true work among 20 | BM25 searches/s | with crossref-matcher/s | right |\n|--:|--:|--:|--:|--:|"
    for r in rows:
        if r.peer_select:
            both = f"{1 / (r.peer_select + r.matcher):,.1f} | {r.matcher_right:.4f}" if r.matcher else "not installed |"
            yield f"| {r.size:,} | {r.peer_found:.4f} | {1 / r.peer_select:,.1f} | {both} |"
    yield "\nPublished elsewhere: biblio-glutton 6.5 to 14.9 references/s, Crossref's API 5.6 (other machines, larger indexes)."


def draw(rows: Sequence[Row], path: Path) -> None:
    matplotlib.rcParams["svg.hashsalt"] = "alsu-kg"
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    lines: dict[str, Callable[[Row], float]] = {
        "candidates, alsu-kg": lambda r: r.select_wall,
        "string to decision, alsu-kg": lambda r: r.link_cpu,
        "candidates, BM25 over all words": lambda r: r.peer_select,
        "with crossref-matcher": lambda r: r.peer_select + r.matcher if r.matcher else 0.0,
    }
    for (name, value), style in zip(lines.items(), ("o-", "s-", "^--", "v--"), strict=True):
        there = [(r.size, value(r) * 1000) for r in rows if value(r)]
        axes.plot([size for size, _ in there], [time for _, time in there], style, label=name)
    axes.axhline(1000 * 2 / 300, color="0.6", linewidth=1)
    axes.annotate("goal: 300 a second on two cores", (rows[0].size, 1000 * 2 / 300), va="bottom", color="0.4")
    axes.set(
        xscale="log", yscale="log", xlabel="records in the index", ylabel="milliseconds for a reference, one process"
    )
    axes.legend()
    axes.grid(alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    sys.exit(main())
