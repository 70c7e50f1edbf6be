"""Assessments, claims and mechanism paths.

A claim is a node with ``rdf:subject``, ``rdf:predicate`` and ``rdf:object`` (RDF 1.1 Semantics, appendix D.1: reification does
not assert the triple). Its own triple is written nowhere, whatever its status, so no query can take it for a fact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alsu_kg.graph import iris
from alsu_kg.graph.absence import add_absence_of_claim, add_absence_of_grade
from alsu_kg.graph.bibliography import reference_iri
from alsu_kg.graph.ntriples import NamedGraph, Term, boolean, date, integer, text
from alsu_kg.graph.provenance import add_decision, add_place, source_iri
from alsu_kg.graph.same_works import SameWorks
from alsu_kg.graph.terms import ALSU, BIOLINK, PROV, RDF, RDFS
from alsu_kg.grounding.lexicon import Lexicon
from alsu_kg.model.review import Claim, Context, Grade, Path, ReviewRecord

PREDICATES: Final[Mapping[str, Term]] = {
    name: getattr(BIOLINK, name)
    for name in (
        "affects",
        "regulates",
        "causes",
        "contributes_to",
        "ameliorates_condition",
        "exacerbates_condition",
        "predisposes_to_condition",
        "treats",
        "studied_to_treat",
        "in_clinical_trials_for",
        "located_in",
        "associated_with",
    )
} | {
    "tested_in": ALSU.testedIn,
    "involved_in": ALSU.involvedIn,
    "is_increased_in": ALSU.isIncreasedIn,
    "is_required_for": ALSU.isRequiredFor,
}

FLAGS: Final[Mapping[str, Term]] = {
    "single-source": ALSU.SingleSource,
    "combined-letter": ALSU.CombinedLetter,
    "low-confidence": ALSU.LowConfidence,
    "update": ALSU.Update,
}

_CONTEXT: Final = (
    ("species", BIOLINK.species_context_qualifier),
    ("model", ALSU.modelContext),
    ("cell", ALSU.cellContext),
    ("anatomy", BIOLINK.anatomical_context_qualifier),
    ("disease", BIOLINK.disease_context_qualifier),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What every part of a record is written with: the record, its graph for each source, the words known."""

    record: ReviewRecord
    lexicon: Lexicon
    graphs: dict[str | None, NamedGraph]
    same_works: SameWorks

    def graph(self, stated_in: str | None) -> NamedGraph:
        """Give the named graph for what ``stated_in`` states; a graph that is not there yet is begun."""
        if stated_in not in self.graphs:
            self.graphs[stated_in] = NamedGraph(iris.graph(self.record.record, stated_in))
        return self.graphs[stated_in]

    def source(self, stated_in: str | None) -> Term | None:
        """Give the IRI of the source ``stated_in``."""
        return source_iri(self.record, stated_in) if stated_in else None

    def treatment(self) -> Term | None:
        """Give the IRI of the reviewed treatment, or ``None`` for a methods article."""
        return iris.treatment(self.record.treatment.label) if self.record.treatment else None

    def term(self, graph: NamedGraph, word: str) -> Term:
        """Give the IRI that ``word`` stands for: a mechanism, an entity, a treatment, or else a local entity with its label."""
        if self.record.treatment and word == self.record.treatment.label:
            graph.add(iris.treatment(word), ALSU.word, text(word))
            return iris.treatment(word)
        return self._known(graph, word, self.lexicon.find(word, "mechanism", "entity", "treatment"))

    def entity(self, graph: NamedGraph, word: str) -> Term:
        """Give the IRI that ``word`` stands for, entities first: for contexts, co-interventions, effects."""
        return self._known(graph, word, self.lexicon.find(word, "entity", "treatment", "mechanism"))

    def _known(self, graph: NamedGraph, word: str, found: Term | None) -> Term:
        node = found or iris.thing("entity", iris.slug(word))
        graph.add(node, ALSU.word, text(word))
        if found is None:
            graph.add(node, RDF.type, ALSU.Entity)
            graph.add(node, RDFS.label, text(word))
        return node

    def begin(
        self, kind: str, position: int, stated_in: str | None, of_treatment: str | None = None
    ) -> tuple[NamedGraph, Term]:
        """Begin a node of ``kind`` in the graph of its source and tie it to review and treatment, or to ``of_treatment``."""
        graph, node = self.graph(stated_in), iris.thing(kind, self.record.record, position)
        graph.add(node, ALSU.inReview, iris.review(self.record))
        graph.add(node, ALSU.ofTreatment, iris.treatment(of_treatment) if of_treatment else self.treatment())
        graph.add(node, ALSU.position, integer(position))
        return graph, node


