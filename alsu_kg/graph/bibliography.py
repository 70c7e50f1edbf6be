"""The published review, its reference list, the works it cites and its in-text pointers (FaBiO, BiRO, CiTO, C4O, DoCO)."""

from collections.abc import Collection
from typing import Final, Protocol

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import NamedGraph, Term, address, date, integer, iri, text
from alsu_kg.graph.provenance import add_place
from alsu_kg.graph.same_works import SameWorks, work_of
from alsu_kg.graph.terms import ALSU, BIBO, BIRO, C4O, CITO, DCTERMS, DOCO, FABIO, FOAF, OA, PRISM, RDF, RDFS, SCHEMA
from alsu_kg.model.review import Reference, RelatedWork, Review, ReviewRecord

WORK_CLASSES: Final = {
    "article": FABIO.JournalArticle,
    "book": FABIO.Book,
    "book-chapter": FABIO.BookChapter,
    "web-page": FABIO.WebPage,
    "preprint": FABIO.Preprint,
    "report": FABIO.Report,
}


class _Printed(Protocol):
    """What reviews, references and related works have in common: where a text was published."""

    @property
    def title(self) -> str | None: ...
    @property
    def volume(self) -> str | None: ...
    @property
    def first_page(self) -> str | None: ...
    @property
    def last_page(self) -> str | None: ...


def add_review(graph: NamedGraph, record: ReviewRecord) -> None:
    """Describe the published review of ``record`` and tie it to the treatment it reviews."""
    review, node = record.review, iris.review(record)
    graph.add(node, RDF.type, FABIO.ReviewArticle if review.kind == "treatment-review" else FABIO.JournalArticle)
    graph.add_text(node, ALSU.key, iris.review_key(record))
    if review.part_of:
        graph.add_text(node, RDFS.label, review.part_of.label)
    else:
        _add_review_fields(graph, node, review)
    if record.treatment:
        graph.add(node, DCTERMS.subject, iris.treatment(record.treatment.label))


def _add_review_fields(graph: NamedGraph, node: Term, review: Review) -> None:
    graph.add_text(node, RDFS.label, review.title)
    graph.add_integer(node, PRISM.number, review.number)
    _add_printed(graph, node, review)
    add_identifiers(graph, node, review.doi, review.pmid, review.pmcid)
    graph.add_text(node, PRISM.issueIdentifier, review.issue)
    graph.add_text(node, PRISM.publicationName, review.journal)
    graph.add(node, FOAF.page, address(review.url) if review.url else None)
    graph.add(node, DCTERMS.issued, date(review.published) if review.published else None)
    graph.add(node, DCTERMS.modified, date(review.updated) if review.updated else None)
    for role, people in ((DCTERMS.creator, review.authors), (DCTERMS.contributor, review.reviewers)):
        for name in people:
            graph.add(node, role, _person(graph, name))
    if review.corresponding:
        graph.add(node, ALSU.corresponding, _person(graph, review.corresponding))
    if review.first_author:
        graph.add(node, ALSU.firstAuthor, _person(graph, review.first_author))


def _person(graph: NamedGraph, name: str) -> Term:
    node = iris.thing("person", iris.slug(name))
    graph.add(node, RDF.type, FOAF.Agent)
    graph.add(node, RDFS.label, text(name))
    return node


def _add_printed(graph: NamedGraph, node: Term, item: _Printed) -> None:
    graph.add_text(node, DCTERMS.title, item.title)
    graph.add_text(node, PRISM.volume, item.volume)
    graph.add_text(node, PRISM.startingPage, item.first_page)
    graph.add_text(node, PRISM.endingPage, item.last_page)


def add_identifiers(
    graph: NamedGraph, node: Term, doi: str | None = None, pmid: str | None = None, pmcid: str | None = None
) -> None:
    """Describe a work or review by the identifiers it has, as text and as the addresses that they stand for."""
    graph.add_text(node, BIBO.doi, doi)
    graph.add_text(node, FABIO.hasPubMedId, pmid)
    graph.add_text(node, FABIO.hasPubMedCentralId, pmcid)
    graph.add(node, SCHEMA.sameAs, iri(f"https://doi.org/{doi}") if doi else None)
    graph.add(node, SCHEMA.sameAs, iri(f"https://pubmed.ncbi.nlm.nih.gov/{pmid}") if pmid else None)


def add_sections(graph: NamedGraph, record: ReviewRecord) -> None:
    """List the sections of the document with their roles and places."""
    for position, section in enumerate(record.sections, 1):
        node = iris.thing("section", record.record, position)
        graph.add(node, RDF.type, DOCO.Section)
        graph.add(node, ALSU.inReview, iris.review(record))
        graph.add(node, ALSU.position, integer(position))
        graph.add(node, DCTERMS.title, text(section.heading))
        graph.add(node, ALSU.role, text(section.role))
        graph.add_integer(node, OA.start, section.start)
        graph.add_integer(node, OA.end, section.end)


def reference_iri(record: ReviewRecord, number: int) -> Term:
    """Give the IRI of one entry of the reference list of ``record``."""
    return iris.thing("reference", record.record, number)


