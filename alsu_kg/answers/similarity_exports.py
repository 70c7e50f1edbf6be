"""The network of similar treatments as GraphML and GEXF: lists become text, so that every program can read them."""

import io
import re
from typing import Final, cast

import networkx as nx

from alsu_kg.analysis.mechanism_communities import SimilarityNetwork
from alsu_kg.analysis.mechanism_profiles import Scheme
from alsu_kg.answers.answer import LIST_SEPARATOR

_WRITTEN_ON: Final = re.compile(r' lastmodifieddate="[^"]*"')


def write_similarity_graphml(network: SimilarityNetwork, scheme: Scheme) -> bytes:
    """Write the network as GraphML; the same network gives the same bytes."""
    file = io.BytesIO()
    nx.write_graphml_xml(_flat(network, scheme), file)
    return file.getvalue() + b"\n"


def write_similarity_gexf(network: SimilarityNetwork, scheme: Scheme) -> bytes:
    """Write the network as GEXF 1.2 without a date of writing; the same network gives the same bytes."""
    file = io.BytesIO()
    nx.write_gexf(_flat(network, scheme), cast("str", file))
    return _WRITTEN_ON.sub("", file.getvalue().decode()).encode() + b"\n"


def _flat(network: SimilarityNetwork, scheme: Scheme) -> SimilarityNetwork:
    flat: SimilarityNetwork = nx.Graph()
    for node, data in network.nodes(data=True):
        reviews = LIST_SEPARATOR.join(data["reviews"])
        flat.add_node(node, label=data["label"], reviews=reviews, community=data["community"])
    for one, other, data in network.edges(data=True):
        shared = LIST_SEPARATOR.join(scheme.label(feature) for feature in data["shared"])
        flat.add_edge(one, other, weight=data["score"], asserted=data["asserted"], shared=shared)
    return flat