def add_grades(scene: Scene, current: Sequence[bool]) -> None:
    """Describe every assessment; ``current`` says for each whether the rule of current grades selects it."""
    for position, (grade, is_current) in enumerate(zip(scene.record.grades, current, strict=True), 1):
        graph, node = scene.begin("assessment", position, grade.stated_in, grade.of_treatment)
        source = scene.source(grade.stated_in)
        _add_grade(graph, node, grade)
        graph.add(node, ALSU.current, boolean(is_current))
        graph.add(node, PROV.wasDerivedFrom, source)
        add_place(graph, node, grade.rationale_place or grade.place, source)
        add_absence_of_grade(graph, scene.record, assessment=node, grade=grade, source=source)


def _add_grade(graph: NamedGraph, node: Term, grade: Grade) -> None:
    graph.add(node, RDF.type, ALSU.Assessment)
    graph.add(node, ALSU.category, iris.thing("category", grade.category))
    graph.add(node, ALSU.grade, *(iris.thing("grade", f"{grade.category}-{one}") for one in grade.letter.split("/")))
    graph.add(node, ALSU.letter, text(grade.letter))
    graph.add(node, ALSU.asOf, date(grade.as_of) if grade.as_of else None)
    graph.add(node, ALSU.until, date(grade.until) if grade.until else None)
    graph.add(node, ALSU.superseded, boolean(grade.superseded) if grade.superseded else None)
    graph.add(node, ALSU.flag, *(FLAGS[flag] for flag in grade.flags))
    graph.add_text(node, RDFS.comment, grade.note)


def add_claims(scene: Scene) -> None:
    """Describe every claim as a node; its triple is not written."""
    for position, claim in enumerate(scene.record.claims, 1):
        graph, node = scene.begin("claim", position, claim.stated_in)
        graph.add(node, RDF.type, ALSU.Claim)
        _add_statement(scene, graph, node, claim)
        graph.add(node, ALSU.supportedBy, *(reference_iri(scene.record, number) for number in claim.cites))
        graph.add_text(node, RDFS.comment, claim.note)
        add_decision(graph, node, claim.decided)
        add_place(graph, node, claim.place, scene.source(claim.stated_in))
        source = scene.source(claim.stated_in)
        add_absence_of_claim(graph, scene.record, claim=node, stated=claim, source=source)


def _add_statement(scene: Scene, graph: NamedGraph, node: Term, claim: Claim) -> None:
    graph.add(node, RDF.subject, scene.term(graph, claim.subject))
    graph.add(node, RDF.predicate, PREDICATES[claim.predicate])
    graph.add(node, RDF.object, scene.term(graph, claim.object))
    graph.add(node, ALSU.subjectWord, text(claim.subject))
    graph.add(node, ALSU.objectWord, text(claim.object))
    graph.add(node, ALSU.status, iris.thing("status", claim.status))
    graph.add(node, ALSU.polarity, text(claim.polarity))
    _add_context(scene, graph, node, claim.context)


def _add_context(scene: Scene, graph: NamedGraph, node: Term, context: Context) -> None:
    words = [(name, qualifier, getattr(context, name)) for name, qualifier in _CONTEXT]
    for _, qualifier, word in words:
        if word:
            graph.add(node, qualifier, scene.entity(graph, word))
    graph.add_text(node, ALSU.contextText, "; ".join(f"{name}: {word}" for name, _, word in words if word))


def add_paths(scene: Scene) -> None:
    """Describe every mechanism path as hops in order, each standing for a claim, with the curators' own view of the weakest.

    How strong a path is follows from its hops; ``alsu_kg.graph.strength`` writes that, apart from what curators wrote.
    """
    for position, path in enumerate(scene.record.paths, 1):
        graph, node = scene.begin("path", position, path.stated_in)
        graph.add(node, RDF.type, ALSU.MechanismPath)
        graph.add_text(node, RDFS.label, path.label)
        graph.add_text(node, ALSU.curatedWhyWeak, path.why_weak)
        _add_hops(scene, graph, node, path, position)


def _add_hops(scene: Scene, graph: NamedGraph, node: Term, path: Path, position: int) -> None:
    for place, claim_index in enumerate(path.hops, 1):
        hop = iris.thing("hop", scene.record.record, position, place)
        graph.add(node, ALSU.hop, hop)
        graph.add(hop, RDF.type, ALSU.Hop)
        graph.add(hop, ALSU.position, integer(place))
        graph.add(hop, ALSU.claim, iris.thing("claim", scene.record.record, claim_index + 1))
        if claim_index == path.weakest:
            graph.add(node, ALSU.curatedWeakestHop, hop)
