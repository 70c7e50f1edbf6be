"""Mappings as SSSOM tables (https://w3id.org/sssom, TSV): which thing means which, how it was decided, by whom and when.

Links of references and groundings of words are both kept so. A row with ``semapv:ManualMappingCuration`` is a person's decision:
machine runs never change it and always follow it.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CURATED: Final = "semapv:ManualMappingCuration"
"""A person looked at this mapping and decided."""

NO_TERM: Final = "sssom:NoTermFound"
"""The object of a decision that there is nothing to map to."""

COLUMNS: Final = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_label",
    "mapping_date", "confidence", "mapping_tool", "comment",
)  # fmt: skip
_NEEDED: Final = frozenset({"subject_id", "object_id", "mapping_justification"})
_HEAD: Final = """#curie_map:
#  alsu-word: https://w3id.org/alsu-kg/id/word/
#  entity: https://w3id.org/alsu-kg/id/entity/
#  mechanism: https://w3id.org/alsu-kg/id/mechanism/
#  treatment: https://w3id.org/alsu-kg/id/treatment/
#  semapv: https://w3id.org/semapv/vocab/
#  skos: http://www.w3.org/2004/02/skos/core#
#  sssom: https://w3id.org/sssom/
#license: https://creativecommons.org/publicdomain/zero/1.0/
#mapping_set_id: https://w3id.org/alsu-kg/id/groundings
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermMapping:
    """One row: a subject, a predicate such as ``skos:exactMatch``, an object, and how it was decided.

    ``confidence`` is 0 to 1 or ``None``; ``author`` is the column ``author_label``, or ``author_id`` where that is empty.
    """

    subject_id: str
    subject_label: str = ""
    predicate_id: str = "skos:exactMatch"
    object_id: str
    object_label: str = ""
    justification: str
    author: str = ""
    date: str = ""
    confidence: float | None = None
    tool: str = ""
    comment: str = ""

    @property
    def is_curated(self) -> bool:
        """Whether a person decided."""
        return self.justification == CURATED


def read_mappings(text: str) -> list[TermMapping]:
    r"""Read an SSSOM table; rows that deny a mapping are left out.

    Raises ``ValueError`` naming what is missing or the row that is wrong.

    >>> rows = "subject_id\tobject_id\tmapping_justification\ntreatment:azathioprine\tCHEBI:2948\tsemapv:ManualMappingCuration"
    >>> read_mappings(rows)[0].is_curated
    True
    """
    lines = [line for line in text.removeprefix("\ufeff").splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines, delimiter="\t")
    missing = _NEEDED - set(reader.fieldnames or ())
    if missing:
        raise ValueError(f"no SSSOM table: column {', '.join(sorted(missing))} is missing")
    return [_mapping(row, number) for number, row in enumerate(reader, 1) if row.get("predicate_modifier") != "Not"]


def _mapping(row: dict[str, str | None], number: int) -> TermMapping:
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    if not cells["subject_id"] or not cells["object_id"]:
        raise ValueError(f"row {number} has no subject_id or no object_id")
    confidence = cells.get("confidence", "")
    try:
        number_given = float(confidence) if confidence else None
    except ValueError:
        raise ValueError(f"row {number}: the confidence {confidence!r} is no number") from None
    return TermMapping(
        subject_id=cells["subject_id"],
        subject_label=cells.get("subject_label", ""),
        predicate_id=cells.get("predicate_id", "") or "skos:exactMatch",
        object_id=cells["object_id"],
        object_label=cells.get("object_label", ""),
        justification=cells["mapping_justification"],
        author=cells.get("author_label", "") or cells.get("author_id", ""),
        date=cells.get("mapping_date", ""),
        confidence=number_given,
        tool=cells.get("mapping_tool", ""),
        comment=cells.get("comment", ""),
    )


def write_mappings(mappings: Iterable[TermMapping]) -> str:
    """Write mappings as an SSSOM table, sorted by subject and object; ``read_mappings`` reads it back.

    >>> one = TermMapping(subject_id="treatment:azathioprine", object_id="CHEBI:2948", justification=CURATED, confidence=1.0)
    >>> read_mappings(write_mappings([one])) == [one]
    True
    """
    target = io.StringIO()
    target.write(_HEAD)
    writer = csv.writer(target, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in sorted(mappings, key=lambda row: (row.subject_id, row.subject_label, row.object_id)):
        confidence = "" if one.confidence is None else f"{one.confidence:g}"
        writer.writerow(
            " ".join(cell.split())
            for cell in (
                one.subject_id, one.subject_label, one.predicate_id, one.object_id, one.object_label, one.justification,
                one.author, one.date, confidence, one.tool, one.comment,
            )
        )  # fmt: skip
    return target.getvalue()
