"""How far a draft agrees with a curated record, part by part."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from alsu_kg.model.review import Claim, Reference, ReviewRecord


class PartComparison(NamedTuple):
    """Items of one part in both records, in the draft only, in the curated record only."""

    part: str
    both: int
    draft_only: tuple[str, ...]
    curated_only: tuple[str, ...]


_SAME: Final = {
    "nf-κb": "nf-kb",
    "nf-κb signalling": "nf-kb",
    "microglial activation": "microglia",
    "activated microglia": "microglia",
}


def _fold(value: object) -> str:
    folded = re.sub(r"\s+", " ", str(value)).strip(" .").casefold()
    return _SAME.get(folded, folded)


def _singular(value: object) -> str:
    return re.sub(r"s\b", "", _fold(value))


_FIELDS: Final = (
    "kind",
    "authors",
    "title",
    "container",
    "year",
    "volume",
    "issue",
    "first_page",
    "last_page",
    "doi",
    "url",
    "accessed",
)


def _reference_keys(record: ReviewRecord, fields: Iterable[str]) -> list[str]:
    return [f"{r.number} {name} {_fold(_plain(r, name))}" for r in record.references for name in fields]


def _plain(reference: Reference, name: str) -> object:
    value = getattr(reference, name)
    return "; ".join(value) if isinstance(value, tuple) else value


def _claim_key(claim: Claim) -> str:
    return f"{_fold(claim.subject)} | {claim.predicate} | {_fold(claim.object)} | {claim.status}"


_PARTS: Final[tuple[tuple[str, Callable[[ReviewRecord], list[str]]], ...]] = (
    (
        "review",
        lambda r: [
            f"{k} {_fold(getattr(r.review, k))}"
            for k in ("number", "title", "doi", "published", "journal", "corresponding")
        ],
    ),
    ("reviewers", lambda r: [_fold(name) for name in r.review.reviewers]),
    ("sections", lambda r: [f"{_fold(s.heading)} = {s.role}" for s in r.sections]),
    ("grades", lambda r: [f"{g.category} {g.letter}" for g in r.grades]),
    ("references", lambda r: [str(x.number) for x in r.references]),
    ("pointers", lambda r: [f"{p.section}: {', '.join(map(str, p.numbers))}" for p in r.pointers]),
    ("claims", lambda r: [_claim_key(c) for c in r.claims]),
    (
        "claims (status by subject and object)",
        lambda r: [f"{_fold(c.subject)} – {_fold(c.object)}: {c.status}" for c in r.claims],
    ),
    ("treatment", lambda r: [f"{_fold(r.treatment.label)}: {r.treatment.kind}"] if r.treatment else []),
    ("cases", lambda r: [f"{c.participants} {c.source}" for c in r.cases]),
    ("co-interventions", lambda r: [_singular(x) for c in r.cases for x in c.co_interventions]),
    ("measures", lambda r: [f"{m.name} {m.before} to {m.after}" for c in r.cases for m in c.measures]),
    (
        "trials",
        lambda r: [
            f"{t.participants} participants, {t.dose}, {t.duration}, {t.follow_up}, {t.comparator}, {t.withdrawals}, "
            f"{_fold(t.outcome)}"
            for t in r.trials
        ],
    ),
    ("risks", lambda r: [f"{_fold(x.effect)}, {x.seriousness}, {x.authority}, {x.status}" for x in r.risks]),
    ("monitoring", lambda r: [_fold(m.test) for m in r.monitoring]),
    ("dosing", lambda r: [f"{d.amount} {d.unit} per {d.per} {', '.join(d.routes)}" for d in r.dosing]),
    ("costs", lambda r: [f"{c.low}–{c.high} {c.currency} per {c.per}" for c in r.costs]),
    ("disclosures", lambda r: [f"{d.person}: {d.kind} {d.organisation}" for d in r.disclosures]),
    ("advice", lambda r: [r.advice.category] if r.advice else []),
)


def compare_records(draft: ReviewRecord, curated: ReviewRecord) -> tuple[PartComparison, ...]:
    """Compare ``draft`` with ``curated``. Of grades, only those count that the reviewed document itself states.

    >>> from alsu_kg.model.review import Review
    >>> one = ReviewRecord(record="x", review=Review(number=1), references=(Reference(number=1, year=2001),))
    >>> two = ReviewRecord(record="x", review=Review(number=1), references=(Reference(number=1, year=2002),))
    >>> [(p.part, p.draft_only, p.curated_only) for p in compare_records(one, two) if p.draft_only]
    [('reference fields', ('1 year 2001',), ('1 year 2002',))]
    """
    curated = _own_statements(curated)
    parts = [_compare(name, keys(draft), keys(curated)) for name, keys in _PARTS]
    # Only what the document prints can be read from it: identifiers that the curators looked up elsewhere do not count.
    printed = tuple(name for name in _FIELDS if name != "doi")
    parts.append(_compare("reference fields", _reference_keys(draft, printed), _reference_keys(curated, printed)))
    return tuple(part for part in parts if part.both or part.draft_only or part.curated_only)


def _own_statements(record: ReviewRecord) -> ReviewRecord:
    own = {source.key for source in record.sources if source.kind in ("article", "document") and source.sha256}
    if not own:
        return record
    grades = tuple(g for g in record.grades if g.stated_in is None or g.stated_in in own)
    return ReviewRecord(**{name: getattr(record, name) for name in record.__struct_fields__} | {"grades": grades})


def _compare(part: str, draft: list[str], curated: list[str]) -> PartComparison:
    ours, theirs = Counter(draft), Counter(curated)
    return PartComparison(
        part, sum((ours & theirs).values()), tuple((ours - theirs).elements()), tuple((theirs - ours).elements())
    )


def format_comparison(parts: Iterable[PartComparison]) -> str:
    """Write a comparison as text: a line for each part, then what differs.

    >>> print(format_comparison([PartComparison("grades", 4, ("trials F",), ("trials D",))]))
    part                                        both  draft only  curated only
    grades                                         4           1             1
    <BLANKLINE>
    grades
      draft    trials F
      curated  trials D
    """
    parts = list(parts)
    lines = [f"{'part':<42}  {'both':>4}  {'draft only':>10}  {'curated only':>12}"]
    lines += [f"{p.part:<42}  {p.both:>4}  {len(p.draft_only):>10}  {len(p.curated_only):>12}" for p in parts]
    for part in parts:
        if part.draft_only or part.curated_only:
            lines += ["", part.part]
            lines += [f"  draft    {item}" for item in part.draft_only] + [
                f"  curated  {item}" for item in part.curated_only
            ]
    return "\n".join(lines)
