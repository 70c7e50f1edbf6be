"""``alsu-kg export``: the graph, or one review of it, in another format."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from alsu_kg.answers.citation_formats import bibtex_text, csl_json_text, ris_text
from alsu_kg.answers.edge_exports import write_cytoscape, write_edge_list
from alsu_kg.answers.exports import write_nquads, write_trig, write_turtle
from alsu_kg.answers.exports_jsonld import write_jsonld
from alsu_kg.answers.network import Network
from alsu_kg.answers.network_exports import (
    write_network_csv,
    write_network_cytoscape,
    write_network_gexf,
    write_network_graphml,
)
from alsu_kg.answers.property_graph import make_property_graph, write_gexf, write_graphml
from alsu_kg.answers.selection import select_review
from alsu_kg.answers.work_exports import works_of
from alsu_kg.citation_views import NETWORKS, add_labels, make_network
from alsu_kg.context import read_context
from alsu_kg.model.errors import UsageError
from alsu_kg.model.work import Work
from alsu_kg.ontology import read_prefixes
from alsu_kg.output import write_output
from alsu_kg.store import Graph, open_graph, store_path

HELP: Final = """Write the graph of a store, or one review of it, in another format.

formats:
  nquads     all statements with their named graphs, sorted: the exact graph
  trig       the same, readable
  jsonld     the same as JSON-LD, with the keys of the project's context
  turtle     all statements together; the names of the named graphs (who states what) are lost
  graphml    a property graph: claims are nodes, for Gephi, Cytoscape, yEd, networkx
  gexf       the same for Gephi
  cytoscape  the same as JSON for Cytoscape.js
  csv        the same as a list of edges: source, predicate, target, graph
  csl-json   the works that reviews cite, for reference managers
  bibtex     the same
  ris        the same

With --network co-citation or shared-references what is written is that network: works tied by how many reviews cite both, or
reviews tied by how many works both cite (graphml, gexf, cytoscape, csv).

example:
  alsu-kg export --format trig -o alsu.trig
  alsu-kg export --format bibtex --review 58 -o azathioprine.bib
  alsu-kg export --format graphml --network co-citation -o co-citation.graphml
  alsu-kg export --format jsonld --review 58 | jq '."@graph"[]."@id"'"""

FORMATS: Final[Mapping[str, Callable[[Sequence[str]], bytes]]] = {
    "turtle": lambda lines: write_turtle(lines, read_prefixes()),
    "trig": lambda lines: write_trig(lines, read_prefixes()),
    "nquads": write_nquads,
    "jsonld": lambda lines: write_jsonld(lines, read_context()),
    "graphml": lambda lines: write_graphml(make_property_graph(lines)).encode(),
    "gexf": lambda lines: write_gexf(make_property_graph(lines)).encode(),
    "cytoscape": lambda lines: write_cytoscape(make_property_graph(lines)).encode(),
    "csv": lambda lines: write_edge_list(make_property_graph(lines)).encode(),
}

WORKS: Final[Mapping[str, Callable[[Sequence[Work]], str]]] = {
    "csl-json": csl_json_text,
    "bibtex": bibtex_text,
    "ris": ris_text,
}
NETWORK_FORMATS: Final[Mapping[str, Callable[[Network], str]]] = {
    "graphml": write_network_graphml,
    "gexf": write_network_gexf,
    "cytoscape": write_network_cytoscape,
    "csv": write_network_csv,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``export``."""
    parser.add_argument("--format", choices=(*FORMATS, *WORKS), required=True, help="how to write the graph")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (default: standard output)")
    parser.add_argument("--network", choices=NETWORKS, help="write this network instead of the whole graph")
    parser.add_argument("--review", metavar="N", help="only this review: its number or key, such as 58")
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the export."""
    graph = open_graph(store_path(args.store))
    if args.network:
        write_output(_write_network(graph, args).encode(), args.output)
        return 0
    lines = list(graph.lines())
    if args.format in WORKS:
        chosen = None if args.review is None else _subjects(select_review(lines, args.review.strip()))
        write_output(WORKS[args.format](works_of(lines, chosen)).encode(), args.output)
        return 0
    if args.review is not None:
        lines = select_review(lines, args.review.strip())
    write_output(FORMATS[args.format](lines), args.output)
    return 0


def _subjects(lines: Sequence[str]) -> set[str]:
    return {line.split(" ", 1)[0][1:-1] for line in lines}


def _write_network(graph: Graph, args: argparse.Namespace) -> str:
    if args.format not in NETWORK_FORMATS or args.review is not None:
        raise UsageError(
            "a network is of all reviews, and has formats of its own", place="--network",
            repair=f"leave --review out, and use --format {', '.join(NETWORK_FORMATS)}",
        )  # fmt: skip
    network = make_network(graph, args.network)
    add_labels(graph, network, args.network)
    return NETWORK_FORMATS[args.format](network)
