"""Decisions and proposals as text: JSON lines for claims, SSSOM tables for mappings.

In an SSSOM table (https://mapping-commons.github.io/sssom) a decision is a row with ``semapv:ManualMappingCuration``, author and
date; that none of the candidates is meant is ``sssom:NoTermFound``, after a row with ``predicate_modifier`` ``Not`` for each of
them. A row with ``semapv:MappingReview`` takes the decision before it back. Machine rows have any other justification.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from alsu_kg.model.decision import Candidate, Decision, Proposal

CURATED: Final = "semapv:ManualMappingCuration"
WITHDRAWN: Final = "semapv:MappingReview"
NOTHING: Final = "sssom:NoTermFound"
COLUMNS: Final = (
    *("subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label"),
    *("mapping_justification", "author_id", "author_label", "mapping_date", "confidence", "comment"),
)
_HEAD: Final = """#curie_map:
#  alsu-ref: https://w3id.org/alsu-kg/id/reference/
#  alsu-word: https://w3id.org/alsu-kg/id/word/
#  doi: https://doi.org/
#  pmid: https://pubmed.ncbi.nlm.nih.gov/
#  work: https://w3id.org/alsu-kg/id/work/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#license: https://creativecommons.org/publicdomain/zero/1.0/
#mapping_set_id: https://w3id.org/alsu-kg/id/decisions
"""
HEAD: Final = _HEAD + "\t".join(COLUMNS) + "\n"
"""What an SSSOM table of decisions begins with."""

_DECODER: Final = msgspec.json.Decoder(Decision)


def write_json_line(decision: Decision) -> str:
    """Write a decision as one line of JSON."""
    return msgspec.json.encode(decision).decode() + "\n"


def read_json_lines(text: str) -> tuple[list[Decision], list[int]]:
    r"""Read decisions; give the numbers of the lines that cannot be read, such as the one a killed process was writing.

    >>> read_json_lines('{"verdict": "acc')
    ([], [1])
    """
    found: list[Decision] = []
    broken: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            found += [_DECODER.decode(line.encode())] if line.strip() else []
        except (msgspec.MsgspecError, UnicodeError):
            broken.append(number)
    return found, broken


def write_mapping_rows(decision: Decision, columns: Sequence[str] = COLUMNS) -> str:
    """Write a decision on a mapping as rows of an SSSOM table with these ``columns``."""
    proposal, rows = decision.proposal, []
    if decision.verdict == "reject":
        rows = [_row(decision, candidate, modifier="Not") for candidate in proposal.candidates]
    chosen = decision.chosen or Candidate(id=NOTHING)
    rows.append(_row(decision, chosen))
    target = io.StringIO()
    csv.DictWriter(target, columns, delimiter="\t", lineterminator="\n", extrasaction="ignore").writerows(rows)
    return target.getvalue()


def _row(decision: Decision, chosen: Candidate, *, modifier: str = "") -> dict[str, str]:
    proposal, withdrawn = decision.proposal, decision.verdict == "withdraw"
    has_id = decision.by.startswith(("orcid:", "https://orcid.org/"))
    return {
        "subject_id": proposal.key,
        "subject_label": " ".join(proposal.label.split()),
        "predicate_id": proposal.predicate,
        "predicate_modifier": modifier,
        "object_id": chosen.id,
        "object_label": " ".join(chosen.label.split()),
        "mapping_justification": WITHDRAWN if withdrawn else CURATED,
        "author_id": decision.by if has_id else "",
        "author_label": "" if has_id else decision.by,
        "mapping_date": decision.at[:10],
        "confidence": "0.0" if withdrawn else "1.0",
        "comment": f"{'taken back' if withdrawn else decision.verdict} at {decision.at}",
    }


def read_mapping_rows(text: str) -> tuple[list[Decision], list[int]]:
    """Read the decisions of an SSSOM table; machine rows and the candidates that were denied are no decisions of their own.

    Gives also the numbers of the lines that are cut off. Raises ``ValueError`` if it is no SSSOM table.
    """
    found: list[Decision] = []
    broken: list[int] = []
    denied: dict[str, list[Candidate]] = {}
    for number, row in _read_table(text):
        subject, candidate = row.get("subject_id") or "", _candidate(row)
        if not subject or not candidate.id or None in row.values():
            broken.append(number)
        elif row.get("mapping_justification") not in (CURATED, WITHDRAWN):
            continue
        elif row.get("predicate_modifier") == "Not":
            denied.setdefault(subject, []).append(candidate)
        else:
            found.append(_decision(row, candidate, tuple(denied.pop(subject, ()))))
    return found, broken


def _decision(row: Mapping[str, str | None], candidate: Candidate, denied: tuple[Candidate, ...]) -> Decision:
    proposal = Proposal(
        key=row.get("subject_id") or "",
        label=row.get("subject_label") or "",
        candidates=denied,
        predicate=row.get("predicate_id") or "skos:exactMatch",
    )
    none, withdrawn = candidate.id == NOTHING, row["mapping_justification"] == WITHDRAWN
    return Decision(
        verdict="withdraw" if withdrawn else "reject" if none else "accept",
        by=row.get("author_label") or row.get("author_id") or "",
        at=row.get("mapping_date") or "",
        proposal=proposal,
        chosen=None if none else candidate,
    )


def propose_mappings(text: str) -> list[Proposal]:
    """Give the machine rows of an SSSOM table as proposals: one for each subject, its candidates the surest first.

    Raises ``ValueError`` if it is no SSSOM table.
    """
    found: dict[str, Proposal] = {}
    for _, row in _read_table(text):
        key, candidate = row.get("subject_id") or "", _candidate(row)
        if not key or row.get("mapping_justification") in (CURATED, WITHDRAWN):
            continue
        before = found.get(key)
        others = before.candidates if before else ()
        proposed = (*others, candidate) if candidate.id and candidate.id != NOTHING else others
        found[key] = Proposal(
            key=key,
            label=row.get("subject_label") or (before.label if before else ""),
            candidates=tuple(sorted(proposed, key=lambda one: -(one.confidence or 0))),
            predicate=row.get("predicate_id") or "skos:exactMatch",
        )
    return list(found.values())


def _candidate(row: Mapping[str, str | None]) -> Candidate:
    try:
        confidence = float(row.get("confidence") or "")
    except ValueError:
        confidence = None
    return Candidate(id=row.get("object_id") or "", label=row.get("object_label") or "", confidence=confidence)


def _read_table(text: str) -> Iterable[tuple[int, Mapping[str, str | None]]]:
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    reader = csv.DictReader((line for _, line in lines), delimiter="\t", quoting=csv.QUOTE_MINIMAL)
    missing = {"subject_id", "object_id", "mapping_justification"} - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"no SSSOM table: column {', '.join(sorted(missing))} is missing")
    return [(number, row) for (number, _), row in zip(lines[1:], reader, strict=False)]


class _Work(msgspec.Struct):
    id: str
    title: str = ""
    doi: str | None = None
    pmid: str | None = None
    year: int | None = None
    container: str | None = None
    score: float | None = None


class _LinkRow(msgspec.Struct):
    id: str
    decision: str
    reason: str = ""
    subject: str = ""
    candidates: tuple[_Work, ...] = ()
    work: _Work | None = None
    runner_up: _Work | None = None


def propose_links(text: str) -> list[Proposal]:
    """Give what ``alsu-kg link --format jsonl`` left ambiguous or unlinked as proposals.

    Raises ``ValueError`` naming the line if one is no such row.
    """
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            row = msgspec.json.decode(line, type=_LinkRow) if line.strip() else None
        except msgspec.MsgspecError as error:
            raise ValueError(f"line {number} is no link: {error}") from None
        if row and row.decision in ("ambiguous", "unlinked"):
            works = row.candidates or ((row.runner_up,) if row.runner_up else ())
            found.append(
                Proposal(
                    key=row.subject or f"alsu-ref:{row.id}",
                    label=row.reason,
                    candidates=tuple(_work(work) for work in works),
                )
            )
    return found


def _work(work: _Work) -> Candidate:
    key = f"doi:{work.doi.lower()}" if work.doi else f"pmid:{work.pmid}" if work.pmid else f"work:{work.id}"
    told = [work.title, str(work.year or ""), work.container or ""]
    return Candidate(id=key, label=", ".join(filter(None, told)), confidence=work.score)
