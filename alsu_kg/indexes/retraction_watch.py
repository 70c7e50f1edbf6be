"""The Retraction Watch CSV (Crossref's copy) and the packaged list of retracted PMIDs -> notices.

A row is matched by DOI, else by PMID; titles are never matched. ``RetractionNature`` also names corrections and
expressions of concern, so a row alone does not mean "retracted".
"""

import csv
from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from alsu_kg.model.dates import parse_date
from alsu_kg.model.errors import WorkError
from alsu_kg.model.identifier import normalise_doi, normalise_pmid
from alsu_kg.model.retraction import Nature, Notice

COLUMNS: Final = (
    "Record ID",
    "RetractionDate",
    "RetractionDOI",
    "RetractionPubMedID",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
)
_NATURE: Final[dict[str, Nature]] = {
    "retraction": "retraction",
    "correction": "correction",
    "expression of concern": "expression-of-concern",
    "reinstatement": "other",
}


class RetractionTable(msgspec.Struct, frozen=True, kw_only=True):
    """Notices by the DOI and PMID of the paper, with the file's checksum and its date, which go with every answer."""

    by_doi: Mapping[str, tuple[Notice, ...]]
    by_pmid: Mapping[str, tuple[Notice, ...]]
    rows: int
    sha256: str
    as_of: str | None

    def notices(self, doi: str | None, pmid: str | None) -> tuple[Notice, ...]:
        """Give the notices of the work with this DOI or PMID, each once."""
        both = (*self.by_doi.get(doi or "", ()), *self.by_pmid.get(pmid or "", ()))
        return tuple(dict.fromkeys(both))


def read_retraction_table(lines: Iterable[str], *, sha256: str, as_of: str | None, name: str) -> RetractionTable:
    """Read the CSV's lines. Raises ``WorkError`` if it lacks a column; rows without any identifier are counted, not matched.

    >>> head = ",".join(COLUMNS)
    >>> row = '7,6/5/2020 0:00,10.1/N,0,10.1000/A,321,Retraction,+Data'
    >>> table = read_retraction_table([head, row], sha256="", as_of="2026-01-01", name="rw.csv")
    >>> table.notices("10.1000/a", None)[0].date, table.notices(None, "321") == table.notices("10.1000/a", "321")
    ('2020-06-05', True)
    """
    reader = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise WorkError(
            f"lacks the column {missing[0]!r}",
            place=name,
            repair="give the Retraction Watch CSV as Crossref publishes it",
        )
    by_doi: dict[str, list[Notice]] = {}
    by_pmid: dict[str, list[Notice]] = {}
    rows = 0
    for row in reader:
        rows += 1
        notice = _notice(row)
        doi, pmid = normalise_doi(row["OriginalPaperDOI"] or ""), normalise_pmid(row["OriginalPaperPubMedID"] or "")
        if doi:
            by_doi.setdefault(doi, []).append(notice)
        if pmid:
            by_pmid.setdefault(pmid, []).append(notice)
    return RetractionTable(
        by_doi={key: tuple(value) for key, value in by_doi.items()},
        rows=rows,
        sha256=sha256,
        as_of=as_of,
        by_pmid={key: tuple(value) for key, value in by_pmid.items()},
    )


def _notice(row: Mapping[str, str]) -> Notice:
    nature = (row["RetractionNature"] or "").strip()
    reasons = "; ".join(part.strip().lstrip("+") for part in (row["Reason"] or "").split(";") if part.strip())
    return Notice(
        nature=_NATURE.get(nature.lower(), "other"),
        raw_type=nature,
        source="retraction-watch",
        doi=normalise_doi(row["RetractionDOI"] or ""),
        pmid=normalise_pmid(row["RetractionPubMedID"] or ""),
        date=parse_date(row["RetractionDate"]),
        record_id=row["Record ID"] or None,
        note=reasons or None,
    )


class RetractedPmids(msgspec.Struct, frozen=True, kw_only=True):
    """The packaged list: PMIDs that PubMed marked as retracted on the list's date. Absence says nothing."""

    pmids: frozenset[str]
    as_of: str
    source: str


def read_retracted_pmids(text: str) -> RetractedPmids:
    r"""Read the packaged list: lines ``# key: value``, then one PMID a line.

    >>> read_retracted_pmids("# as_of: 2024-07-23\n# source: x\n993\n").as_of
    '2024-07-23'
    """
    lines = text.split("\n")
    head = dict(line[1:].strip().split(": ", 1) for line in lines if line.startswith("#") and ": " in line)
    pmids = frozenset(line for line in lines if line and not line.startswith("#"))
    return RetractedPmids(pmids=pmids, as_of=head.get("as_of", ""), source=head.get("source", ""))
