"""The recorded replies of ../shared/responses, each with the reader that it is for and a short account of its contents."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from alsu_kg.indexes import (
    clinicaltrials,
    crossref,
    datacite,
    doi_org,
    europepmc,
    openalex,
    opencitations,
    pmc,
    pubmed,
    semantic_scholar,
    unpaywall,
)
from alsu_kg.model.exchange import Reading, Response
from alsu_kg.model.work import OpenAccess, Trial, Work

FOLDER = Path(__file__).parents[3] / "shared" / "responses"
Reader = Callable[[Response], Reading[object]]

# File name pattern -> reader. The first that matches is used.
READERS: tuple[tuple[str, object], ...] = (
    (r"crossref/agency", crossref.read_agency),
    (r"crossref/bibtex", doi_org.read_bibtex),
    (r"crossref/csljson_transform_(10|301)", doi_org.read_csl),
    (r"crossref/(refmatcher|work)_", crossref.read_work),
    (r"crossref/search_", crossref.read_search),
    (r"crossref/unixsd", doi_org.read_unixref),
    (r"crossref/works_", crossref.read_works),
    (r"datacite/", datacite.read_work),
    (r"doi_org/(cn_bibliography|crosscite)", doi_org.read_bibliography),
    (r"doi_org/cn_(bibtex|30)", doi_org.read_bibtex),
    (r"doi_org/cn_rdfxml", doi_org.read_rdf),
    (r"doi_org/cn_unixref", doi_org.read_unixref),
    (r"doi_org/csl", doi_org.read_csl),
    (r"doi_org/(ra|doiRA)_", doi_org.read_agency),
    (r"europepmc/pmc.*supplementary", europepmc.read_supplement),
    (r"europepmc/", europepmc.read_search),
    (r"ncbi/(pubmed_efetch|biopython_pubmed)", pubmed.read_articles),
    (r"ncbi/biopython_esummary", pubmed.read_summaries),
    (r"ncbi/(biopython_esearch|pubmed_[0-9a-f]+\.json)", pubmed.read_search),
    (r"ncbi/.*elink", pubmed.read_links),
    (r"ncbi/biopython_espell", pubmed.read_spelling),
    (r"ncbi/(biopython_epost|eutils_429)", pubmed.read_articles),
    (r"ncbi/pmc\d+\.\d\.json", pmc.read_open_data),
    (r"ncbi/pmc\d+-versions", pmc.read_versions),
    (r"ncbi/pmc.*not-open-access", pmc.read_open_access_error),
    (r"openalex/work_", openalex.read_work),
    (r"openalex/search", openalex.read_works),
    (r"opencitations/meta_sparql", opencitations.read_identifiers),
    (r"opencitations/.*count", opencitations.read_citation_count),
    (r"opencitations/", opencitations.read_citations),
    (r"semanticscholar/batch", semantic_scholar.read_papers),
    (r"semanticscholar/(paper_|fields_)", semantic_scholar.read_paper),
    (r"semanticscholar/", semantic_scholar.read_list),
    (r"unpaywall/", unpaywall.read_open_access),
    (r"clinicaltrials/get_", clinicaltrials.read_study),
    (r"clinicaltrials/search_", clinicaltrials.read_search),
)


class Recorded(NamedTuple):
    """One recorded reply: its file, the response it was, and the reader for it."""

    file: str
    response: Response
    read: Reader


def recorded_replies() -> Iterator[Recorded]:
    """Give every recorded reply; nothing if the folder is absent."""
    manifest = FOLDER / "manifest.json"
    for entry in json.loads(manifest.read_text())["files"] if manifest.exists() else ():
        headers = tuple((name.lower(), value) for name, value in entry["response_headers"].items())
        body = (FOLDER / entry["file"]).read_bytes()
        response = Response(url=entry["url"], status=entry["status"], headers=headers, body=body)
        reader = next(reader for pattern, reader in READERS if re.match(pattern, entry["file"]))
        yield Recorded(entry["file"], response, reader)  # type: ignore[arg-type]


def account(reading: Reading[object]) -> object:
    """Say in short what a reading holds."""
    if reading.outcome != "found":
        return f"{reading.outcome}: {reading.reason}"
    return _short(reading.value)


def _short(value: object) -> object:
    if isinstance(value, Work):
        return _work(value)
    if (
        isinstance(value, tuple)
        and value
        and isinstance(value[0], Work)
        and len(value) == 2
        and isinstance(value[1], float)
    ):
        return f"{value[1]:.2f} {_work(value[0])}"
    if isinstance(value, tuple | list):
        return [_short(item) for item in value]
    if isinstance(value, Trial):
        return " | ".join(
            str(part) for part in (value.nct, value.status, *value.phases, value.enrolment, value.start, value.title)
        )
    if isinstance(value, OpenAccess):
        return f"open {value.is_open} {value.status} {value.licence} {value.version} {value.url}"
    return value if isinstance(value, int | str | None) else str(value)


def _work(work: Work) -> str:
    names = [name.text for name in work.authors]
    people = f"{names[0]} … {names[-1]} ({len(names)})" if names else "no authors"
    ids = " ".join(str(identifier) for identifier in work.identifiers)
    where = f"{work.container} {work.volume or ''}({work.issue or ''}){work.page or ''}"
    extra = [
        f"{notice.nature} {notice.doi or notice.pmid or ''} {notice.date or ''} {notice.source}"
        for notice in work.notices
    ]
    extra += [f"notice of {notice.doi or notice.pmid} ({notice.nature})" for notice in work.notice_of]
    extra += [f"{relation.type} {relation.target}" for relation in work.relations[:3]]
    return " | ".join([ids, str(work.type), str(work.title), people, where, str(work.issued), *extra])
