"""The works that records name, asked about once: what services said of each, for the graph and for the analyses."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from alsu_kg.analysis.citations import CitedWork, collect_works
from alsu_kg.graph.ntriples import Term
from alsu_kg.graph.same_works import SameWorks, find_same_works
from alsu_kg.graph.works import find_works
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.review import ReviewRecord

Resolve = Callable[[Sequence[Identifier]], Mapping[Identifier, Resolution]]
"""Asks services what identifiers stand for; a service that fails is an answer too (*could-not-check*)."""


class Asking(NamedTuple):
    """How works are asked about, and whether claims are compared with them by all names of the packaged vocabularies."""

    resolve: Resolve
    with_vocabularies: bool = False


class Answers(NamedTuple):
    """What services said of the works that the records name, and whether vocabularies are used to read it."""

    by_work: Mapping[Term, Resolution]
    same: SameWorks
    with_vocabularies: bool


def ask_about_works(found: Sequence[ReviewRecord], asking: Asking) -> Answers:
    """Ask about every work that the records name."""
    same = find_same_works(found)
    named = find_works(found, same)
    answers = asking.resolve(list(dict.fromkeys(named.values())))
    by_work = {work: answers[identifier] for work, identifier in named.items()}
    return Answers(by_work, same, asking.with_vocabularies)


def collect_all(records: Sequence[ReviewRecord], answers: Answers) -> dict[str, dict[int, CitedWork]]:
    """Give for each record what services said of the works that it cites, by the numbers of its references."""
    return {record.record: collect_works(record, answers.by_work, answers.same) for record in records}
