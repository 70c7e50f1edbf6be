"""Absence of evidence as a dated statement: what was looked for, which source found nothing, as of when (ECO:0000035).

It is kept apart from evidence of absence (a trial without benefit, a denied claim): that something was not found says nothing
of whether it is there.
"""

from alsu_kg.graph import iris
from alsu_kg.graph.ntriples import NamedGraph, Term, date
from alsu_kg.graph.terms import ALSU, PROV, RDF
from alsu_kg.model.review import Claim, Grade, ReviewRecord

NOTHING_FOUND = "U"
"""The letter by which a source says that it found nothing; ``U/F`` and the like say more than that and are none."""


def add_absence_of_grade(
    graph: NamedGraph, record: ReviewRecord, *, assessment: Term, grade: Grade, source: Term | None
) -> None:
    """Describe what was looked for in vain where ``grade`` is U; any other letter adds nothing.

    >>> from alsu_kg.model.review import Review
    >>> graph, record = NamedGraph("<x:g>"), ReviewRecord(record="a", review=Review(number=1))
    >>> grade = Grade(category="trials", letter="U", as_of="2021-10")
    >>> add_absence_of_grade(graph, record, assessment=iris.thing("assessment", "a", 1), grade=grade, source=None)
    >>> any("2021-10" in line for line in graph.lines)
    True
    """
    if grade.letter != NOTHING_FOUND:
        return
    node = _begin(graph, record, assessment, iris.thing("category", grade.category))
    graph.add(node, ALSU.asOf, date(grade.as_of) if grade.as_of else None)
    graph.add(node, ALSU.until, date(grade.until) if grade.until else None)
    graph.add(node, PROV.wasDerivedFrom, source)


def add_absence_of_claim(
    graph: NamedGraph, record: ReviewRecord, *, claim: Term, stated: Claim, source: Term | None
) -> None:
    """Describe what was looked for in vain where ``stated`` has the status no-evidence; its date is that of its source."""
    if stated.status != "no-evidence":
        return
    as_of = next((one.date for one in record.sources if one.key == stated.stated_in), None)
    node = _begin(graph, record, claim, claim)
    graph.add(node, ALSU.asOf, date(as_of) if as_of else None)
    graph.add(node, PROV.wasDerivedFrom, source)


def _begin(graph: NamedGraph, record: ReviewRecord, statement: Term, looked_for: Term) -> Term:
    node = iris.thing("absence", statement[1:-1].removeprefix(iris.BASE + "id/"))
    graph.add(node, RDF.type, ALSU.AbsenceOfEvidence)
    graph.add(node, ALSU.inReview, iris.review(record))
    graph.add(node, ALSU.ofTreatment, iris.treatment(record.treatment.label) if record.treatment else None)
    graph.add(node, ALSU.statement, statement)
    graph.add(node, ALSU.lookedFor, looked_for)
    return node
