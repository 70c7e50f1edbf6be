"""Review records -> identifiers to resolve, and answers -> references filled in. The record itself is never changed in place."""

from collections.abc import Mapping

import msgspec

from alsu_kg.model.identifier import Identifier
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.review import Reference, RelatedWork, ReviewRecord
from alsu_kg.model.work import Work


def identifier_of(item: Reference | RelatedWork) -> Identifier | None:
    """Give the identifier to resolve a reference or related work by: DOI, else PMID, else PMCID.

    >>> str(identifier_of(Reference(number=1, pmid="31280619")))
    'pmid:31280619'
    """
    for scheme in ("doi", "pmid", "pmcid"):
        value = getattr(item, scheme, None)
        if value:
            return Identifier(scheme, value)
    return None


def record_identifiers(record: ReviewRecord) -> tuple[Identifier, ...]:
    """List the identifiers of a record's references, related works and trials, each once, in order.

    >>> from alsu_kg.model.review import Review
    >>> record = ReviewRecord(record="x", review=Review(), references=(Reference(number=1, doi="10.1000/a"), Reference(number=2)))
    >>> [str(identifier) for identifier in record_identifiers(record)]
    ['doi:10.1000/a']
    """
    works = [identifier_of(reference) for reference in record.references]
    works += [identifier_of(work) for work in record.related_works]
    registered = [trial.registry_id for trial in record.trials] + [work.registry_id for work in record.related_works]
    trials = [Identifier("nct", number) for number in registered if number and number.startswith("NCT")]
    return tuple(dict.fromkeys(identifier for identifier in (*works, *trials) if identifier))


def fill_record(record: ReviewRecord, answers: Mapping[Identifier, Resolution]) -> ReviewRecord:
    """Give ``record`` with what its references and related works lack; what it says is never replaced.

    A reference whose identifier does not exist, or could not be checked, keeps its values; its ``link_status`` says so.

    >>> from alsu_kg.model.review import Review
    >>> record = ReviewRecord(record="x", review=Review(), references=(Reference(number=1, doi="10.1000/a"),))
    >>> answer = Resolution(query="", outcome="found", work=Work(doi="10.1000/a", title="A trial", volume="3"))
    >>> fill_record(record, {Identifier("doi", "10.1000/a"): answer}).references[0].title
    'A trial'
    """
    references = tuple(_filled(reference, answers) for reference in record.references)
    related = tuple(_filled_related(work, answers) for work in record.related_works)
    return msgspec.structs.replace(record, references=references, related_works=related)


def _filled(reference: Reference, answers: Mapping[Identifier, Resolution]) -> Reference:
    identifier = identifier_of(reference)
    answer = answers.get(identifier) if identifier else None
    if identifier is None or answer is None:
        return reference
    if answer.work is None:
        status = "could-not-check" if answer.outcome == "could-not-check" else "unlinked"
        return msgspec.structs.replace(
            reference,
            link_status=reference.link_status or status,
            link_reason=reference.link_reason or f"{identifier}: {answer.reason}",
        )
    return msgspec.structs.replace(
        reference, link_status=reference.link_status or "linked", **_missing(reference, answer.work)
    )


def _filled_related(item: RelatedWork, answers: Mapping[Identifier, Resolution]) -> RelatedWork:
    identifier = identifier_of(item)
    answer = answers.get(identifier) if identifier else None
    return msgspec.structs.replace(item, **_missing(item, answer.work)) if answer and answer.work else item


def _missing(item: Reference | RelatedWork, work: Work) -> dict[str, object]:
    known = _fields(work)
    return {
        name: known[name]
        for name in known
        if name in item.__struct_fields__ and known[name] and not getattr(item, name)
    }


def _fields(work: Work) -> dict[str, object]:
    return {
        "authors": tuple(name.text for name in work.authors),
        "title": work.title,
        "container": work.container,
        "year": work.year,
        "volume": work.volume,
        "issue": work.issue,
        "first_page": work.first_page,
        "last_page": work.last_page,
        "doi": work.doi,
        "pmid": work.pmid,
        "pmcid": work.pmcid,
    }
