"""Links of references to works as named graphs of their own: one for what the machine decided, one for what persons did.

A link keeps decision, score, evidence, runner-up, method and time, whether or not the reference is linked. An identifier that
a record states itself always wins: then a link is kept beside it and ties nothing.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from alsu_kg.graph import iris
from alsu_kg.graph.bibliography import add_citation, add_identifiers, reference_iri
from alsu_kg.graph.ntriples import NamedGraph, Term, date, date_time, decimal, text
from alsu_kg.graph.same_works import SameWorks, identifiers_of, work_of
from alsu_kg.graph.terms import ALSU, BIRO, DCTERMS, FABIO, PRISM, PROV, RDF, RDFS
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.dates import parse_date
from alsu_kg.model.review import Reference, ReviewRecord
from alsu_kg.model.stored_link import StoredLink

Links = Mapping[str, StoredLink]
"""The link that counts for each reference, by its key (``RECORD/NUMBER``)."""

NO_LINKS: Final[Links] = {}

MACHINE: Final = iris.thing("graph", "links", "machine")
PERSONS: Final = iris.thing("graph", "links", "persons")
_LINKER: Final = "alsu-kg linker"


def find_link(record: ReviewRecord, reference: Reference, links: Links) -> StoredLink | None:
    """Give the link of a reference of ``record``, if there is one."""
    return links.get(f"{record.record}/{reference.number}")


def is_tied_by_link(record: ReviewRecord, reference: Reference, links: Links) -> bool:
    """Tell whether the link says what the reference is: it does unless the record states an identifier itself."""
    return not identifiers_of(reference) and find_link(record, reference, links) is not None


def work_iri(work: Candidate, same: SameWorks) -> Term:
    """Give the IRI of a linked work: by DOI or PMID, as other references know it; else by its key in the index.

    >>> work_iri(Candidate(id="ref-6"), {})
    '<https://w3id.org/alsu-kg/id/work/index/ref-6>'
    """
    named = iris.work(doi=work.doi.lower() or None, pmid=work.pmid or None)
    if named is None:
        return iris.thing("work", "index", iris.slug(work.id))
    return same.get(named, named)


def add_links(record: ReviewRecord, links: Links, same: SameWorks) -> list[NamedGraph]:
    """Give what links say of the references of ``record``: the graphs of links, of works, and of provenance."""
    graphs = {MACHINE: NamedGraph(MACHINE), PERSONS: NamedGraph(PERSONS)}
    works, about = NamedGraph(iris.WORKS_GRAPH), NamedGraph(iris.PROVENANCE_GRAPH)
    for reference in record.references:
        link = find_link(record, reference, links)
        if link is None:
            continue
        graph = graphs[PERSONS if link.by else MACHINE]
        _add_link(graph, record, reference, link, same)
        for work in filter(None, (link.work, link.runner_up)):
            _add_work(graph, works, work_iri(work, same), work)
        _add_provenance(about, graph, link)
        if link.work:
            about.add(iris.WORKS_GRAPH, PROV.wasDerivedFrom, graph.iri)
    return [*graphs.values(), works, about]


def _add_link(graph: NamedGraph, record: ReviewRecord, reference: Reference, link: StoredLink, same: SameWorks) -> None:
    node, printed = iris.thing("link", record.record, reference.number), reference_iri(record, reference.number)
    work = work_iri(link.work, same) if link.work else None
    graph.add(node, RDF.type, ALSU.Link)
    graph.add(node, ALSU.ofReference, printed)
    graph.add(node, ALSU.linkDecision, text(link.decision))
    graph.add(node, ALSU.linkedWork, work)
    graph.add(node, ALSU.linkScore, decimal(link.score) if link.score is not None else None)
    graph.add(node, ALSU.linkEvidence, *(text(f"{name} {value:g}") for name, value in link.evidence.items()))
    graph.add_text(node, ALSU.linkMethod, link.method or _LINKER)
    graph.add_text(node, ALSU.linkReason, link.reason)
    graph.add(node, PROV.generatedAtTime, _time(link.at))
    graph.add(node, PROV.wasAttributedTo, _agent(link))
    if link.runner_up:
        graph.add(node, ALSU.runnerUp, work_iri(link.runner_up, same))
        graph.add(node, ALSU.runnerUpScore, decimal(link.runner_up_score) if link.runner_up_score is not None else None)
    stated = work_of(reference, same)
    if stated:
        if work and work != stated:
            graph.add_text(node, RDFS.comment, "differs from the identifier that the record states, which wins")
        return
    graph.add(printed, ALSU.linkStatus, text(link.decision))
    graph.add_text(printed, ALSU.linkReason, link.reason if work is None else None)
    if work:
        graph.add(printed, BIRO.references, work)
        add_citation(graph, record, work, str(reference.number))


def _add_work(graph: NamedGraph, works: NamedGraph, node: Term, work: Candidate) -> None:
    """Describe a work: its identifiers where all works have theirs, the fields of the index beside the link."""
    works.add(node, RDF.type, FABIO.Work)
    add_identifiers(works, node, work.doi or None, work.pmid or None)
    graph.add_text(node, DCTERMS.title, work.title)
    graph.add_text(node, PRISM.publicationName, work.container or work.short_container)
    graph.add(node, FABIO.hasPublicationYear, date(str(work.year)) if work.year else None)


def _add_provenance(about: NamedGraph, graph: NamedGraph, link: StoredLink) -> None:
    agent = _agent(link)
    about.add(agent, RDF.type, PROV.Agent if link.by else PROV.SoftwareAgent)
    about.add(agent, RDFS.label, text(link.by or _LINKER))
    about.add(graph.iri, RDF.type, ALSU.LinkGraph)
    about.add(graph.iri, PROV.wasAttributedTo, agent)


def _agent(link: StoredLink) -> Term:
    return iris.thing("curator", iris.slug(link.by or _LINKER))


def _time(at: str) -> Term | None:
    """Write the time or day of a link; what is neither is left out."""
    if "T" in at:
        return date_time(at)
    return date(at) if at and parse_date(at) == at else None


def keys_of(record: ReviewRecord) -> Iterable[str]:
    """Give the keys of the references of ``record``."""
    return (f"{record.record}/{reference.number}" for reference in record.references)
