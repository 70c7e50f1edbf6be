"""How long the networks of 10,000 linked documents take: read, multiplied, drawn; beside the self-join that they replace.

Run with ``python tests/benchmarks/bench_networks.py [DOCUMENTS]``. The same run asks SPARQL for the same pairs, on a part of the
documents, because the join grows with the square of them.
"""

import random
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import pyoxigraph as ox

from alsu_kg.citation_views import make_network
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


def main(documents: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        graph = make_graph(documents, Path(folder))
        print(f"{documents:,} documents, {len(graph) - documents:,} citations")
        for name in ("shared-references", "co-citation"):
            for least in (2, 1):
                begun = perf_counter()
                network = make_network(graph, name, least=least)
                seconds = perf_counter() - begun
                print(
                    f"{name:<18} least {least}: {seconds:6.1f} s, {len(network):,} nodes, {network.number_of_edges():,} edges"
                )
            begun = perf_counter()
            draw(graph, name, {"least": "2"}, "svg")
            print(f"{name:<18} drawn:   {perf_counter() - begun:6.1f} s")
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
