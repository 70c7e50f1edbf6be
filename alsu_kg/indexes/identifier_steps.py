"""The steps of ``cascade.ORDER`` for identifiers that are not DOIs: shortDOI, NCT, arXiv, PMCID, PMID."""

from collections.abc import Sequence

from alsu_kg.indexes import clinicaltrials, doi_org, europepmc, pmc, pubmed
from alsu_kg.indexes.asking import Ask, Case, ask_batches, by_value, split
from alsu_kg.model.exchange import Response, could_not_check, found, not_found
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.work import Work


def start(identifier: Identifier) -> Case:
    """Open the case of one identifier.

    >>> start(Identifier("arxiv", "2304.05376v2")).doi
    '10.48550/arxiv.2304.05376'
    """
    case = Case(identifier)
    if identifier.scheme in ("doi", "pmid", "pmcid"):
        setattr(case, identifier.scheme, identifier.value)
    elif identifier.scheme == "arxiv":
        number, _, version = identifier.value.rpartition("v")
        case.doi = f"10.48550/arxiv.{number if version.isdecimal() and number else identifier.value}"
        case.agency = "DataCite"
    return case


def expand_short_dois(cases: Sequence[Case], ask: Ask) -> None:
    """Find the DOI behind each shortDOI."""
    chosen = [case for case in cases if case.identifier.scheme == "shortdoi"]
    responses = ask([doi_org.request_handle(case.identifier.value) for case in chosen])
    for case, response in zip(chosen, responses, strict=True):
        reading = doi_org.read_handle(response)
        case.note("doi.org", reading, response)
        case.doi = reading.value
        if reading.outcome == "not-found":
            case.missing = reading.reason


def ask_trials(cases: Sequence[Case], ask: Ask) -> None:
    """Ask ClinicalTrials.gov for the status of each NCT number."""
    chosen = [case for case in cases if case.identifier.scheme == "nct"]
    responses = ask([clinicaltrials.request_study(case.identifier.value) for case in chosen])
    for case, response in zip(chosen, responses, strict=True):
        reading = clinicaltrials.read_study(response)
        case.note("clinicaltrials.gov", reading, response)
        case.trial = reading.value
        if reading.outcome == "not-found":
            case.missing = reading.reason


def convert_pmcids(cases: Sequence[Case], ask: Ask) -> None:
    """Turn PMCIDs into PMIDs and DOIs by PMC's converter."""
    groups = by_value((case for case in cases if case.identifier.scheme == "pmcid"), lambda case: case.identifier.value)
    batches = split(list(groups), pmc.MAX_IDS)
    for batch, response in ask_batches(ask, batches, lambda ids: pmc.request_conversion(ids, "pmcid")):
        reading = pmc.read_conversion(response)
        for pmcid in batch:
            for case in groups[pmcid]:
                _note_conversion(
                    case,
                    (reading.value or {}).get(pmcid.lower(), False) if reading.value is not None else False,
                    response,
                    reading.reason,
                )


def _note_conversion(case: Case, answer: Work | bool | None, response: Response, reason: str) -> None:
    if isinstance(answer, Work):
        case.note("pmc", found(answer), response)
        case.pmcid = answer.pmcid
        case.pmid, case.doi = answer.pmid, answer.doi
        case.parts.append(("pmc", answer))
    elif answer is None:
        case.missing = f"PMC has no article {case.identifier.value}"
        case.note("pmc", not_found(case.missing), response)
    else:
        case.note("pmc", could_not_check(reason or "the reply passes over this PMCID"), response)


def look_up_pmcids(cases: Sequence[Case], ask: Ask) -> None:
    """Ask Europe PMC for the PMCIDs that the converter could not answer."""
    chosen = [c for c in cases if c.identifier.scheme == "pmcid" and not (c.pmid or c.doi or c.missing or c.parts)]
    groups = by_value(chosen, lambda case: case.identifier.value)
    batches = split([Identifier("pmcid", value) for value in groups], europepmc.MAX_IDS)
    for batch, response in ask_batches(ask, batches, lambda ids: europepmc.request_search(ids, detail="core")):
        reading = europepmc.read_search(response)
        works = {work.pmcid: work for work in reading.value or ()}
        for identifier in batch:
            for case in groups[identifier.value]:
                work = works.get(identifier.value)
                if work is not None:
                    case.add("europepmc", work, response)
                elif reading.value is not None:
                    case.missing = f"Europe PMC has no article {identifier.value}"
                    case.note("europepmc", not_found(case.missing), response)
                else:
                    case.note("europepmc", reading, response)


def ask_pubmed(cases: Sequence[Case], ask: Ask) -> None:
    """Ask PubMed for every PMID that is known and was not asked for yet."""
    groups = by_value((case for case in cases if not case.was_asked("pubmed")), lambda case: case.pmid)
    for batch, response in ask_batches(ask, split(list(groups), pubmed.MAX_IDS), pubmed.request_articles):
        reading = pubmed.read_articles(response)
        works = {work.pmid: work for work in reading.value or ()}
        for pmid in batch:
            for case in groups[pmid]:
                work = works.get(pmid)
                if work is not None:
                    _add_pubmed(case, work, response)
                elif reading.value is not None:
                    _note_absent_pmid(case, pmid, response)
                else:
                    case.note("pubmed", reading, response)
                    case.check("pubmed", response, None, reading.reason)


def _add_pubmed(case: Case, work: Work, response: Response) -> None:
    if case.doi and work.doi and case.doi != work.doi and case.identifier.scheme != "pmid":
        reason = f"PubMed's record of PMID {work.pmid} names another DOI, {work.doi}"
        case.note("pubmed", could_not_check(reason), response)
        case.check("pubmed", response, None, reason)
        case.pmid = None
        return
    case.add("pubmed", work, response)
    case.check("pubmed", response, work)


def _note_absent_pmid(case: Case, pmid: str, response: Response) -> None:
    reason = f"PubMed has no record {pmid} (removed or never given)"
    case.note("pubmed", not_found(reason), response)
    if case.identifier.scheme == "pmid":
        case.missing = reason
