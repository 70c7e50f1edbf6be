"""Networks of citations in the formats of network programs; the same network gives the same text."""

import csv
import io
import json
import re
from typing import Final, cast

import networkx as nx

from alsu_kg.answers.network import Network

_WRITTEN_ON: Final = re.compile(r' lastmodifieddate="[^"]*"')


def write_network_graphml(network: Network) -> str:
    """Write GraphML (http://graphml.graphdrawing.org/specification.html)."""
    file = io.BytesIO()
    nx.write_graphml_xml(_sorted(network), file)
    return file.getvalue().decode() + "\n"


def write_network_gexf(network: Network) -> str:
    """Write GEXF 1.2 (https://gexf.net/1.2/), without the day of writing."""
    file = io.BytesIO()
    nx.write_gexf(_sorted(network), cast("str", file))
    return _WRITTEN_ON.sub("", file.getvalue().decode(), count=1) + "\n"


def write_network_cytoscape(network: Network) -> str:
    """Write JSON for Cytoscape.js."""
    return json.dumps(nx.cytoscape_data(_sorted(network)), ensure_ascii=False, indent=1) + "\n"


def write_network_csv(network: Network) -> str:
    r"""Write the edges as CSV: both nodes, their labels, and what the edge counts.

    >>> write_network_csv(nx.Graph([("k:b", "k:a", {"works": 2})])).splitlines()
    ['source,target,source_label,target_label,count', 'k:a,k:b,,,2']
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("source", "target", "source_label", "target_label", "count"))
    for first, second, data in _sorted(network).edges(data=True):
        one, two = min(first, second), max(first, second)
        labels = (network.nodes[one].get("label", ""), network.nodes[two].get("label", ""))
        writer.writerow((one, two, *labels, next(iter(data.values()))))
    return file.getvalue()


def _sorted(network: Network) -> Network:
    """Give nodes and edges in order, and of the graph's own notes only what the formats can hold."""
    ordered: Network = nx.Graph()
    ordered.add_nodes_from(sorted(network.nodes(data=True)))
    edges = [(min(a, b), max(a, b), data) for a, b, data in network.edges(data=True)]
    ordered.add_edges_from(sorted(edges, key=lambda edge: edge[:2]))
    return ordered
