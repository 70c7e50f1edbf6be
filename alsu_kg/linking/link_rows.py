"""Links as rows: the JSON line of the contract, CSV, and SSSOM (https://w3id.org/sssom) with its curated decisions."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from alsu_kg.linking.decisions import REFERENCE, Decisions, decision_on, work_key
from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.decision_rows import COLUMNS, HEAD, write_mapping_rows
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference

CSV_COLUMNS: Final = (
    "id",
    "decision",
    "doi",
    "pmid",
    "work",
    "title",
    "year",
    "container",
    "score",
    "runner_up",
    "reason",
)
LINK_COLUMNS: Final = (
    "id",
    "decision",
    "score",
    "doi",
    "pmid",
    "work",
    "title",
    "year",
    "container",
    "runner_up",
    "reason",
    "method",
)
SSSOM_COLUMNS: Final = (*COLUMNS, "mapping_tool")
MACHINE: Final = "semapv:CompositeMatching"


def link_row(link: ReferenceLink, subject: str = "") -> dict[str, object]:
    """Give a link as the JSON object of the contract; ambiguous links carry their best three as ``candidates``.

    ``subject`` is the key for decisions of a line that has no id of its own.

    >>> link_row(ReferenceLink(id="1", decision="unlinked", reason="empty", method="m"))["work"] is None
    True
    """
    row: dict[str, object] = {
        "id": link.id,
        "decision": link.decision,
        "work": _work(link.work) if link.work else None,
        "score": round(link.score, 4),
        "evidence": {name: round(value, 3) for name, value in link.best.evidence.items()} if link.best else {},
        "runner_up": _runner_up(link),
        "reason": link.reason,
        "method": link.method,
    }
    if subject:
        row["subject"] = subject
    if link.decision == "ambiguous" and link.best:
        row["candidates"] = [_scored(s) for s in (link.best, *link.others)]
    return row


def write_csv(links: Iterable[ReferenceLink], files: Sequence[str] = ()) -> str:
    """Write links as CSV with a header; ``files``, if given, says from which file each is, in a first column."""
    target = io.StringIO()
    writer = csv.DictWriter(target, (*(["file"] if files else []), *CSV_COLUMNS), lineterminator="\n")
    writer.writeheader()
    for place, link in enumerate(links):
        work = link.work
        runner_up = _runner_up(link)
        writer.writerow(
            {
                "id": link.id, "decision": link.decision, "reason": link.reason, "score": round(link.score, 4),
                "runner_up": runner_up["id"] if runner_up else "",
                **({"file": files[place]} if files else {}),
                **({"doi": work.doi, "pmid": work.pmid, "work": work.id, "title": work.title, "year": work.year or "",
                    "container": work.container or work.short_container} if work else {}),
            }
        )  # fmt: skip
    return target.getvalue()


def link_cells(link: ReferenceLink) -> tuple[str | int | float | None, ...]:
    """Give a link as the cells of a table with ``LINK_COLUMNS``; what is not known is ``None``.

    >>> link_cells(ReferenceLink(id="1", decision="unlinked", reason="empty", method="m"))[:4]
    ('1', 'unlinked', None, None)
    """
    work, rivals = link.work, _rivals(link)
    known = (work.doi or None, work.pmid or None, work.id, work.title, work.year) if work else (None,) * 5
    container = work.container or work.short_container if work else None
    runner_up = rivals[0].candidate.id if rivals else None
    score = round(link.score, 4) if link.best else None
    return (link.id, link.decision, score, *known, container, runner_up, link.reason, link.method)


def write_sssom(pairs: Iterable[tuple[Reference, ReferenceLink]], decisions: Decisions | None = None) -> str:
    """Write linked references as SSSOM mappings, persons' ``decisions`` with name and date.

    A person's decision that there is no work is kept as ``sssom:NoTermFound``.
    """
    target = io.StringIO()
    target.write("\n".join(line for line in HEAD.splitlines() if line.startswith("#")) + "\n")
    writer = csv.DictWriter(target, SSSOM_COLUMNS, delimiter="\t", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for reference, link in pairs:
        decided = decision_on(reference, decisions or {})
        if decided is not None:
            target.write(write_mapping_rows(decided, SSSOM_COLUMNS))
        elif link.work is not None:
            writer.writerow(_machine_row(reference, link, link.work))
    return target.getvalue()


def _machine_row(reference: Reference, link: ReferenceLink, work: Candidate) -> Mapping[str, object]:
    return {
        "subject_id": REFERENCE + reference.id,
        "subject_label": " ".join(reference.title.split()),
        "predicate_id": "skos:exactMatch",
        "object_id": work_key(work),
        "object_label": work.title,
        "mapping_justification": MACHINE,
        "mapping_tool": link.method,
        "confidence": round(link.score, 4),
        "comment": link.reason,
    }


def _runner_up(link: ReferenceLink) -> dict[str, object] | None:
    rivals = _rivals(link)
    return _scored(rivals[0]) if rivals else None


def _rivals(link: ReferenceLink) -> Sequence[ScoredCandidate]:
    """Give the candidates that the reference is not linked to, the best first."""
    return (link.best, *link.others) if link.best and link.decision != "linked" else link.others


def _scored(scored: ScoredCandidate) -> dict[str, object]:
    return {**_work(scored.candidate), "score": round(scored.score, 4)}


def _work(candidate: Candidate) -> dict[str, object]:
    return {
        "id": candidate.id,
        "doi": candidate.doi or None,
        "pmid": candidate.pmid or None,
        "title": candidate.title,
        "year": candidate.year,
        "container": candidate.container or candidate.short_container,
    }
