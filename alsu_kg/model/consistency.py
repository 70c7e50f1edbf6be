"""What must hold inside one ReviewRecord beyond the types of its keys: references between its parts, well-formed ids."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from alsu_kg.model.identifier import normalise_doi, normalise_pmcid, normalise_pmid
from alsu_kg.model.review import ReviewRecord


class Problem(NamedTuple):
    """One contradiction: the key it stands at (``references[3].doi``), what is wrong, and the repair."""

    key: str
    what: str
    repair: str


_ID_FORMS: tuple[tuple[str, Callable[[str], str | None], str], ...] = (
    ("doi", normalise_doi, "write the bare DOI in lower case, such as 10.1002/mus.24143"),
    ("pmid", normalise_pmid, "write the digits only, such as 31280619"),
    ("pmcid", normalise_pmcid, "write PMC and digits, such as PMC5661633"),
)


def find_problems(record: ReviewRecord) -> list[Problem]:
    """Find every contradiction in ``record``; an empty list means that the record is consistent.

    >>> from alsu_kg.model.review import Review, Claim
    >>> claim = Claim(subject="a", predicate="affects", object="b", status="asserted", cites=(7,))
    >>> find_problems(ReviewRecord(record="x", review=Review(), claims=(claim,)))[0].what
    'cites reference 7, which the record does not have'
    """
    return [
        *_identifiers(record),
        *_unique(record),
        *_cited_numbers(record),
        *_stated_sources(record),
        *_hops(record),
        *_ranges(record),
    ]


def _identifiers(record: ReviewRecord) -> Iterator[Problem]:
    holders: list[tuple[str, object]] = [("review", record.review)]
    holders += [(f"references[{i}]", item) for i, item in enumerate(record.references)]
    holders += [(f"related_works[{i}]", item) for i, item in enumerate(record.related_works)]
    for key, holder in holders:
        for name, normalise, repair in _ID_FORMS:
            value = getattr(holder, name, None)
            if value is not None and normalise(value) != value:
                yield Problem(f"{key}.{name}", f"{value!r} is not a canonical {name.upper()}", repair)


def _repeated(values: Iterable[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def _unique(record: ReviewRecord) -> Iterator[Problem]:
    for number in _repeated(reference.number for reference in record.references):
        yield Problem("references", f"reference number {number} stands twice", "number each reference once")
    for key in _repeated(source.key for source in record.sources):
        yield Problem("sources", f"source key {key!r} stands twice", "give each source a key of its own")
    for grade in _repeated(
        (g.category, g.letter, g.as_of, g.until, g.stated_in, *([g.of_treatment] if g.of_treatment else ()))
        for g in record.grades
    ):
        yield Problem("grades", f"the same assessment stands twice: {grade}", "keep one of them")


def _items(record: ReviewRecord) -> Iterator[tuple[str, object]]:
    for name in (
        "grades",
        "claims",
        "cases",
        "trials",
        "risks",
        "monitoring",
        "dosing",
        "costs",
        "disclosures",
        "related_works",
        "paths",
    ):
        for i, item in enumerate(getattr(record, name)):
            yield f"{name}[{i}]", item
    if record.advice is not None:
        yield "advice", record.advice


def _cited_numbers(record: ReviewRecord) -> Iterator[Problem]:
    known = {reference.number for reference in record.references}
    for key, item in _items(record):
        for number in getattr(item, "cites", ()):
            if number not in known:
                yield Problem(
                    f"{key}.cites",
                    f"cites reference {number}, which the record does not have",
                    "add the reference or correct the number",
                )
    for i, pointer in enumerate(record.pointers):
        for number in pointer.numbers:
            if number not in known:
                yield Problem(
                    f"pointers[{i}].numbers",
                    f"points to reference {number}, which the record does not have",
                    "add the reference or correct the number",
                )


def _stated_sources(record: ReviewRecord) -> Iterator[Problem]:
    known = {source.key for source in record.sources}
    for key, item in _items(record):
        stated_in = getattr(item, "stated_in", None)
        if stated_in is not None and stated_in not in known:
            yield Problem(
                f"{key}.stated_in",
                f"names the source {stated_in!r}, which the record does not have",
                f"use one of: {', '.join(sorted(known)) or '(no sources)'}",
            )


def _hops(record: ReviewRecord) -> Iterator[Problem]:
    for i, path in enumerate(record.paths):
        for hop in path.hops:
            if not 0 <= hop < len(record.claims):
                yield Problem(
                    f"paths[{i}].hops",
                    f"hop {hop} is no claim: the record has claims 0 to {len(record.claims) - 1}",
                    "count claims from 0",
                )
        if path.weakest is not None and path.weakest not in path.hops:
            yield Problem(
                f"paths[{i}].weakest", f"claim {path.weakest} is not a hop of this path", "name one of its hops"
            )


def _ranges(record: ReviewRecord) -> Iterator[Problem]:
    for i, cost in enumerate(record.costs):
        if cost.low is not None and cost.high is not None and cost.low > cost.high:
            yield Problem(f"costs[{i}]", f"low {cost.low} is above high {cost.high}", "swap the two")
    for key, item in _items(record):
        place = getattr(item, "place", None)
        if place is not None and place.start is not None and (place.end is None or place.end < place.start):
            yield Problem(
                f"{key}.place", f"characters {place.start} to {place.end} are no range", "give end at or after start"
            )
