"""A record as quads: the one place that says which part of a record goes into which named graph."""

from collections.abc import Iterator, Mapping, Sequence

from alsu_kg.graph import iris
from alsu_kg.graph.bibliography import add_pointers, add_references, add_review, add_sections, add_work
from alsu_kg.graph.current_grades import Dated, find_current
from alsu_kg.graph.evidence import Scene, add_claims, add_grades, add_paths
from alsu_kg.graph.findings import NO_FINDINGS, Findings, add_analysis_provenance, add_findings
from alsu_kg.graph.links import add_links, is_tied_by_link
from alsu_kg.graph.ntriples import NamedGraph, Term, external_term, text
from alsu_kg.graph.provenance import add_graphs, add_sources
from alsu_kg.graph.reports import add_reports
from alsu_kg.graph.same_works import NO_WORKS, SameWorks, work_of
from alsu_kg.graph.terms import ALSU, PROV, RDF, RDFS, SKOS
from alsu_kg.grounding.lexicon import Entry, Lexicon
from alsu_kg.model.review import Category, Grade, Reference, RelatedWork, ReviewRecord

Rivals = Mapping[tuple[str, Category], Sequence[Dated]]
"""Assessments of the same treatments in other records, by treatment and category."""


def make_lines(
    record: ReviewRecord,
    lexicon: Lexicon,
    *,
    expand: Mapping[str, str],
    rivals: Rivals | None = None,
    same_works: SameWorks = NO_WORKS,
    findings: Findings = NO_FINDINGS,
) -> list[str]:
    """Turn ``record`` into N-Quads lines, sorted and without repetitions.

    ``expand`` maps the prefixes of external identifiers to namespaces. ``rivals`` are assessments of the same treatment in
    other records, so that the rule of current grades sees them all; ``same_works`` are the works that other references
    name otherwise; ``findings`` are what was computed of the record, and the links of its references.
    """
    scene = Scene(record, lexicon, {}, same_works)
    whole = scene.graph(None)
    main_source = record.sources[0].key if len(record.sources) == 1 or record.review.source else None
    document = scene.graph(main_source)
    add_review(whole, record)
    _add_treatment(whole, record, expand)
    add_sections(document, record)
    tied = {item.number for item in record.references if is_tied_by_link(record, item, findings.links)}
    add_references(document, record, scene.source(main_source), same=same_works, tied=tied)
    add_pointers(document, record, scene.source(main_source))
    add_grades(scene, _current(record, rivals or {}))
    add_claims(scene)
    add_paths(scene)
    add_reports(scene)
    about, works = NamedGraph(iris.PROVENANCE_GRAPH), _make_works(record, same_works)
    add_sources(about, record)
    add_graphs(about, record, [key for key, graph in scene.graphs.items() if graph.lines])
    if works.lines:
        about.add(iris.WORKS_GRAPH, PROV.wasDerivedFrom, document.iri if record.references else whole.iri)
    analysis = NamedGraph(iris.ANALYSIS_GRAPH)
    add_findings(analysis, record, findings)
    if analysis.lines:
        add_analysis_provenance(about, _analysed_graphs(record, findings))
    linked = add_links(record, findings.links, same_works)
    return sorted({line for graph in (*scene.graphs.values(), works, analysis, about, *linked) for line in graph.lines})


def _analysed_graphs(record: ReviewRecord, findings: Findings) -> list[Term]:
    """Give the named graphs that ``findings`` follow from: of the paths, of their claims, of the claims that were compared."""
    claims = {hop for path in record.paths for hop in path.hops} | {check.claim for check in findings.checks}
    keys = {path.stated_in for path in record.paths} | {record.claims[claim].stated_in for claim in claims}
    return sorted(iris.graph(record.record, key) for key in keys)


def _make_works(record: ReviewRecord, same_works: SameWorks) -> NamedGraph:
    """Describe the works of ``record`` in the one graph of works, where every work stands once whoever cites it."""
    works = NamedGraph(iris.WORKS_GRAPH)
    items: tuple[Reference | RelatedWork, ...] = (*record.references, *record.related_works)
    for item in items:
        work = work_of(item, same_works)
        if work:
            add_work(works, work, item)
    return works


def _add_treatment(graph: NamedGraph, record: ReviewRecord, expand: Mapping[str, str]) -> None:
    treatment = record.treatment
    for name in dict.fromkeys(grade.of_treatment for grade in record.grades if grade.of_treatment):
        listed = iris.treatment(name)
        graph.add(listed, RDF.type, ALSU.Treatment)
        graph.add(listed, RDFS.label, text(name))
        graph.add_text(listed, ALSU.key, iris.slug(name))
        graph.add(listed, ALSU.inReview, iris.review(record))
    if treatment is None:
        return
    node = iris.treatment(treatment.label)
    graph.add(node, RDF.type, ALSU.Treatment)
    graph.add(node, RDFS.label, text(treatment.label))
    graph.add_text(node, ALSU.key, iris.slug(treatment.label))
    graph.add(node, SKOS.altLabel, *(text(alias) for alias in treatment.aliases))
    graph.add_text(node, ALSU.treatmentKind, treatment.kind)
    graph.add(node, ALSU.inReview, iris.review(record))
    for external in treatment.identifiers.values():
        match = external_term(external.id, expand)
        graph.add(node, SKOS.exactMatch, match)
        graph.add(match, RDFS.label, text(external.label))


def dated(record: ReviewRecord, grade: Grade) -> Dated:
    """Give what the rule of current grades looks at in one assessment of ``record``."""
    kinds = {source.key: source.kind for source in record.sources}
    return Dated(grade.superseded, kinds.get(grade.stated_in or ""), grade.as_of)


def _current(record: ReviewRecord, rivals: Rivals) -> list[bool]:
    current = [False] * len(record.grades)
    key = iris.slug(record.treatment.label) if record.treatment else record.record
    for category, name in {(grade.category, grade.of_treatment) for grade in record.grades}:
        own = [i for i, grade in enumerate(record.grades) if (grade.category, grade.of_treatment) == (category, name)]
        others = rivals.get((key, category), ()) if name is None else ()
        all_dated = [*(dated(record, record.grades[i]) for i in own), *others]
        for i, is_current in zip(own, find_current(all_dated), strict=False):
            current[i] = is_current
    return current


def treatment_entries(records: Sequence[ReviewRecord]) -> Iterator[Entry]:
    """Give the reviewed treatments as words for the lexicon."""
    for record in records:
        if record.treatment:
            labels = (record.treatment.label, *record.treatment.aliases)
            yield Entry(iris.treatment(record.treatment.label), labels, "treatment")


def find_rivals(records: Sequence[ReviewRecord]) -> dict[str, Rivals]:
    """Find for each record key the assessments of the same treatment in other records."""
    by_treatment: dict[str, list[ReviewRecord]] = {}
    for record in records:
        if record.treatment:
            by_treatment.setdefault(iris.slug(record.treatment.label), []).append(record)
    found: dict[str, Rivals] = {}
    for key, group in by_treatment.items():
        if len(group) > 1:
            for record in group:
                found[record.record] = _others(key, record, group)
    return found


def _others(key: str, record: ReviewRecord, group: Sequence[ReviewRecord]) -> Rivals:
    others: dict[tuple[str, Category], list[Dated]] = {}
    for other in group:
        if other is not record:
            for grade in other.grades:
                others.setdefault((key, grade.category), []).append(dated(other, grade))
    return others
