"""A property graph as JSON for Cytoscape.js and as a plain list of edges."""

import csv
import io
import json

import networkx as nx

from alsu_kg.answers.property_graph import PropertyGraph


def write_cytoscape(graph: PropertyGraph) -> str:
    """Write ``graph`` as elements of Cytoscape.js (https://js.cytoscape.org/#notation/elements-json); edge ids are unique."""
    elements = nx.cytoscape_data(graph)["elements"]
    for edge in elements["edges"]:
        edge["data"]["id"] = f"edge-{edge['data'].pop('key')}"
    return json.dumps({"elements": elements}, ensure_ascii=False, indent=1) + "\n"


def write_edge_list(graph: PropertyGraph) -> str:
    """Write the edges of ``graph`` as CSV: source, predicate, target and named graph as IRIs, sorted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("source", "predicate", "target", "graph"))
    edges = graph.edges(data=True)
    writer.writerows(sorted((source, edge["predicate"], target, edge["graph"]) for source, target, edge in edges))
    return out.getvalue()
