"""A case for which every step is done -> its answer; and what local lists add to it."""

from typing import Final

from alsu_kg.indexes.asking import Case
from alsu_kg.indexes.cascade import DEFAULT_SOURCES
from alsu_kg.indexes.merging import merge_works
from alsu_kg.indexes.retraction_status import combine_status
from alsu_kg.indexes.retraction_watch import RetractedPmids, RetractionTable
from alsu_kg.model.exchange import Outcome
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.retraction import Notice, StatusCheck

_UNRESOLVABLE: Final = {"isbn": "an ISBN", "issn": "an ISSN", "orcid": "an ORCID iD"}


def conclude(case: Case, sources: frozenset[str] = DEFAULT_SOURCES) -> Resolution:
    """Make the answer of a case for which every step is done.

    >>> from alsu_kg.model.identifier import Identifier
    >>> conclude(Case(Identifier("doi", "10.1000/a"), doi="10.1000/a", missing="doi.org: DOI does not exist")).outcome
    'not-found'
    """
    evidence = tuple(case.evidence)
    query = case.identifier.value
    if case.trial is not None:
        return Resolution(query=query, identifier=case.identifier, outcome="found", trial=case.trial, evidence=evidence)
    if not case.parts:
        outcome: Outcome = "not-found" if case.missing else "could-not-check"
        return Resolution(
            query=query,
            identifier=case.identifier,
            outcome=outcome,
            evidence=evidence,
            reason=case.missing or _failure(case),
        )
    work = merge_works(case.parts)
    checks = list(case.checks)
    if "pubmed" in sources and case.pmid_unsure and not any(check.source == "pubmed" for check in checks):
        checks.append(
            StatusCheck(
                source="pubmed",
                outcome="could-not-check",
                reason=f"the PMID could not be looked up: {case.pmid_unsure}",
            )
        )
    return Resolution(
        query=query,
        identifier=case.identifier,
        outcome="found",
        work=work,
        evidence=evidence,
        retraction=combine_status(work, work.notices, checks),
    )


def _failure(case: Case) -> str:
    if case.identifier.scheme in _UNRESOLVABLE:
        return f"no source here describes {_UNRESOLVABLE[case.identifier.scheme]}"
    failures = [f"{item.source}: {item.reason}" for item in case.evidence if item.outcome == "could-not-check"]
    return "; ".join(failures) or "no source that may be asked describes it"


def known_identifiers(answer: Resolution) -> tuple[str | None, str | None]:
    """Give DOI and PMID of an answer: of its work, else the identifier asked about, so that local lists always speak.

    >>> from alsu_kg.model.identifier import Identifier
    >>> known_identifiers(Resolution(query="7", identifier=Identifier("pmid", "7"), outcome="could-not-check"))
    (None, '7')
    """
    if answer.work is not None:
        return answer.work.doi, answer.work.pmid
    asked = answer.identifier
    if asked is None:
        return None, None
    return (asked.value if asked.scheme == "doi" else None, asked.value if asked.scheme == "pmid" else None)


def local_statements(
    doi: str | None,
    pmid: str | None,
    table: RetractionTable | None,
    packaged: RetractedPmids | None,
) -> tuple[tuple[Notice, ...], tuple[StatusCheck, ...]]:
    """Give what local lists say of a work. Absence from the packaged list is *could-not-check*: it is old and partial.

    >>> packaged = RetractedPmids(pmids=frozenset({"993"}), as_of="2024-07-23", source="x")
    >>> [check.outcome for pmid in ("993", "994") for check in local_statements(None, pmid, None, packaged)[1]]
    ['found', 'could-not-check']
    """
    notices: list[Notice] = []
    checks: list[StatusCheck] = []
    if table is not None and (doi or pmid):
        rows = table.notices(doi, pmid)
        notices += rows
        checks.append(
            StatusCheck(
                source="retraction-watch",
                outcome="found" if rows else "not-found",
                as_of=table.as_of,
                reason=f"file with SHA-256 {table.sha256[:16]}",
            )
        )
    if packaged is not None and pmid and pmid in packaged.pmids:
        notices.append(Notice(nature="retraction", raw_type="Retracted Publication", source="packaged-list", pmid=None))
        checks.append(StatusCheck(source="packaged-list", outcome="found", as_of=packaged.as_of))
    elif packaged is not None and pmid:
        checks.append(
            StatusCheck(
                source="packaged-list",
                outcome="could-not-check",
                as_of=packaged.as_of,
                reason="absent from the list, which says nothing",
            )
        )
    return tuple(notices), tuple(checks)
