"""``alsu-kg export``: the graph, or one review of it, in another format."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from alsu_kg.answers.edge_exports import write_cytoscape, write_edge_list
from alsu_kg.answers.exports import write_nquads, write_trig, write_turtle
from alsu_kg.answers.exports_jsonld import write_jsonld
from alsu_kg.answers.property_graph import make_property_graph, write_gexf, write_graphml
from alsu_kg.answers.selection import select_review
from alsu_kg.context import read_context
from alsu_kg.ontology import read_prefixes
from alsu_kg.output import write_output
from alsu_kg.store import open_graph, store_path

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

example:
  alsu-kg export --format trig -o alsu.trig
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


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``export``."""
    parser.add_argument("--format", choices=tuple(FORMATS), required=True, help="how to write the graph")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write it (default: standard output)")
    parser.add_argument("--review", metavar="N", help="only this review: its number or key, such as 58")
    parser.add_argument(
        "--store", metavar="DIR", help="folder of the store (default: ALSU_KG_STORE, else the user's data directory)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the export."""
    lines = list(open_graph(store_path(args.store)).lines())
    if args.review is not None:
        lines = select_review(lines, args.review.strip())
    write_output(FORMATS[args.format](lines), args.output)
    return 0
