"""Where everything comes from: sources, named graphs, curation (PROV-O) and places in the raw text (Web Annotation).

Every quad about a review stands in a named graph, and every named graph says here from which source it was derived, by
whom and when; that is the provenance of each statement.
"""

from collections.abc import Iterable

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import NamedGraph, Term, date, integer, iri, text
from alsu_kg.graph.terms import ALSU, DCTERMS, FOAF, OA, PROV, RDF, RDFS
from alsu_kg.model.review import Curation, Decided, Place, ReviewRecord, Source


def source_iri(record: ReviewRecord, key: str) -> Term:
    """Give the IRI of one source of ``record``."""
    return iris.thing("source", record.record, key)


def add_sources(graph: NamedGraph, record: ReviewRecord) -> None:
    """Describe the sources of ``record``: kind, address, date, checksum."""
    for source in record.sources:
        _add_source(graph, source_iri(record, source.key), source)


def _add_source(graph: NamedGraph, node: Term, source: Source) -> None:
    graph.add(node, RDF.type, PROV.Entity)
    graph.add(node, ALSU.sourceKind, text(source.kind))
    graph.add_text(node, ALSU.key, source.key)
    graph.add_text(node, DCTERMS.title, source.title)
    graph.add_text(node, ALSU.sha256, source.sha256)
    if source.date:
        graph.add(node, ALSU.asOf, date(source.date))
    if source.url:
        is_web = source.url.startswith(("http://", "https://"))
        graph.add(node, FOAF.page if is_web else DCTERMS.identifier, iri(source.url) if is_web else text(source.url))


def add_graphs(graph: NamedGraph, record: ReviewRecord, used: Iterable[str | None]) -> None:
    """Say of each named graph of ``record`` from which sources it was derived, by whom and when.

    ``used`` are the source keys whose graphs hold something; ``None`` is the graph of the record as a whole, which is
    derived from all its sources.
    """
    for key in used:
        node = iris.graph(record.record, key)
        graph.add(node, RDF.type, ALSU.SourceGraph)
        graph.add(node, ALSU.inReview, iris.review(record))
        keys = [key] if key else [source.key for source in record.sources]
        graph.add(node, PROV.wasDerivedFrom, *(source_iri(record, one) for one in keys))
        if record.curation:
            _add_curation(graph, node, record.curation)


def _add_curation(graph: NamedGraph, node: Term, curation: Curation) -> None:
    _attribute(graph, node, curation.agent, curation.date)


def add_decision(graph: NamedGraph, node: Term, decided: Decided | None) -> None:
    """Say which person decided on ``node``, which a machine had read, and when."""
    if decided:
        _attribute(graph, node, decided.by, decided.date)


def _attribute(graph: NamedGraph, node: Term, name: str, when: str) -> None:
    agent = iris.thing("curator", iris.slug(name))
    graph.add(agent, RDF.type, PROV.Agent)
    graph.add(agent, RDFS.label, text(name))
    graph.add(node, PROV.wasAttributedTo, agent)
    graph.add(node, PROV.generatedAtTime, date(when))


def add_place(graph: NamedGraph, node: Term, place: Place | None, source: Term | None) -> None:
    """Tie ``node`` to where it stands: section, and characters ``start`` to ``end`` of ``source`` (oa:TextPositionSelector)."""
    if place is None:
        return
    graph.add_text(node, ALSU.inSection, place.section)
    if place.start is None or place.end is None:
        return
    key = node[1:-1].removeprefix(iris.BASE + "id/")
    where, selector = iris.thing("place", key), iris.thing("place", key, "selector")
    graph.add(node, ALSU.place, where)
    graph.add(where, RDF.type, OA.SpecificResource)
    graph.add(where, OA.hasSource, source)
    graph.add(where, OA.hasSelector, selector)
    graph.add(selector, RDF.type, OA.TextPositionSelector)
    graph.add(selector, OA.start, integer(place.start))
    graph.add(selector, OA.end, integer(place.end))