def add_references(
    graph: NamedGraph, record: ReviewRecord, source: Term | None, *, same: SameWorks, tied: Collection[int] = ()
) -> None:
    """Describe each reference as printed, whether it is linked and why, and the citation of its work.

    What the references with the numbers ``tied`` are is said elsewhere, by links.
    """
    for reference in record.references:
        node = reference_iri(record, reference.number)
        graph.add(node, RDF.type, BIRO.BibliographicReference)
        graph.add(node, ALSU.inReview, iris.review(record))
        graph.add(node, ALSU.position, integer(reference.number))
        _add_reference_fields(graph, node, reference)
        add_place(graph, node, reference.raw_place, source)
        if reference.number in tied:
            continue
        work = work_of(reference, same)
        status = reference.link_status or ("linked" if work else "unlinked")
        graph.add(node, ALSU.linkStatus, text(status))
        graph.add_text(node, ALSU.linkReason, reference.link_reason)
        if work and status == "linked":
            graph.add(node, BIRO.references, work)
            add_citation(graph, record, work, str(reference.number))


def _add_reference_fields(graph: NamedGraph, node: Term, reference: Reference) -> None:
    graph.add(node, RDFS.label, text(label_reference(reference)))
    graph.add(node, DCTERMS.type, WORK_CLASSES.get(reference.kind))
    graph.add_text(node, ALSU.authors, "; ".join(reference.authors))
    _add_printed(graph, node, reference)
    graph.add_text(node, PRISM.issueIdentifier, reference.issue)
    graph.add_text(node, PRISM.publicationName, reference.container)
    graph.add(node, FABIO.hasPublicationYear, date(str(reference.year)) if reference.year else None)
    graph.add(node, FABIO.hasAccessDate, date(reference.accessed) if reference.accessed else None)
    graph.add(node, FOAF.page, address(reference.url) if reference.url else None)
    graph.add_text(node, DCTERMS.source, reference.identifier_source)
    graph.add_text(node, RDFS.comment, reference.note)


def label_reference(reference: Reference) -> str:
    """Give a short label of a reference: first author, year, container, or what there is instead.

    >>> label_reference(Reference(number=11, authors=("Huang Y", "Zhou J"), year=2017, container="J Ethnopharmacol"))
    'Huang Y 2017 J Ethnopharmacol'
    """
    parts = [
        reference.authors[0] if reference.authors else None,
        str(reference.year) if reference.year else None,
        reference.container,
    ]
    known = [part for part in parts if part]
    return " ".join(known) if known else reference.title or reference.url or f"reference {reference.number}"


def add_citation(graph: NamedGraph, record: ReviewRecord, work: Term, key: str) -> None:
    """Say that the review of ``record`` cites ``work``; ``key`` tells the citation from its others."""
    citation, review = iris.thing("citation", record.record, key), iris.review(record)
    graph.add(citation, RDF.type, CITO.Citation)
    graph.add(citation, CITO.hasCitingEntity, review)
    graph.add(citation, CITO.hasCitedEntity, work)
    graph.add(review, CITO.cites, work)


def add_work(graph: NamedGraph, work: Term, item: Reference | RelatedWork) -> None:
    """Describe a work by the identifiers that are known for it (its title stays with what printed it)."""
    graph.add(work, RDF.type, FABIO.Work)
    kind = item.kind if isinstance(item, Reference) else None
    graph.add(work, RDF.type, WORK_CLASSES.get(kind) if kind else None)
    add_identifiers(graph, work, item.doi, item.pmid, item.pmcid if isinstance(item, Reference) else None)


def add_pointers(graph: NamedGraph, record: ReviewRecord, source: Term | None) -> None:
    """List the in-text reference pointers with what they denote."""
    for position, pointer in enumerate(record.pointers, 1):
        node = iris.thing("pointer", record.record, position)
        graph.add(node, RDF.type, C4O.InTextReferencePointer)
        graph.add(node, ALSU.inReview, iris.review(record))
        graph.add(node, ALSU.position, integer(position))
        graph.add_text(node, ALSU.inSection, pointer.section)
        graph.add_text(node, C4O.hasContent, pointer.raw)
        graph.add(node, C4O.denotes, *(reference_iri(record, number) for number in pointer.numbers))
        add_place(graph, node, pointer.place, source)


def add_related_work(
    graph: NamedGraph, record: ReviewRecord, position: int, item: RelatedWork, *, same: SameWorks
) -> None:
    """Describe a study that a source ties to the treatment."""
    node = iris.thing("study", record.record, position)
    graph.add(node, RDF.type, ALSU.RelatedStudy)
    graph.add(node, ALSU.inReview, iris.review(record))
    graph.add(node, ALSU.ofTreatment, iris.treatment(record.treatment.label) if record.treatment else None)
    graph.add(node, ALSU.role, text(item.role))
    graph.add_text(node, ALSU.registryId, item.registry_id)
    graph.add_text(node, RDFS.comment, item.note)
    _add_printed(graph, node, item)
    graph.add_text(node, PRISM.publicationName, item.container)
    graph.add(node, FABIO.hasPublicationYear, date(str(item.year)) if item.year else None)
    work = work_of(item, same)
    graph.add(node, ALSU.study, work)
