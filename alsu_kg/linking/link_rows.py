"""Links as rows: the JSON line of the contract, CSV, and SSSOM (https://w3id.org/sssom) with its curated decisions."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from alsu_kg.model.candidate import Candidate, ScoredCandidate
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
SSSOM_COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_id",
    "mapping_tool", "confidence", "comment",
)  # fmt: skip
CURATED: Final = "semapv:ManualMappingCuration"
MACHINE: Final = "semapv:CompositeMatching"
NO_WORK: Final = "sssom:NoTermFound"
_SSSOM_HEAD: Final = """#curie_map:
#  alsu-ref: https://w3id.org/alsu-kg/id/reference/
#  doi: https://doi.org/
#  pmid: https://pubmed.ncbi.nlm.nih.gov/
#  work: https://w3id.org/alsu-kg/id/work/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#license: https://creativecommons.org/publicdomain/zero/1.0/
#mapping_set_id: https://w3id.org/alsu-kg/id/links
"""


def link_row(link: ReferenceLink) -> dict[str, object]:
    """Give a link as the JSON object of the contract; ambiguous links carry their best three as ``candidates``.

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
    if link.decision == "ambiguous" and link.best:
        row["candidates"] = [_scored(s) for s in (link.best, *link.others)]
    return row


def write_csv(links: Iterable[ReferenceLink]) -> str:
    """Write links as CSV with a header."""
    target = io.StringIO()
    writer = csv.DictWriter(target, CSV_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for link in links:
        work = link.work
        runner_up = _runner_up(link)
        writer.writerow(
            {
                "id": link.id, "decision": link.decision, "reason": link.reason, "score": round(link.score, 4),
                "runner_up": runner_up["id"] if runner_up else "",
                **({"doi": work.doi, "pmid": work.pmid, "work": work.id, "title": work.title, "year": work.year or "",
                    "container": work.container or work.short_container} if work else {}),
            }
        )  # fmt: skip
    return target.getvalue()


def write_sssom(pairs: Iterable[tuple[Reference, ReferenceLink]]) -> str:
    """Write linked references as SSSOM mappings; a person's decision that there is no work is kept as ``NoTermFound``."""
    target = io.StringIO()
    target.write(_SSSOM_HEAD)
    writer = csv.DictWriter(target, SSSOM_COLUMNS, delimiter="\t", lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for reference, link in pairs:
        row = _sssom_row(reference, link)
        if row:
            writer.writerow(row)
    return target.getvalue()


def read_decisions(text: str) -> dict[str, tuple[str, str]]:
    r"""Read what persons decided: reference id to (key of the work or ``sssom:NoTermFound``, who). Machine rows are left out.

    Keys are ``doi:…``, ``pmid:…`` or an id of the index. Raises ``ValueError`` naming the line if columns are missing.

    >>> read_decisions("subject_id\tobject_id\tmapping_justification\nalsu-ref:9\tdoi:10.1/a\tsemapv:ManualMappingCuration")
    {'9': ('doi:10.1/a', '')}
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t")
    missing = {"subject_id", "object_id", "mapping_justification"} - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"no SSSOM table: column {', '.join(sorted(missing))} is missing")
    return {
        row["subject_id"].removeprefix("alsu-ref:"): (
            row["object_id"].removeprefix("work:"),
            row.get("author_id") or "",
        )
        for row in reader
        if row["mapping_justification"] == CURATED
    }


def work_key(candidate: Candidate) -> str:
    """Give the key of a work in SSSOM: its DOI, else its PMID, else its id in the index."""
    if candidate.doi:
        return f"doi:{candidate.doi.lower()}"
    return f"pmid:{candidate.pmid}" if candidate.pmid else f"work:{candidate.id}"


def _sssom_row(reference: Reference, link: ReferenceLink) -> Mapping[str, object] | None:
    curated = link.method.startswith(CURATED)
    if link.work is None and not curated:
        return None
    return {
        "subject_id": f"alsu-ref:{reference.id}",
        "subject_label": " ".join(reference.title.split()),
        "predicate_id": "skos:exactMatch",
        "object_id": work_key(link.work) if link.work else NO_WORK,
        "object_label": link.work.title if link.work else "",
        "mapping_justification": CURATED if curated else MACHINE,
        "author_id": link.method.removeprefix(CURATED).strip() if curated else "",
        "mapping_tool": "" if curated else link.method,
        "confidence": round(link.score, 4),
        "comment": link.reason,
    }


def _runner_up(link: ReferenceLink) -> dict[str, object] | None:
    others: Sequence[ScoredCandidate] = link.others
    if link.best and link.decision != "linked":
        others = (link.best, *link.others)
    return _scored(others[0]) if others else None


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
