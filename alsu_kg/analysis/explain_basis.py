"""What a letter rests on: the statements of one category, the mechanism paths, the works."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alsu_kg.analysis.explanation import Hop, MechanismPath, Source, Statement, Work
from alsu_kg.analysis.rows import Row, Rows, list_of, text_of
from alsu_kg.model.review import CATEGORIES

_KIND_CATEGORIES: Final = {"CaseGroup": "cases", "Trial": "trials", "Risk": "risks"}
_PREDICATE_CATEGORIES: Final = {
    "tested_in": "preclinical",
    "in_clinical_trials_for": "trials",
    "predisposes_to_condition": "risks",
    "exacerbates_condition": "risks",
}
_KIND_ORDER: Final = ("CaseGroup", "Trial", "Risk", "Claim", "RelatedStudy")
_RETRACTIONS: Final = ("retracted", "expression of concern", "corrected")
_POINT_ORDER: Final = (
    "population",
    "arm",
    "dose",
    "duration",
    "follow-up",
    "comparator",
    "co-treatment",
    "co-intervention",
    "comorbidity",
    "withdrawals",
    "measure",
    "outcome",
    "validated",
    "case source",
    "seriousness",
    "authority",
    "registry id",
)
"""Points of a report that are shown, in the order in which a reader asks for them (labels of the vocabulary)."""


@dataclass(frozen=True, slots=True)
class BasisRows:
    """Answers on one treatment: statements, report details, works, sources, hops of paths."""

    statements: Rows
    details: Rows
    works: Rows
    sources: Rows
    hops: Rows


def category_of(row: Row) -> str | None:
    """Say to which category a statement counts, or ``None`` if that cannot be told.

    Cases, trials and risks count to their own category, a study to the role that its source gives it, a claim to the section it
    stands in; a claim outside the five sections counts by what it says.

    >>> category_of({"kind": "Claim", "role": "conclusion", "on_mechanism": False, "predicate": "tested_in"})
    'preclinical'
    """
    kind, role = str(row["kind"]), text_of(row, "role")
    if kind in _KIND_CATEGORIES:
        return _KIND_CATEGORIES[kind]
    if role in CATEGORIES or kind == "RelatedStudy":
        return role if role in CATEGORIES else None
    if row.get("on_mechanism"):
        return "mechanism"
    return _PREDICATE_CATEGORIES.get(text_of(row, "predicate") or "")


def read_works(rows: Rows) -> tuple[tuple[Work, ...], Mapping[str, tuple[str, ...]]]:
    """Read the answer of ``treatment_works``: the works, and for each statement the keys of the works that it rests on.

    A key is the number in the reference list, with the record before it where several records have lists; a related study
    has a key of its own.
    """
    lists = {_record_of(str(row["reference"])) for row in rows if row.get("number") is not None}
    works: list[Work] = []
    of_statement: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        work = _work(row, is_one_list=len(lists) == 1)
        if work.key not in {one.key for one in works}:
            works.append(work)
        for statement in list_of(row, "statements"):
            of_statement[statement].append(work.key)
    return tuple(works), {key: tuple(dict.fromkeys(values)) for key, values in of_statement.items()}


def _record_of(iri: str) -> str:
    return iri.split("/")[-2]


def _work(row: Row, *, is_one_list: bool) -> Work:
    reference, number = str(row["reference"]), text_of(row, "number")
    if number is None:
        key = (
            f"study {reference.rsplit('/', 1)[1]}"
            if is_one_list
            else f"study {_record_of(reference)}/{reference.rsplit('/', 1)[1]}"
        )
    else:
        key = number if is_one_list else f"{_record_of(reference)}/{number}"
    title, container, year = (text_of(row, name) for name in ("title", "container", "year"))
    label = text_of(row, "label") or " ".join(part for part in (container, year) if part) or title or "title not known"
    return Work(
        key=key,
        label=label,
        title=title,
        container=container,
        year=year,
        doi=text_of(row, "doi"),
        pmid=text_of(row, "pmid"),
        link_status=text_of(row, "link_status"),
        link_reason=text_of(row, "link_reason"),
        retracted=str(row["retracted"]),
    )


def read_statements(rows: BasisRows, works: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Row, Statement]]:
    """Put each statement together with its details, works and sources; the row says what else is known of it."""
    sources: dict[str, list[Source]] = defaultdict(list)
    for row in rows.sources:
        sources[str(row["graph"])].append(
            Source(*(text_of(row, name) for name in ("source", "title", "kind", "as_of")))
        )
    details: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows.details:
        details[str(row["statement"])][str(row["point"])] = ", ".join(list_of(row, "values"))
    found = {}
    for row in rows.statements:
        iri = str(row["statement"])
        found[iri] = (row, _statement(row, details[iri], sources[str(row["graph"])], works.get(iri, ())))
    return found


def _statement(row: Row, details: Mapping[str, str], sources: Sequence[Source], works: tuple[str, ...]) -> Statement:
    kind = str(row["kind"])
    return Statement(
        iri=str(row["statement"]),
        kind=kind,
        words=_say(row, details),
        status=text_of(row, "status"),
        context=text_of(row, "context"),
        points=tuple((point, details[point]) for point in _POINT_ORDER if details.get(point)),
        note=text_of(row, "note"),
        section=text_of(row, "section"),
        sources=tuple(sources),
        works=works,
    )


def _say(row: Row, details: Mapping[str, str]) -> str:
    """Say in a few words what a statement is."""
    kind = str(row["kind"])
    if kind == "Claim":
        return _say_claim(row)
    if kind == "Risk":
        return f"Harm: {details.get('effect', 'not named')}"
    if kind == "RelatedStudy":
        return f"Study that a source ties to the {text_of(row, 'role') or 'review'} without saying what it showed"
    return f"{'Case' if kind == 'CaseGroup' else kind}: {_say_people(details.get('participants'))}"


def _say_claim(row: Row) -> str:
    predicate = (text_of(row, "predicate") or "").replace("_", " ")
    sign = f" ({row['polarity']})" if row.get("polarity") in ("increases", "decreases") else ""
    return f"{row['subject']} {predicate} {row['object']}{sign}"


def _say_people(number: str | None) -> str:
    """Say how many people; nobody is guessed."""
    return f"{number} {'person' if number == '1' else 'people'}" if number else "number of people not known"


def flag_works(statement: Statement, works: Mapping[str, Work]) -> Statement:
    """Warn at a statement of works with a retraction, expression of concern or correction."""
    flags = [
        f"reference {key}: {works[key].retracted}" for key in statement.works if works[key].retracted in _RETRACTIONS
    ]
    return replace(statement, flags=(*statement.flags, *flags))


def read_paths(rows: Rows, statements: Mapping[str, tuple[Row, Statement]], category: str) -> tuple[MechanismPath, ...]:
    """Give the paths that count to ``category``: by the sections that their claims stand in, else to mechanism."""
    by_words: dict[tuple[object, ...], tuple[Row, Statement]] = {}
    for row, statement in statements.values():
        by_words.setdefault(_words_key(row), (row, statement))
    hops: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        hops[str(row["path"])].append(row)
    found = []
    for path, its_hops in hops.items():
        claims = [by_words.get(_words_key(row)) for row in its_hops]
        roles = {text_of(claim[0], "role") for claim in claims if claim} & set(CATEGORIES)
        if category in (roles or {"mechanism"}):
            found.append(_path(path, its_hops, [claim[1] if claim else None for claim in claims]))
    return tuple(found)


def _words_key(row: Row) -> tuple[object, ...]:
    return tuple(text_of(row, name) for name in ("subject", "predicate", "object", "status", "polarity", "context"))


def _path(path: str, hops: Sequence[Row], claims: Sequence[Statement | None]) -> MechanismPath:
    steps = tuple(_hop(path, row, claim) for row, claim in zip(hops, claims, strict=True))
    return MechanismPath(path, steps, text_of(hops[0], "effect_if_true"))


def _hop(path: str, row: Row, claim: Statement | None) -> Hop:
    unmatched = Statement(path, "Claim", _say_claim(row), text_of(row, "status"), text_of(row, "context"))
    return Hop(
        claim=claim or unmatched,
        is_weakest=text_of(row, "why_weak") is not None,
        reasons=text_of(row, "why_weak") or text_of(row, "reasons"),
        not_known=text_of(row, "not_known"),
        context_change=text_of(row, "context_change"),
        sign_so_far=text_of(row, "chain_polarity"),
    )


def in_order(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Order statements: reports first, then claims, then studies; within a kind as they come."""
    return tuple(sorted(statements, key=lambda one: _KIND_ORDER.index(one.kind)))
