"""The steps of ``cascade.ORDER`` for DOIs: Crossref, the agency, DataCite, content negotiation, Europe PMC and others."""

from collections.abc import Iterable, Sequence

from alsu_kg.indexes import crossref, datacite, doi_org, europepmc, openalex, unpaywall
from alsu_kg.indexes.asking import Ask, Case, ask_batches, by_value, split
from alsu_kg.model.exchange import Reading, Request, Response, could_not_check, not_found
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.work import Work


def ask_crossref(cases: Sequence[Case], ask: Ask) -> None:
    """Ask Crossref for every DOI whose agency may be Crossref: one alone by its address, many by list."""
    chosen = [case for case in cases if case.doi and case.agency in (None, "Crossref") and case.missing is None]
    groups = by_value(chosen, lambda case: case.doi)
    batches, alone = crossref.list_batches(groups) if len(groups) > 1 else ([], list(groups))
    answers = ask_batches(ask, batches, crossref.request_works)
    for batch, response in answers:
        reading = crossref.read_works(response)
        if len(batch) == 1 and response.status == 400:
            alone += batch
            continue
        works = {work.doi: work for work in reading.value or ()}
        for doi in batch:
            for case in groups[doi]:
                _note_crossref(case, _list_answer(works.get(doi), reading), response)
    _ask_crossref_alone(alone, groups, ask)


def _list_answer(work: Work | None, reading: Reading[tuple[Work, ...]]) -> Reading[Work]:
    if work is not None:
        return Reading("found", work)
    if reading.value is None:
        return could_not_check(reading.reason)
    return not_found("Crossref's list lacks this DOI (another agency may have it)")


def _ask_crossref_alone(dois: Sequence[str], groups: dict[str, list[Case]], ask: Ask) -> None:
    for doi, response in zip(dois, ask([crossref.request_work(doi) for doi in dois]), strict=True):
        for case in groups[doi]:
            _note_crossref(case, crossref.read_work(response), response)


def _note_crossref(case: Case, reading: Reading[Work], response: Response) -> None:
    if reading.value is not None:
        _add_with_alias(case, "crossref", reading.value, response)
        case.check("crossref", response, reading.value)
        return
    case.note("crossref", reading, response)
    if reading.outcome == "could-not-check":
        case.check("crossref", response, None, reading.reason)
    else:
        case.agency = "unknown"


def _add_with_alias(case: Case, source: str, work: Work, response: Response) -> None:
    asked = case.doi
    case.add(source, work, response)
    if asked and work.doi and work.doi != asked:
        case.parts.append((source, Work(doi=work.doi, aliases=(asked,))))
        case.doi = work.doi


def ask_agency(cases: Sequence[Case], ask: Ask) -> None:
    """Ask doi.org who registered each DOI that Crossref's list lacks, and Crossref once more for those that it owns."""
    chosen = [case for case in cases if case.doi and case.agency == "unknown" and case.is_open]
    responses = ask([doi_org.request_agency(case.doi or "") for case in chosen])
    for case, response in zip(chosen, responses, strict=True):
        reading = doi_org.read_agency(response)
        case.note("doi.org", reading, response)
        case.agency = reading.value or "unknown"
        if reading.outcome == "not-found":
            case.missing = reading.reason
    again = by_value((case for case in chosen if case.agency == "Crossref"), lambda case: case.doi)
    _ask_crossref_alone(list(again), again, ask)


def ask_datacite(cases: Sequence[Case], ask: Ask) -> None:
    """Ask DataCite for its DOIs."""
    chosen = [case for case in cases if case.doi and case.agency == "DataCite" and case.is_open]
    responses = ask([datacite.request_work(case.doi or "") for case in chosen])
    for case, response in zip(chosen, responses, strict=True):
        reading = datacite.read_work(response)
        if reading.value is not None:
            _add_with_alias(case, "datacite", reading.value, response)
        else:
            case.note("datacite", reading, response)
            if reading.outcome == "not-found" and case.identifier.scheme == "arxiv":
                case.missing = f"DataCite has no DOI of arXiv {case.identifier.value}"


def negotiate(cases: Sequence[Case], ask: Ask) -> None:
    """Ask doi.org by content negotiation for what nobody has described yet.

    A 404 of doi.org itself means that the DOI does not exist; a 404 behind its redirect means only that the agency has
    no such format for it.
    """
    chosen = [case for case in cases if case.doi and case.is_open]
    responses = ask([doi_org.request_csl(case.doi or "") for case in chosen])
    for case, response in zip(chosen, responses, strict=True):
        reading = doi_org.read_csl(response)
        if reading.value is not None:
            _add_with_alias(case, "doi.org", reading.value, response)
            continue
        if reading.outcome == "not-found" and response.redirects:
            reading = could_not_check("the agency that doi.org names has no metadata for it")
        case.note("doi.org", reading, response)
        if reading.outcome == "not-found":
            case.missing = reading.reason


def ask_europepmc(cases: Sequence[Case], ask: Ask) -> None:
    """Ask Europe PMC for PMID, PMCID, licence and open-access link of each DOI or PMID."""
    chosen = [
        case for case in cases if (case.doi or case.pmid) and case.missing is None and not case.was_asked("europepmc")
    ]
    groups = by_value(chosen, lambda case: str(_asked_identifier(case)))
    identifiers = list(dict.fromkeys(_asked_identifier(case) for case in chosen))
    batches = split(identifiers, europepmc.MAX_IDS)
    for batch, response in ask_batches(ask, batches, lambda ids: europepmc.request_search(ids, detail="core")):
        reading = europepmc.read_search(response)
        for identifier in batch:
            for case in groups[str(identifier)]:
                _note_europepmc(case, identifier, reading, response)


def _asked_identifier(case: Case) -> Identifier:
    return Identifier("doi", case.doi) if case.doi else Identifier("pmid", case.pmid or "")


def _note_europepmc(case: Case, identifier: Identifier, reading: Reading[tuple[Work, ...]], response: Response) -> None:
    if reading.value is None:
        case.note("europepmc", reading, response)
        case.pmid_unsure = None if case.pmid else reading.reason
        return
    work = _match(reading.value, identifier)
    if work is None:
        case.note("europepmc", not_found("Europe PMC has no work with this identifier"), response)
    else:
        case.add("europepmc", work, response)


def _match(works: Iterable[Work], identifier: Identifier) -> Work | None:
    """Choose the work with exactly this identifier; PubMed's record before any other source's."""
    same = [work for work in works if getattr(work, identifier.scheme) == identifier.value]
    return next((work for work in same if work.pmid), same[0] if same else None)


def ask_openalex(cases: Sequence[Case], ask: Ask) -> None:
    """Ask OpenAlex, last of all, for DOIs that nobody has described."""
    chosen = [case for case in cases if case.doi and case.is_open]
    responses = ask([openalex.request_work(case.doi or "") for case in chosen])
    for case, response in zip(chosen, responses, strict=True):
        reading = openalex.read_work(response)
        if reading.value is not None:
            case.add("openalex", reading.value, response)
        else:
            case.note("openalex", reading, response)


def ask_unpaywall(cases: Sequence[Case], ask: Ask) -> None:
    """Ask Unpaywall for the open-access location of each DOI that was found."""
    chosen = [case for case in cases if case.doi and case.parts]
    requests: list[Request] = [unpaywall.request_open_access(case.doi or "") for case in chosen]
    for case, response in zip(chosen, ask(requests), strict=True):
        reading = unpaywall.read_open_access(response)
        case.note("unpaywall", reading, response)
        if reading.value is not None:
            case.parts.append(("unpaywall", Work(open_access=reading.value)))
