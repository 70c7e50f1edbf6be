"""What was seen in people and what follows for them: cases, trials, risks, monitoring, doses, costs, interests, advice."""

from collections.abc import Mapping
from typing import Final

from alsu_kg.graph import iris
from alsu_kg.graph.bibliography import add_related_work, reference_iri
from alsu_kg.graph.evidence import Scene
from alsu_kg.graph.ntriples import NamedGraph, Term, boolean, decimal, text
from alsu_kg.graph.provenance import add_place
from alsu_kg.graph.terms import ALSU, FOAF, QUDT, RDF, RDFS, SCHEMA
from alsu_kg.model.review import (
    Advice,
    Case,
    Cost,
    Disclosure,
    Dose,
    Dosing,
    Measure,
    Monitoring,
    Quantity,
    Range,
    RelatedWork,
    Risk,
    Trial,
)

UNITS: Final[Mapping[str, Term]] = {
    "mg/kg": "<http://qudt.org/vocab/unit/MilliGM-PER-KiloGM>",
    "mg": "<http://qudt.org/vocab/unit/MilliGM>",
    "g": "<http://qudt.org/vocab/unit/GM>",
}
"""QUDT units of the units that doses are written in; any other unit stays text."""

_Item = Case | Trial | Risk | Monitoring | Dosing | Cost | Disclosure | Advice


def add_reports(scene: Scene) -> None:
    """Describe everything of the record that was seen in people or follows from it."""
    record = scene.record
    for position, case in enumerate(record.cases, 1):
        _add_case(scene, *_begin(scene, "case", position, case), case)
    for position, trial in enumerate(record.trials, 1):
        _add_trial(scene, *_begin(scene, "trial", position, trial), trial)
    for position, risk in enumerate(record.risks, 1):
        _add_risk(scene, *_begin(scene, "risk", position, risk), risk)
    for position, monitoring in enumerate(record.monitoring, 1):
        _add_monitoring(*_begin(scene, "monitoring", position, monitoring), monitoring)
    for position, dosing in enumerate(record.dosing, 1):
        _add_dosing(*_begin(scene, "dosing", position, dosing), dosing)
    for position, cost in enumerate(record.costs, 1):
        _add_cost(*_begin(scene, "cost", position, cost), cost)
    for position, disclosure in enumerate(record.disclosures, 1):
        _add_disclosure(*_begin(scene, "interest", position, disclosure), disclosure)
    if record.advice:
        graph, node = _begin(scene, "advice", 1, record.advice)
        graph.add(node, RDF.type, ALSU.Advice)
        graph.add(node, ALSU.adviceCategory, text(record.advice.category))
    for position, item in enumerate(record.related_works, 1):
        add_related_work(scene.graph(item.stated_in), record, position, item, same=scene.same_works)


def _begin(scene: Scene, kind: str, position: int, item: _Item | RelatedWork) -> tuple[NamedGraph, Term]:
    graph, node = scene.begin(kind, position, item.stated_in)
    graph.add(node, ALSU.supportedBy, *(reference_iri(scene.record, number) for number in item.cites))
    graph.add_text(node, RDFS.comment, item.note)
    add_place(graph, node, item.place, scene.source(item.stated_in))
    return graph, node


def _add_case(scene: Scene, graph: NamedGraph, node: Term, case: Case) -> None:
    graph.add(node, RDF.type, ALSU.CaseGroup)
    graph.add_integer(node, ALSU.participants, case.participants)
    graph.add(node, ALSU.caseSource, text(case.source))
    graph.add(node, ALSU.comorbidity, *(scene.entity(graph, word) for word in case.comorbidities))
    graph.add(node, ALSU.coIntervention, *(scene.entity(graph, word) for word in case.co_interventions))
    graph.add_text(node, ALSU.outcome, case.outcome)
    graph.add(node, ALSU.validated, boolean(case.validated) if case.validated is not None else None)
    for position, measure in enumerate(case.measures, 1):
        _add_measure(scene, graph, node, measure, position)


def _add_measure(scene: Scene, graph: NamedGraph, node: Term, measure: Measure, position: int) -> None:
    own = iris.part(node, "measure", position)
    graph.add(node, ALSU.measure, own)
    graph.add(own, RDF.type, ALSU.Measure)
    graph.add(own, RDFS.label, text(measure.name))
    graph.add(own, SCHEMA.measurementTechnique, scene.entity(graph, measure.name))
    graph.add(own, ALSU.before, decimal(measure.before) if measure.before is not None else None)
    graph.add(own, ALSU.after, decimal(measure.after) if measure.after is not None else None)


