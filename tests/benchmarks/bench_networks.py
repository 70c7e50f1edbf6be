"""How long the networks of 10,000 linked documents take: read, multiplied, drawn; beside the self-join that they replace.

Run with ``python tests/benchmarks/bench_networks.py [DOCUMENTS]``. The same run asks SPARQL for the same pairs, on a part of the
documents, because the join grows with the square of them.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import pyoxigraph as ox

from alsu_kg.citation_views import make_network, read_citations
from alsu_kg.linking.citation_networks import most_cited
from alsu_kg.model.errors import WorkError
from alsu_kg.pictures import draw
from alsu_kg.queries import ask
from alsu_kg.store import Graph

BASE = "https://w3id.org/alsu-kg/id/"
CITES = ox.NamedNode("http://purl.org/spar/cito/cites")
KEY = ox.NamedNode("https://w3id.org/alsu-kg/vocab#key")
CITED = 40
JOINED = 1_000


def make_graph(documents: int, folder: Path) -> Graph:
    """Make a graph of documents that cite 40 works each; works are cited unevenly, the first about twenty times."""
    chance = random.Random(1)
    store = ox.Store(str(folder))
    quads = []
    for number in range(documents):
        document, graph = ox.NamedNode(f"{BASE}review/{number}"), ox.NamedNode(f"{BASE}graph/{number}")
        quads.append(ox.Quad(document, KEY, ox.Literal(str(number)), graph))
        works = {int(chance.expovariate(1 / (2 * documents))) for _ in range(CITED)}
        quads += [ox.Quad(document, CITES, ox.NamedNode(f"{BASE}work/doi/10.5555/w{work}"), graph) for work in works]
    store.bulk_extend(quads)
    store.flush()
    return Graph(store)


def timed(what: str, work: Callable[[], str]) -> None:
    """Print how long some work takes, by the clock and of the processor: the machine may be busy with other things."""
    begun, used = perf_counter(), process_time()
    result = work()
    print(
        f"{what:<30} {perf_counter() - begun:6.1f} s, {process_time() - used:6.1f} s of processor time: {result}",
        flush=True,
    )


def size_of(graph: Graph, name: str, least: int) -> str:
    try:
        network = make_network(graph, name, least=least)
    except WorkError as error:
        return f"refused: {error.what}"
    return f"{len(network):,} nodes, {network.number_of_edges():,} edges"


def drawn(graph: Graph, name: str) -> str:
    return f"{len(draw(graph, name, {'least': '2'}, 'svg')):,} bytes"


def main(documents: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        graph = make_graph(documents, Path(folder))
        print(f"{documents:,} documents, {len(graph) - documents:,} citations")
        timed("citations read", lambda: f"{len(read_citations(graph)):,} documents")
        timed("most cited works", lambda: f"{len(most_cited(read_citations(graph))):,} works")
        for name in ("shared-references", "co-citation"):
            for least in (2, 1):
                timed(f"{name}, {least} or more", partial(size_of, graph, name, least))
            timed(f"{name}, drawn", partial(drawn, graph, name))
    with tempfile.TemporaryDirectory() as folder:
        part = make_graph(JOINED, Path(folder))
        begun = perf_counter()
        rows = len(ask(part, "corpus_shared-references"))
        joined = perf_counter() - begun
        begun = perf_counter()
        edges = make_network(part, "shared-references").number_of_edges()
        sparse = perf_counter() - begun
        print(
            f"{JOINED:,} documents: self-join in SPARQL {joined:.1f} s ({rows:,} pairs), sparse {sparse:.2f} s ({edges:,} pairs)"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
