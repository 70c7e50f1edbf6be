"""Computed strengths of mechanism paths as quads, apart from what curators wrote: all of it stands in ``graph:analysis``."""

from collections.abc import Sequence

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import NamedGraph, Term, text
from alsu_kg.graph.terms import ALSU, PAV, PROV, RDF, RDFS
from alsu_kg.model.path_strength import HopStrength, PathStrength, describe
from alsu_kg.model.review import ReviewRecord

METHOD = "paths 1"
"""Name and version of the rules; a change of rules that can change an answer changes the number."""


def add_strengths(graph: NamedGraph, record: ReviewRecord, strengths: Sequence[PathStrength]) -> None:
    """Say of each path of ``record`` how strong it is and what it would do, and of each hop what speaks against it."""
    for number, strength in enumerate(strengths, 1):
        path = iris.thing("path", record.record, number)
        hops = [iris.thing("hop", record.record, number, place) for place in range(1, len(strength.hops) + 1)]
        for node, hop in zip(hops, strength.hops, strict=True):
            _add_hop(graph, node, hop)
        graph.add_text(path, ALSU.strength, strength.summary)
        graph.add_text(path, ALSU.pathEffect, strength.effect)
        graph.add_text(path, ALSU.effectNote, strength.why_unknown)
        if strength.weakest is not None:
            graph.add(path, ALSU.weakestHop, hops[strength.weakest])
            graph.add_text(path, ALSU.whyWeak, describe(strength.hops[strength.weakest].weaknesses))


def _add_hop(graph: NamedGraph, node: Term, hop: HopStrength) -> None:
    graph.add(node, ALSU.weakness, *(iris.thing("weakness", weakness.kind) for weakness in hop.weaknesses))
    graph.add_text(node, ALSU.whyWeak, describe(hop.weaknesses))
    graph.add_text(node, ALSU.notKnown, "; ".join(hop.not_known))
    graph.add_text(node, ALSU.chainPolarity, hop.polarity)
    graph.add_text(node, ALSU.contextChange, hop.context_change)


def add_analysis_provenance(about: NamedGraph, sources: Sequence[Term]) -> None:
    """Say that ``graph:analysis`` was computed by alsu-kg, by which version of the rules, from which named graphs."""
    agent = iris.thing("curator", "alsu-kg")
    about.add(agent, RDF.type, PROV.SoftwareAgent)
    about.add(agent, RDFS.label, text("alsu-kg"))
    about.add(iris.ANALYSIS_GRAPH, RDF.type, ALSU.AnalysisGraph)
    about.add(iris.ANALYSIS_GRAPH, PROV.wasAttributedTo, agent)
    about.add(iris.ANALYSIS_GRAPH, PAV.version, text(METHOD))
    about.add(iris.ANALYSIS_GRAPH, PROV.wasDerivedFrom, *sources)
