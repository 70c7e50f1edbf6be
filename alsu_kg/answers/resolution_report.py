"""Answers of the resolver -> what a person or program reads: one JSON object per identifier, and counts."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from alsu_kg.indexes.retraction_status import timing
from alsu_kg.model.csl_json import work_to_csl
from alsu_kg.model.resolution import Resolution


def resolution_object(answer: Resolution, *, citing_date: str | None = None) -> dict[str, object]:
    """Give an answer as a JSON object; ``citing_date`` is the date of the review that cites the work.

    >>> resolution_object(Resolution(query="10.1000/a", outcome="not-found", reason="no such DOI"))
    {'query': '10.1000/a', 'status': 'not-found', 'reason': 'no such DOI', 'work': None}
    """
    item: dict[str, object] = {"query": answer.query}
    if answer.identifier:
        item["identifier"] = str(answer.identifier)
    item["status"] = answer.outcome
    if answer.reason:
        item["reason"] = answer.reason
    item["work"] = work_to_csl(answer.work) if answer.work else None
    if answer.trial:
        item["trial"] = msgspec.to_builtins(answer.trial)
    if answer.work or answer.retraction.checks:
        item["retraction"] = _retraction(answer, citing_date)
    if answer.evidence:
        item["evidence"] = msgspec.to_builtins(answer.evidence)
    if answer.from_cache:
        item["from_cache"] = True
    if answer.stale:
        item["outdated"] = list(answer.stale)
    return item


def _retraction(answer: Resolution, citing_date: str | None) -> dict[str, object]:
    status = answer.retraction
    item: dict[str, object] = {"status": status.verdict}
    if status.date:
        item["date"] = status.date
    if status.date and citing_date:
        item["relative_to_review"] = timing(status, citing_date)
    if status.is_notice:
        item["is_notice"] = True
        item["notice_of"] = msgspec.to_builtins(answer.work.notice_of) if answer.work else []
    item["notices"] = msgspec.to_builtins(status.notices)
    item["checks"] = msgspec.to_builtins(status.checks)
    return item


def report_text(answers: Iterable[Resolution], *, lines: bool = False, citing_date: str | None = None) -> str:
    """Give answers as a JSON array, or one JSON object a line.

    >>> report_text([Resolution(query="x", outcome="not-found")], lines=True)
    '{"query":"x","status":"not-found","work":null}'
    """
    objects = [resolution_object(answer, citing_date=citing_date) for answer in answers]
    if lines:
        return "\n".join(msgspec.json.encode(item).decode() for item in objects)
    return msgspec.json.format(msgspec.json.encode(objects)).decode()


def count_outcomes(answers: Iterable[Resolution]) -> Counter[str]:
    """Count the outcomes and the retraction verdicts of the works found.

    >>> sorted(count_outcomes([Resolution(query="x", outcome="not-found")]).items())
    [('not-found', 1)]
    """
    counts: Counter[str] = Counter()
    for answer in answers:
        counts[answer.outcome] += 1
        if answer.work or answer.retraction.notices:
            counts[f"retraction: {answer.retraction.verdict}"] += 1
    return counts


def describe_counts(counts: Counter[str]) -> str:
    """Say the counts in one line.

    >>> describe_counts(Counter({"found": 2, "could-not-check": 1, "retraction: retracted": 1}))
    '3 identifiers: 2 found, 0 not found, 1 could not be checked; retraction: 1 retracted'
    """
    total = sum(counts[outcome] for outcome in ("found", "not-found", "could-not-check"))
    line = (
        f"{total} identifiers: {counts['found']} found, {counts['not-found']} not found, "
        f"{counts['could-not-check']} could not be checked"
    )
    verdicts = [
        f"{number} {name.removeprefix('retraction: ')}"
        for name, number in sorted(counts.items())
        if name.startswith("retraction: ")
    ]
    return f"{line}; retraction: {', '.join(verdicts)}" if verdicts else line