def _add_trial(scene: Scene, graph: NamedGraph, node: Term, trial: Trial) -> None:
    graph.add(node, RDF.type, ALSU.Trial)
    graph.add_integer(node, ALSU.participants, trial.participants)
    graph.add_text(node, ALSU.population, trial.population)
    graph.add(node, ALSU.arm, *(text(arm) for arm in trial.arms))
    _add_dose(graph, node, trial.dose)
    graph.add_text(node, ALSU.duration, write_quantity(trial.duration))
    graph.add_text(node, ALSU.followUp, write_range(trial.follow_up))
    graph.add_text(node, ALSU.comparator, trial.comparator)
    graph.add(node, ALSU.coTreatment, *(scene.entity(graph, word) for word in trial.co_treatment))
    graph.add_integer(node, ALSU.withdrawals, trial.withdrawals)
    graph.add_text(node, ALSU.outcome, trial.outcome)
    graph.add_text(node, ALSU.registryId, trial.registry_id)


def _add_dose(graph: NamedGraph, node: Term, dose: Dose | Dosing | None) -> None:
    if dose is None or dose.amount is None:
        return
    own = iris.part(node, "dose")
    graph.add(node, ALSU.dose, own)
    graph.add(own, RDF.type, QUDT.QuantityValue)
    graph.add(own, QUDT.numericValue, decimal(dose.amount))
    graph.add(own, QUDT.unit, UNITS.get(dose.unit or ""))
    graph.add_text(own, ALSU.unitText, dose.unit)
    graph.add_text(own, ALSU.per, dose.per)


def write_number(value: float) -> str:
    """Write a number without needless zeros.

    >>> write_number(2.0), write_number(6.2)
    ('2', '6.2')
    """
    return f"{value:g}"


def write_quantity(quantity: Quantity | None) -> str | None:
    """Write an amount with its unit.

    >>> write_quantity(Quantity(amount=3, unit="week"))
    '3 week'
    """
    return f"{write_number(quantity.amount)} {quantity.unit}" if quantity else None


def write_range(interval: Range | None) -> str | None:
    """Write a range with its unit; an end that is not known is a question mark.

    >>> write_range(Range(low=6.2, high=13, unit="month"))
    '6.2-13 month'
    """
    if interval is None:
        return None
    ends = ("?" if end is None else write_number(end) for end in (interval.low, interval.high))
    return f"{'-'.join(ends)} {interval.unit}"


def _add_risk(scene: Scene, graph: NamedGraph, node: Term, risk: Risk) -> None:
    graph.add(node, RDF.type, ALSU.Risk)
    graph.add(node, RDFS.label, text(risk.effect))
    graph.add(node, ALSU.effect, scene.entity(graph, risk.effect))
    graph.add_text(node, ALSU.seriousness, risk.seriousness)
    graph.add_text(node, ALSU.authority, risk.authority)
    graph.add(node, ALSU.status, iris.thing("status", risk.status))


def _add_monitoring(graph: NamedGraph, node: Term, monitoring: Monitoring) -> None:
    graph.add(node, RDF.type, ALSU.Monitoring)
    graph.add(node, ALSU.test, text(monitoring.test))
    graph.add_text(node, ALSU.schedule, monitoring.schedule)


def _add_dosing(graph: NamedGraph, node: Term, dosing: Dosing) -> None:
    graph.add(node, RDF.type, ALSU.Dosing)
    graph.add(node, ALSU.route, *(text(route) for route in dosing.routes))
    _add_dose(graph, node, dosing)


def _add_cost(graph: NamedGraph, node: Term, cost: Cost) -> None:
    graph.add(node, RDF.type, SCHEMA.MonetaryAmount)
    graph.add(node, SCHEMA.minValue, decimal(cost.low) if cost.low is not None else None)
    graph.add(node, SCHEMA.maxValue, decimal(cost.high) if cost.high is not None else None)
    graph.add(node, SCHEMA.currency, text(cost.currency))
    graph.add_text(node, ALSU.per, cost.per)


def _add_disclosure(graph: NamedGraph, node: Term, disclosure: Disclosure) -> None:
    graph.add(node, RDF.type, ALSU.Interest)
    for kind, prop, name in (
        ("person", ALSU.holder, disclosure.person),
        ("organisation", ALSU.organisation, disclosure.organisation),
    ):
        own = iris.thing(kind, iris.slug(name))
        graph.add(own, RDF.type, FOAF.Agent)
        graph.add(own, RDFS.label, text(name))
        graph.add(node, prop, own)
    graph.add(node, ALSU.interestKind, text(disclosure.kind))
