"""What persons decide about links (and other mappings): rows of an SSSOM table that win over the machine's.

A decision names its subject by a key that stays: the id of a reference, or for a line without an id a digest of its text,
so a decision is never taken for the line of another file. A table is only ever added to; the last row on a subject counts.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from alsu_kg.model.candidate import Candidate, ScoredCandidate
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference

CURATED: Final = "semapv:ManualMappingCuration"
NO_WORK: Final = "sssom:NoTermFound"
COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_id",
    "mapping_date", "mapping_tool", "confidence", "comment",
)  # fmt: skip
HEAD: Final = """#curie_map:
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
_REFERENCE: Final = "alsu-ref:"
_WORK: Final = "work:"


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision (an SSSOM mapping, https://w3id.org/sssom): ``subject`` and ``object`` are CURIEs or keys.

    ``object`` is ``NO_WORK`` where the person says that there is none. ``author`` is an ORCID or a name, ``date`` ISO 8601.
    """

    subject: str
    object: str
    author: str = ""
    date: str = ""
    predicate: str = "skos:exactMatch"
    subject_label: str = ""
    object_label: str = ""
    comment: str = ""


Decisions = Mapping[str, Decision]
"""The decisions that count, by subject."""


def subject_of(reference: Reference) -> str:
    r"""Give the key under which a reference is decided on: its id, or of a line without one a digest of its text.

    >>> subject_of(Reference(id="azathioprine/13")), subject_of(Reference(id="7", unstructured="Liu  T.\n2017"))
    ('azathioprine/13', 'text-245b024686638974')
    """
    if not reference.id.isdecimal():
        return reference.id
    return "text-" + hashlib.sha256(" ".join(reference.text.split()).encode()).hexdigest()[:16]


def read_decisions(text: str) -> dict[str, Decision]:
    r"""Read the decisions of an SSSOM table: the last of each subject. Machine rows are left out.

    Raises ``ValueError`` naming what is missing if it is no SSSOM table.

    >>> table = "subject_id\tobject_id\tmapping_justification\nalsu-ref:x/9\tdoi:10.1/a\tsemapv:ManualMappingCuration"
    >>> read_decisions(table)["x/9"].object
    'doi:10.1/a'
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines:
        return {}
    reader = csv.DictReader(lines, delimiter="\t")
    missing = {"subject_id", "object_id", "mapping_justification"} - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"no SSSOM table: column {', '.join(sorted(missing))} is missing")
    found = (_decision(row) for row in reader if row["mapping_justification"] == CURATED and row["subject_id"])
    return {decision.subject: decision for decision in found}


def _decision(row: Mapping[str, str | None]) -> Decision:
    return Decision(
        subject=(row["subject_id"] or "").removeprefix(_REFERENCE),
        object=(row["object_id"] or "").removeprefix(_WORK) or NO_WORK,
        author=row.get("author_id") or "",
        date=row.get("mapping_date") or "",
        predicate=row.get("predicate_id") or "skos:exactMatch",
        subject_label=row.get("subject_label") or "",
        object_label=row.get("object_label") or "",
        comment=row.get("comment") or "",
    )


def add_decision(text: str, decision: Decision) -> str:
    r"""Add a decision to an SSSOM table (or to nothing); every line that is there stays as it is.

    >>> table = add_decision("", Decision(subject="x/1", object="doi:10.1/a", author="orcid:0", date="2026-01-02"))
    >>> add_decision(table, Decision(subject="x/1", object=NO_WORK)).count("ManualMappingCuration")
    2
    """
    if not any(line.strip() and not line.startswith("#") for line in text.splitlines()):
        text += ("" if text else HEAD) + "\t".join(COLUMNS) + "\n"
    header = next(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return text + ("" if text.endswith("\n") else "\n") + write_rows([decision_row(decision)], header.split("\t"))


def decision_row(decision: Decision) -> dict[str, object]:
    """Give a decision as a row of an SSSOM table."""
    known = ":" in decision.subject
    return {
        "subject_id": decision.subject if known else _REFERENCE + decision.subject,
        "subject_label": " ".join(decision.subject_label.split()),
        "predicate_id": decision.predicate,
        "object_id": decision.object if ":" in decision.object else _WORK + decision.object,
        "object_label": " ".join(decision.object_label.split()),
        "mapping_justification": CURATED,
        "author_id": decision.author,
        "mapping_date": decision.date,
        "comment": " ".join(decision.comment.split()),
    }


def write_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Write rows of an SSSOM table without its head."""
    target = io.StringIO()
    csv.DictWriter(target, columns, delimiter="\t", lineterminator="\n", extrasaction="ignore").writerows(rows)
    return target.getvalue()


def apply_decision(
    reference: Reference,
    link: ReferenceLink,
    decisions: Decisions,
    look_up: Callable[[Iterable[str]], Sequence[Candidate]],
) -> ReferenceLink:
    """Let a person's decision win over the machine's; the machine's candidates stay visible as others."""
    decision = decisions.get(subject_of(reference))
    if decision is None:
        return link
    others = tuple(filter(None, [link.best, *link.others]))
    method = " ".join(filter(None, [CURATED, decision.author, decision.date]))
    if decision.object == NO_WORK:
        return ReferenceLink(
            id=link.id, decision="unlinked", reason="decided by a person: no work", method=method, others=others[:2]
        )
    best = ScoredCandidate(candidate=_chosen(decision, others, look_up), score=1.0, evidence={})
    rest = tuple(s for s in others if s.candidate.id != best.candidate.id)[:2]
    return ReferenceLink(
        id=link.id, decision="linked", reason="decided by a person", method=method, best=best, others=rest
    )


def _chosen(
    decision: Decision, others: Sequence[ScoredCandidate], look_up: Callable[[Iterable[str]], Sequence[Candidate]]
) -> Candidate:
    """Find the work that was chosen among the machine's candidates, else in the index, else make it of its identifier."""
    key = decision.object
    for scored in others:
        work = scored.candidate
        if key in (f"doi:{work.doi.lower()}", f"pmid:{work.pmid}", work.id):
            return work
    found = list(look_up([key]))
    if found:
        return found[0]
    scheme, _, value = key.partition(":")
    return Candidate(
        id=value if scheme == "doi" else key,
        title=decision.object_label,
        doi=value if scheme == "doi" else "",
        pmid=value if scheme == "pmid" else "",
    )
