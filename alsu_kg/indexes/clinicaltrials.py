"""ClinicalTrials.gov API version 2: one study by NCT number, a search, and replies -> trials."""

from typing import Final
from urllib.parse import urlencode

from alsu_kg.indexes.replies import read_json
from alsu_kg.indexes.values import at, list_at, number_at, text_at, texts_at
from alsu_kg.model.dates import parse_date
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, found, not_found
from alsu_kg.model.identifier import normalise_nct
from alsu_kg.model.work import Trial

BASE: Final = "https://clinicaltrials.gov/api/v2"
FIELDS: Final = (
    "NCTId,BriefTitle,OverallStatus,WhyStopped,Phase,StudyType,EnrollmentCount,StartDate,CompletionDate,Condition,"
    "InterventionName,LeadSponsorName"
)


def request_study(nct: str) -> Request:
    """Ask for one study by its NCT number.

    >>> request_study("NCT02576665").url.partition("?")[0]
    'https://clinicaltrials.gov/api/v2/studies/NCT02576665'
    """
    return Request(service="clinicaltrials", url=f"{BASE}/studies/{nct}?{urlencode({'fields': FIELDS})}")


def request_search(intervention: str, *, condition: str | None = None, page_size: int = 20) -> Request:
    """Search studies by intervention and condition."""
    query = {"query.intr": intervention, "countTotal": "true", "pageSize": str(page_size), "fields": FIELDS}
    if condition:
        query["query.cond"] = condition
    return Request(service="clinicaltrials", kind="search", url=f"{BASE}/studies?{urlencode(query)}")


def read_study(response: Response) -> Reading[Trial]:
    """Read one study. An alias number is answered by a redirect to the study that it became part of."""
    reply = read_json(response)
    if reply.outcome == "not-found":
        return not_found("ClinicalTrials.gov has no such NCT number")
    if text_at(reply.value, "protocolSection", "identificationModule", "nctId") is None:
        return could_not_check(reply.reason or "the reply holds no study")
    return found(_trial(reply.value))


def read_search(response: Response) -> Reading[tuple[Trial, ...]]:
    """Read the studies of one page of a search; none is *found* with nothing in it."""
    reply = read_json(response)
    if not isinstance(at(reply.value, "studies"), list):
        return could_not_check(reply.reason or "the reply holds no list of studies")
    return found(tuple(_trial(item) for item in list_at(reply.value, "studies")))


def _trial(study: object) -> Trial:
    protocol = at(study, "protocolSection")
    status, design = at(protocol, "statusModule"), at(protocol, "designModule")
    interventions = list_at(protocol, "armsInterventionsModule", "interventions")
    return Trial(
        nct=normalise_nct(text_at(protocol, "identificationModule", "nctId") or "") or "",
        title=text_at(protocol, "identificationModule", "briefTitle"),
        status=text_at(status, "overallStatus"),
        why_stopped=text_at(status, "whyStopped"),
        phases=texts_at(design, "phases"),
        study_type=text_at(design, "studyType"),
        enrolment=number_at(design, "enrollmentInfo", "count"),
        start=parse_date(text_at(status, "startDateStruct", "date")),
        completion=parse_date(text_at(status, "completionDateStruct", "date")),
        conditions=texts_at(protocol, "conditionsModule", "conditions"),
        interventions=tuple(name for item in interventions if (name := text_at(item, "name"))),
        sponsor=text_at(protocol, "sponsorCollaboratorsModule", "leadSponsor", "name"),
    )
