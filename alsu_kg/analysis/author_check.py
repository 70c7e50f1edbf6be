"""What an author should look at in a draft: references, pointers, and claims whose cited works are about something else.

Each function gives findings of one kind. What could not be checked is listed apart and is never a finding.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

from alsu_kg.analysis.citations import References
from alsu_kg.grounding.lexicon import fold
from alsu_kg.indexes.titles import fold as fold_title
from alsu_kg.model.aboutness import NOT_ABOUT, Aboutness
from alsu_kg.model.consistency import find_problems
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.path_strength import PathStrength, describe
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.review import Reference, ReviewRecord

Kind = Literal[
    "contradiction",
    "pointer-without-reference",
    "reference-without-pointer",
    "unlinked",
    "wrong",
    "duplicate",
    "retracted",
    "about-something-else",
    "weak-path",
]
"""What a finding is about."""

_NOT_WORKS: Final = frozenset(("web-page", "other"))
_SAME_TITLE: Final = 0.75
_NOTICES: Final = {"retracted": "is retracted", "expression-of-concern": "is under an expression of concern"}


class Finding(NamedTuple):
    """Something to look at: its kind, where it stands in the draft, what is the matter, and which sources say so."""

    kind: Kind
    place: str
    what: str
    said_by: tuple[str, ...] = ()


class Gap(NamedTuple):
    """Something that could not be checked, and why."""

    place: str
    why: str


def check_inside(record: ReviewRecord) -> Iterator[Finding]:
    """Look at the record alone: contradictions, pointers without reference, references that nothing points at, duplicates.

    >>> from alsu_kg.model.review import Pointer, Review
    >>> one, same = Reference(number=1, title="A trial", year=2001), Reference(number=2, title="A Trial.", year=2001)
    >>> record = ReviewRecord(record="x", review=Review(), references=(one, same), pointers=(Pointer(section="s", numbers=(1, 3)),))
    >>> [finding.kind for finding in check_inside(record)]
    ['pointer-without-reference', 'reference-without-pointer', 'duplicate']
    """
    numbers = {reference.number for reference in record.references}
    for problem in find_problems(record):
        if not problem.key.startswith("pointers"):
            yield Finding("contradiction", problem.key, f"{problem.what} ({problem.repair})")
    for position, pointer in enumerate(record.pointers, 1):
        for number in pointer.numbers:
            if number not in numbers:
                place = f"pointer {position} in {pointer.section}"
                yield Finding("pointer-without-reference", place, f"points at reference {number}, which is not there")
    pointed = {number for pointer in record.pointers for number in pointer.numbers}
    for number in sorted(numbers - pointed) if record.pointers else ():
        yield Finding("reference-without-pointer", f"reference {number}", "nothing in the text points at it")
    yield from _duplicates(record.references)


def _duplicates(references: Sequence[Reference]) -> Iterator[Finding]:
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for reference in references:
        for key in _keys(reference):
            groups[key].append(reference.number)
    told: set[tuple[int, ...]] = set()
    for key, numbers in groups.items():
        if len(numbers) > 1 and tuple(numbers) not in told:
            told.add(tuple(numbers))
            others = ", ".join(map(str, numbers[1:]))
            yield Finding("duplicate", f"reference {numbers[0]}", f"is the same as reference {others} by {key[0]}")


def _keys(reference: Reference) -> Iterator[tuple[str, ...]]:
    for name in ("doi", "pmid", "pmcid", "url"):
        value = getattr(reference, name)
        if value:
            yield name, value
    if reference.title and len(fold_title(reference.title)) > 5 and reference.kind not in _NOT_WORKS:
        yield "title and year", fold_title(reference.title), str(reference.year)


def check_identifiers(
    record: ReviewRecord, asked: Mapping[int, Identifier], answers: Mapping[Identifier, Resolution]
) -> Iterator[Finding | Gap]:
    """Compare references with what services said of their identifiers; ``asked`` is by the number of the reference."""
    for reference in record.references:
        place = f"reference {reference.number}"
        identifier = asked.get(reference.number)
        answer = answers.get(identifier) if identifier else None
        if answer is None:
            continue
        if answer.outcome == "not-found":
            yield Finding("wrong", place, f"{identifier} stands for nothing: {answer.reason}", _sources(answer))
        elif answer.work is None:
            yield Gap(place, answer.reason or "no service answered")
        else:
            yield from _disagreements(reference, answer)
            yield from _retractions(reference, answer)


def _sources(answer: Resolution) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.source for part in answer.evidence))


def _disagreements(reference: Reference, answer: Resolution) -> Iterator[Finding]:
    work, place = answer.work, f"reference {reference.number}"
    if work is None:
        return
    if reference.title and work.title and not _are_one_title(reference.title, work.title):
        what = f"{answer.identifier} is another work: {work.title!r}"
        yield Finding("wrong", place, what, _sources(answer))
    elif reference.year and work.year and abs(reference.year - work.year) > 1:
        yield Finding("wrong", place, f"printed year {reference.year}, the work is of {work.year}", _sources(answer))


def _are_one_title(one: str, other: str) -> bool:
    first, second = fold_title(one), fold_title(other)
    shorter, longer = sorted((first, second), key=len)
    if not shorter or longer.startswith(shorter):
        return True
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _SAME_TITLE


def _retractions(reference: Reference, answer: Resolution) -> Iterator[Finding | Gap]:
    status, place = answer.retraction, f"reference {reference.number}"
    if status.verdict in _NOTICES:
        when = f" ({status.date})" if status.date else ""
        said = tuple(dict.fromkeys(notice.source for notice in status.notices))
        yield Finding("retracted", place, f"{_NOTICES[status.verdict]}{when}", said)
    elif status.verdict == "could-not-check":
        yield Gap(place, "whether it is retracted")


def check_packaged_retractions(works: References, source: str) -> Iterator[Finding]:
    """Give the references that stand in the packaged list of retracted works, which ``source`` names."""
    for number, work in works.items():
        if work.verdict == "retracted":
            yield Finding("retracted", f"reference {number}", "is retracted", (source,))


def check_unlinked(record: ReviewRecord, links: Mapping[int, ReferenceLink]) -> Iterator[Finding | Gap]:
    """Give the references without identifier; ``links`` are what the linker says where an index was given."""
    for reference in record.references:
        place, link = f"reference {reference.number}", links.get(reference.number)
        has_identifier = any((reference.doi, reference.pmid, reference.pmcid))
        if link and link.work and has_identifier:
            yield from _other_work(reference, link)
        elif link and link.work:
            named = f"doi:{link.work.doi}" if link.work.doi else f"pmid:{link.work.pmid}"
            yield Finding("unlinked", place, f"has no identifier; it is {named} by the linker ({link.score:.3f})")
        elif not has_identifier and reference.kind not in _NOT_WORKS:
            reason = link.reason if link else reference.link_reason or "no identifier known"
            yield Finding("unlinked", place, f"is linked to no work: {reason}")


def _other_work(reference: Reference, link: ReferenceLink) -> Iterator[Finding]:
    work = link.work
    if work and work.doi and reference.doi and work.doi != reference.doi:
        what = f"has doi:{reference.doi}, but the linker finds doi:{work.doi} ({link.score:.3f})"
        yield Finding("wrong", f"reference {reference.number}", what)


def check_aboutness(record: ReviewRecord, checks: Iterable[Aboutness]) -> Iterator[Finding | Gap]:
    """Give the claims whose cited work does not name what they are about, or names it only beside something else."""
    for check in checks:
        claim = record.claims[check.claim]
        place = (
            f"claim {check.claim + 1} ({claim.subject} {claim.predicate} {claim.object}), reference {check.reference}"
        )
        if check.status in NOT_ABOUT:
            yield Finding("about-something-else", place, f"{check.status}: {check.reason}", check.fields)
        elif check.title_names and check.status == "could-not-check":
            yield Finding(
                "about-something-else",
                place,
                f"the title names {check.title_names}, not {check.missing}; the abstract was not read",
                check.fields,
            )
        elif check.status == "could-not-check":
            yield Gap(place, check.reason)


def check_paths(record: ReviewRecord, strengths: Sequence[PathStrength]) -> Iterator[Finding]:
    """Give the weakest hop of each mechanism path with every reason against it."""
    for number, (path, strength) in enumerate(zip(record.paths, strengths, strict=True), 1):
        if strength.weakest is not None:
            claim = record.claims[path.hops[strength.weakest]]
            why = describe(strength.hops[strength.weakest].weaknesses)
            place = f"path {number}, hop {strength.weakest + 1} ({claim.subject} {claim.predicate} {claim.object})"
            yield Finding("weak-path", place, f"is the weakest: {why}")


class EarlierReview(NamedTuple):
    """What an earlier record says of the same treatment or cites in common."""

    record: str
    title: str | None
    published: str | None
    same_treatment: bool
    grades: tuple[str, ...]
    shared_works: tuple[str, ...]


def find_earlier(record: ReviewRecord, others: Collection[ReviewRecord]) -> list[EarlierReview]:
    """Find records on the same treatment, and records that cite the same works (by DOI or PMID)."""
    own, works = _names(record), _works(record)
    found = []
    for other in others:
        if _is_itself(record, other):
            continue
        is_same, shared = bool(own & _names(other)), works & _works(other)
        if is_same or shared:
            grades = tuple(
                f"{g.category} {g.letter}{f' ({g.as_of})' if g.as_of else ''}" for g in other.grades if is_same
            )
            review = other.review
            found.append(
                EarlierReview(
                    other.record,
                    review.title,
                    review.published,
                    is_same,
                    tuple(dict.fromkeys(grades)),
                    tuple(sorted(shared)),
                )
            )
    return found


class AuthorCheck(NamedTuple):
    """What came of a check: what was looked at, findings, what could not be checked, what earlier reviews said."""

    record: str
    looked_at: tuple[str, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    earlier: tuple[EarlierReview, ...]


def _is_itself(record: ReviewRecord, other: ReviewRecord) -> bool:
    same_review = (record.review.doi, record.review.number) == (other.review.doi, other.review.number)
    return record.record == other.record and same_review


def _names(record: ReviewRecord) -> set[str]:
    treatment = record.treatment
    return {fold(name) for name in (treatment.label, *treatment.aliases)} if treatment else set()


def _works(record: ReviewRecord) -> set[str]:
    items = (*record.references, *record.related_works)
    return {f"{name}:{value}" for item in items for name in ("doi", "pmid") if (value := getattr(item, name))}
