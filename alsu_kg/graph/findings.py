"""What was computed of a record as quads, apart from what curators wrote: all of it stands in ``graph:analysis``."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from alsu_kg.graph import iris
from alsu_kg.graph.bibliography import reference_iri
from alsu_kg.graph.links import NO_LINKS, Links
from alsu_kg.graph.ntriples import NamedGraph, Term, date_time, is_time, text
from alsu_kg.graph.terms import ALSU, PAV, PROV, RDF, RDFS
from alsu_kg.model.aboutness import NOT_ABOUT, Aboutness
from alsu_kg.model.path_strength import HopStrength, PathStrength, describe
from alsu_kg.model.review import ReviewRecord

METHODS: Final = ("aboutness 1", "paths 1")
"""Names and versions of the rules; a change of rules that can change an answer changes the number."""


class Findings(NamedTuple):
    """What was computed of one record: the strength of each path, each claim against each work that it cites, links to works."""

    strengths: tuple[PathStrength, ...] = ()
    checks: tuple[Aboutness, ...] = ()
    links: Links = NO_LINKS


NO_FINDINGS: Final = Findings()


def add_findings(graph: NamedGraph, record: ReviewRecord, findings: Findings) -> None:
    """Describe what was computed of ``record``."""
    _add_strengths(graph, record, findings.strengths)
    for check in findings.checks:
        _add_check(graph, record, check)


def _add_strengths(graph: NamedGraph, record: ReviewRecord, strengths: Sequence[PathStrength]) -> None:
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


def _add_check(graph: NamedGraph, record: ReviewRecord, check: Aboutness) -> None:
    """Describe one comparison: of which claim with which reference, what came of it, what was read, and when."""
    node = iris.thing("aboutness", record.record, check.claim + 1, check.reference)
    claim, reference = iris.thing("claim", record.record, check.claim + 1), reference_iri(record, check.reference)
    if check.status in NOT_ABOUT:
        graph.add(claim, ALSU.indirectCitation, reference)
    graph.add(node, RDF.type, ALSU.AboutnessCheck)
    graph.add(node, ALSU.comparedClaim, claim)
    graph.add(node, ALSU.comparedReference, reference)
    graph.add_text(node, ALSU.aboutness, check.status)
    graph.add(node, ALSU.fieldRead, *map(text, check.fields))
    graph.add_text(node, ALSU.missingWord, check.missing)
    graph.add_text(node, ALSU.titleNames, check.title_names)
    graph.add_text(node, RDFS.comment, check.reason)
    if check.checked_at and is_time(check.checked_at):
        graph.add(node, PROV.generatedAtTime, date_time(check.checked_at))


def add_analysis_provenance(about: NamedGraph, sources: Sequence[Term]) -> None:
    """Say that ``graph:analysis`` was computed by alsu-kg, by which versions of the rules, from which named graphs."""
    agent = iris.thing("curator", "alsu-kg")
    about.add(agent, RDF.type, PROV.SoftwareAgent)
    about.add(agent, RDFS.label, text("alsu-kg"))
    about.add(iris.ANALYSIS_GRAPH, RDF.type, ALSU.AnalysisGraph)
    about.add(iris.ANALYSIS_GRAPH, PROV.wasAttributedTo, agent)
    about.add(iris.ANALYSIS_GRAPH, PAV.version, *map(text, METHODS))
    about.add(iris.ANALYSIS_GRAPH, PROV.wasDerivedFrom, *sources)
