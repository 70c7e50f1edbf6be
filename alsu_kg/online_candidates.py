"""Candidates from the network when there is no index: Crossref's bibliographic search and PubMed's citation matcher.

Answers are kept in the response cache under the text of the reference, so a second run asks nobody. Without network and
without a stored answer nothing is said: ``None``, which the linker reports as *could not check*.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from alsu_kg.indexes import crossref, pubmed
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.exchange import Request, Response
from alsu_kg.model.reference import Reference
from alsu_kg.model.work import Name, Work
from alsu_kg.response_cache import CachedAnswer, ResponseCache

FetchAll = Callable[[Sequence[Request]], Iterable[Response]]

ROWS: Final = 10
LONGEST_QUERY: Final = 1_500
"""Characters of a reference that are sent; addresses have an end."""


class OnlineCandidates:
    """Finds candidates by asking indexes; ``fetch_all`` ``None`` is offline, ``cache`` ``None`` keeps nothing."""

    def __init__(self, fetch_all: FetchAll | None, cache: ResponseCache | None, *, now: Callable[[], float]) -> None:
        self._fetch_all = fetch_all
        self._cache = cache
        self._now = now

    def candidates(self, reference: Reference) -> list[Candidate] | None:
        """Find the candidates of a reference; ``None`` if no usable answer came and none is stored."""
        if not reference.text.strip():
            return []
        key = cache_key(reference)
        stored = self._cache.get([key]).get((key, "metadata")) if self._cache else None
        if stored is not None and (stored.is_fresh(self._now()) or self._fetch_all is None):
            return msgspec.msgpack.decode(stored.body, type=list[Candidate])
        if self._fetch_all is None:
            return None
        found = _ask(reference, self._fetch_all)
        if found is None:
            return msgspec.msgpack.decode(stored.body, type=list[Candidate]) if stored else None
        if self._cache:
            body = msgspec.msgpack.encode(found)
            answer = CachedAnswer(
                identifier=key, kind="metadata", fetched_at=int(self._now()), found=bool(found), body=body
            )
            self._cache.put([answer])
        return found


def cache_key(reference: Reference) -> str:
    """Give the key of a reference in the cache: a digest, since the text itself is not ours to keep.

    >>> cache_key(Reference(id="1", unstructured="Liu T. 2017"))[:16]
    'reference:sha256'
    """
    parts = (reference.text, reference.container, reference.volume, reference.first_page)
    return "reference:sha256:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def candidate_of_work(work: Work) -> Candidate:
    """Give what the linker compares of a resolver's work."""
    key = work.doi or (f"pmid:{work.pmid}" if work.pmid else work.url or "unknown")
    year = (work.issued or work.published_print or work.published_online or "")[:4]
    page = work.page or work.article_number or ""
    return Candidate(
        id=key,
        title=": ".join(part for part in (work.title, work.subtitle) if part),
        authors=tuple(_pair(name) for name in work.authors or work.editors),
        year=int(year) if year.isdigit() else None,
        container=work.container or "",
        short_container=work.short_container or "",
        volume=work.volume or "",
        issue=work.issue or "",
        first_page=page.replace("–", "-").split("-")[0].strip(),
        doi=work.doi or "",
        pmid=work.pmid or "",
        kind=work.type or "",
    )


def _ask(reference: Reference, fetch_all: FetchAll) -> list[Candidate] | None:
    requests = [crossref.request_search(reference.text[:LONGEST_QUERY], rows=ROWS)]
    if reference.container and reference.authors and reference.first_page:
        family, given = reference.authors[0]
        citation = (
            reference.container,
            reference.year,
            reference.volume,
            reference.first_page,
            f"{family} {given}".strip(),
        )
        requests.append(pubmed.request_citation_match([(*citation, "a")]))
    responses = list(fetch_all(requests))
    hits = crossref.read_search(responses[0])
    if hits.value is None:
        return None
    works = [work for work, _ in hits.value]
    if len(responses) > 1:
        matched = pubmed.read_citation_match(responses[1])
        pmids = [pmid for _, found in (matched.value or {}).values() for pmid in found]
        if pmids:
            articles = pubmed.read_articles(next(iter(fetch_all([pubmed.request_articles(pmids)]))))
            works += [work for work in articles.value or () if not _known(work, works)]
    return [candidate_of_work(work) for work in works]


def _known(work: Work, works: Sequence[Work]) -> bool:
    return any(work.doi and work.doi == other.doi for other in works)


def _pair(name: Name) -> tuple[str, str]:
    return (name.family or name.literal or "", name.given or "")
