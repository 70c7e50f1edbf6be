"""The works that a record cites, with what is known of them, and each claim compared with each of them."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import msgspec

from alsu_kg.analysis.aboutness import AboutnessRules, CitedText, judge
from alsu_kg.analysis.entities import Entity, EntityWords, make_entity
from alsu_kg.analysis.paths import CitedWorks
from alsu_kg.graph.ntriples import Term
from alsu_kg.graph.same_works import SameWorks, work_of
from alsu_kg.model.aboutness import Aboutness
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.retraction import RetractionVerdict
from alsu_kg.model.review import Reference, ReviewRecord
from alsu_kg.model.work import Work


class CitedWork(NamedTuple):
    """What is known of one cited work; ``at`` is when services were asked for it, ``None`` if only the reference was read."""

    text: CitedText
    verdict: RetractionVerdict | None = None
    at: str | None = None


class AboutnessWords(NamedTuple):
    """Rules and names that claims and works are compared with."""

    rules: AboutnessRules
    entities: EntityWords


References = Mapping[int, CitedWork]
"""The works of a record by the numbers of its references."""


def read_as_printed(record: ReviewRecord) -> dict[int, CitedWork]:
    """Give what the reference list itself says of each work: a title at most.

    >>> from alsu_kg.model.review import Review
    >>> record = ReviewRecord(record="x", review=Review(), references=(Reference(number=3, title="A trial"),))
    >>> read_as_printed(record)[3].text.title
    'A trial'
    """
    return {reference.number: CitedWork(CitedText(title=reference.title)) for reference in record.references}


def collect_works(record: ReviewRecord, answers: Mapping[Term, Resolution], same: SameWorks) -> dict[int, CitedWork]:
    """Give what services answered about each work that ``record`` cites; the rest as printed."""
    found = read_as_printed(record)
    for reference in record.references:
        work = work_of(reference, same)
        answer = answers.get(work) if work else None
        if answer is not None:
            found[reference.number] = read_answer(reference, answer)
    return found


def read_answer(reference: Reference, answer: Resolution) -> CitedWork:
    """Give what ``answer`` says of the work of ``reference``; where it found nothing, the reference as printed."""
    times = sorted(part.at for part in answer.evidence)
    text = _text_of(answer.work, reference) if answer.work else CitedText(title=reference.title)
    return CitedWork(text, answer.retraction.verdict, times[-1] if times else None)


def _text_of(work: Work, reference: Reference) -> CitedText:
    title = ": ".join(part for part in (work.title, work.subtitle) if part)
    return CitedText(title or reference.title, work.abstract, work.headings, work.chemicals, work.keywords)


def judge_titles(record: ReviewRecord, works: References, words: AboutnessWords) -> list[Aboutness]:
    """Compare the claims of mechanism paths with titles as printed, as far as titles can tell: where the subject is a substance.

    A title says little of anything else, and this is done in every build.
    """
    hops = find_hop_claims(record)
    subjects = {claim: make_entity(record.claims[claim].subject, words.entities, record.treatment) for claim in hops}
    return judge_citations(record, works, words, only={claim for claim in hops if subjects[claim].is_substance})


def judge_citations(
    record: ReviewRecord, works: References, words: AboutnessWords, *, only: Collection[int] | None = None
) -> list[Aboutness]:
    """Compare each claim (those at the positions ``only``, or all) with each work that it cites, in their order.

    A reference that the record does not have is passed over: consistency of the record is checked elsewhere.
    """
    found: list[Aboutness] = []
    for index, claim in enumerate(record.claims):
        if not claim.cites or (only is not None and index not in only):
            continue
        entities = (
            make_entity(claim.subject, words.entities, record.treatment),
            make_entity(claim.object, words.entities, record.treatment),
        )
        for number in dict.fromkeys(claim.cites):
            work = works.get(number)
            if work is not None:
                found.append(_judge_one((index, number), entities, work, words.rules))
    return found


def _judge_one(
    place: tuple[int, int], entities: tuple[Entity, Entity], work: CitedWork, rules: AboutnessRules
) -> Aboutness:
    return msgspec.structs.replace(judge(place, entities, work.text, rules), checked_at=work.at)


def find_hop_claims(record: ReviewRecord) -> frozenset[int]:
    """Give the positions of the claims that a mechanism path of ``record`` rests on."""
    return frozenset(hop for path in record.paths for hop in path.hops)


def summarise(works: References, checks: Collection[Aboutness], source: str) -> CitedWorks:
    """Put together what the strength of paths is judged by; ``source`` says where retractions stand."""
    verdicts = {number: work.verdict for number, work in works.items() if work.verdict is not None}
    by_place = {(check.claim, check.reference): check for check in checks}
    return CitedWorks(retraction=verdicts, retraction_source=source, aboutness=by_place)
