"""Links as they are kept, from the linker, from its JSON lines and from SSSOM tables."""

import csv
import json
from collections.abc import Iterable, Mapping
from typing import Final

from alsu_kg.linking.decisions import REFERENCE
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.decision import Decision, standing
from alsu_kg.model.decision_rows import CURATED, WITHDRAWN, read_mapping_rows
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.stored_link import StoredLink

_DECISIONS: Final = ("linked", "ambiguous", "unlinked", "could-not-check")
_LEAST_EVIDENCE: Final = 0.0005
"""Evidence below this rounds to nothing and is left out."""


def store_link(link: ReferenceLink, at: str) -> StoredLink:
    """Keep a link that the machine made at the time ``at``.

    >>> store_link(ReferenceLink(id="x/1", decision="unlinked", reason="empty", method="m"), "2026-01-02").key
    'x/1'
    """
    rivals = link.others if link.work or not link.best else (link.best, *link.others)
    evidence = (
        {name: round(v, 3) for name, v in link.best.evidence.items() if abs(v) > _LEAST_EVIDENCE} if link.best else {}
    )
    return StoredLink(
        key=link.id,
        decision=link.decision,
        reason=link.reason,
        method=link.method,
        at=at,
        score=round(link.score, 4) if link.best else None,
        evidence=evidence,
        work=link.work,
        runner_up=rivals[0].candidate if rivals else None,
        runner_up_score=round(rivals[0].score, 4) if rivals else None,
    )


def read_stored_links(text: str) -> list[StoredLink]:
    """Read the links of ``alsu-kg link --format jsonl`` or ``--format sssom``, and of tables of persons' decisions.

    Persons' decisions come last. Raises ``ValueError`` naming the line that cannot be used.
    """
    start = text.lstrip("\ufeff \t\r\n")
    return _read_json_lines(text) if start.startswith("{") else _read_table(text)


def _read_json_lines(text: str) -> list[StoredLink]:
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                found.append(_of_row(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise ValueError(f"line {number} is no link: {error}") from None
    return found


def _of_row(row: Mapping[str, object]) -> StoredLink:
    decision, evidence = row["decision"], row.get("evidence")
    if decision not in _DECISIONS:
        raise ValueError(f"{decision!r} is no decision")
    runner_up = row.get("runner_up")
    return StoredLink(
        key=str(row["id"]),
        decision=decision,
        reason=str(row.get("reason") or ""),
        method=str(row.get("method") or ""),
        at=str(row.get("at") or ""),
        score=_number(row.get("score")),
        evidence={str(k): float(v) for k, v in evidence.items() if v} if isinstance(evidence, Mapping) else {},
        work=_work(row.get("work")),
        runner_up=_work(runner_up),
        runner_up_score=_number(runner_up.get("score")) if isinstance(runner_up, Mapping) else None,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _work(value: object) -> Candidate | None:
    if not isinstance(value, Mapping) or not value.get("id"):
        return None
    year = value.get("year")
    return Candidate(
        id=str(value["id"]),
        doi=str(value.get("doi") or "").lower(),
        pmid=str(value.get("pmid") or ""),
        title=str(value.get("title") or ""),
        year=year if isinstance(year, int) else None,
        container=str(value.get("container") or ""),
    )


def _read_table(text: str) -> list[StoredLink]:
    decided = decided_links(standing(read_mapping_rows(text)[0]).values())
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    machine = [_of_mapping(row) for row in rows if row["mapping_justification"] not in (CURATED, WITHDRAWN)]
    return [link for link in machine if link.key and link.work] + decided


def _of_mapping(row: Mapping[str, str]) -> StoredLink:
    return StoredLink(
        key=(row["subject_id"] or "").removeprefix(REFERENCE),
        decision="linked",
        reason=row.get("comment") or "",
        method=row.get("mapping_tool") or "",
        at=row.get("mapping_date") or "",
        score=_confidence(row.get("confidence")),
        work=work_of_key(row["object_id"], row.get("object_label") or "") if row["object_id"] else None,
    )


def decided_links(decisions: Iterable[Decision]) -> list[StoredLink]:
    """Give persons' decisions on references as links."""
    return [
        StoredLink(
            key=decision.proposal.key.removeprefix(REFERENCE),
            decision="linked" if decision.chosen else "unlinked",
            reason="decided by a person" if decision.chosen else "decided by a person: no work",
            method=CURATED,
            by=decision.by or "a person without name",
            at=decision.at,
            work=work_of_key(decision.chosen.id, decision.chosen.label) if decision.chosen else None,
        )
        for decision in decisions
        if decision.proposal.key.startswith(REFERENCE)
    ]


def _confidence(value: str | None) -> float | None:
    try:
        return float(value or "")
    except ValueError:
        return None


def work_of_key(key: str, title: str) -> Candidate:
    """Give the work of a key such as ``doi:10.1/a``.

    >>> work_of_key("doi:10.1/A", "").doi
    '10.1/a'
    """
    scheme, _, value = key.partition(":")
    return Candidate(
        id=value if scheme in ("doi", "work") else key,
        title=title,
        doi=value.lower() if scheme == "doi" else "",
        pmid=value if scheme == "pmid" else "",
    )
