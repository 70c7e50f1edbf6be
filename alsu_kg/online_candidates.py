"""Candidates from the network when there is no index: Crossref's bibliographic search and PubMed's citation matcher.

Printed DOIs and PMIDs are looked up too. Answers are kept in the response cache under a digest of the reference, so a second
run asks nobody; only whole answers are kept. Where a source could not be asked or did not answer, a reference is *could not
check* unless the candidates that did come leave no doubt: that nothing was found by half of the sources is no finding.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from alsu_kg.assets import find_asset
from alsu_kg.extraction.references.citation_words import WEIGHTS_FILE, WORDS_FILE, CitationWords, parse_citation_words
from alsu_kg.indexes import crossref, pubmed
from alsu_kg.linking.matching import METHOD
from alsu_kg.linking.online_queries import CITATIONS, candidate_of_work, make_citation, printed_dois, printed_pmids
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.exchange import Reading, Request, Response
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.model.work import Work
from alsu_kg.response_cache import CachedAnswer, ResponseCache

FetchAll = Callable[[Sequence[Request]], Iterable[Response]]

ROWS: Final = 10
LONGEST_QUERY: Final = 1_500
"""Characters of a reference that are sent; addresses have an end."""

CHUNK: Final = 50
"""References that are asked about at once."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What came of asking about one reference: candidates, and what could not be checked."""

    candidates: tuple[Candidate, ...] = ()
    failures: tuple[str, ...] = ()


class OnlineCandidates:
    """Finds candidates by asking indexes; ``fetch_all`` ``None`` is offline, ``cache`` ``None`` keeps nothing."""

    def __init__(self, fetch_all: FetchAll | None, cache: ResponseCache | None, *, now: Callable[[], float]) -> None:
        self._fetch_all = fetch_all
        self._cache = cache
        self._now = now
        self._found: dict[str, Found] = {}

    def prepare(self, references: Sequence[Reference]) -> None:
        """Find the candidates of some references at once, so that requests go out together."""
        wanted = {cache_key(r): r for r in references if r.text.strip() and cache_key(r) not in self._found}
        stored = self._cache.get(list(wanted)) if self._cache else {}
        asked = {}
        for key, reference in wanted.items():
            answer = stored.get((key, "metadata"))
            if answer is not None and (self._fetch_all is None or answer.is_fresh(self._now())):
                self._found[key] = _unpack(answer)
            elif self._fetch_all is not None:
                asked[key] = reference
        if asked and self._fetch_all is not None:
            fresh = dict(zip(asked, ask_about(list(asked.values()), self._fetch_all), strict=True))
            self._keep(fresh)
            for key, found in fresh.items():
                older = stored.get((key, "metadata"))
                self._found[key] = _unpack(older) if found.failures and older else found

    def _keep(self, fresh: Mapping[str, Found]) -> None:
        if self._cache is not None:
            at = int(self._now())
            self._cache.put(
                CachedAnswer(
                    identifier=key, kind="metadata", fetched_at=at, found=bool(found.candidates),
                    body=msgspec.msgpack.encode(found.candidates),
                )
                for key, found in fresh.items()
                if not found.failures
            )  # fmt: skip

    def candidates(self, reference: Reference) -> list[Candidate] | None:
        """Give the candidates of a reference; ``None`` if no usable answer came and none is stored."""
        if not reference.text.strip():
            return []
        if cache_key(reference) not in self._found:
            self.prepare([reference])
        found = self._found.get(cache_key(reference))
        return None if found is None or (found.failures and not found.candidates) else list(found.candidates)

    def judge(self, reference: Reference, link: ReferenceLink) -> ReferenceLink:
        """Give ``link``, or *could not check* where it is not linked and not every source has answered."""
        found = self._found.get(cache_key(reference))
        failures = found.failures if found else ()
        if not reference.text.strip() or link.decision == "linked" or (found and not failures):
            return link
        nothing = "no service was asked, and no answer about it is in the cache"
        why = nothing if found is None else "; ".join(failures)
        others = tuple(scored for scored in (link.best, *link.others) if scored)[:2]
        return ReferenceLink(
            id=link.id, decision="could-not-check", reason=f"could not look: {why}", method=METHOD, others=others
        )


def cache_key(reference: Reference) -> str:
    """Give the key of a reference in the cache: a digest, since the text itself is not ours to keep.

    >>> cache_key(Reference(id="1", unstructured="Liu T. 2017"))[:16]
    'reference:sha256'
    """
    parts = (reference.text, reference.container, reference.volume, reference.first_page, reference.doi, reference.pmid)
    return "reference:sha256:" + hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


def ask_about(references: Sequence[Reference], fetch_all: FetchAll) -> list[Found]:
    """Ask Crossref and PubMed about references, all at once: one search each, printed identifiers, one list of citations."""
    questions: list[tuple[int, Request]] = []
    for place, reference in enumerate(references):
        text = " ".join(reference.text.split())[:LONGEST_QUERY]
        questions.append((place, crossref.request_search(text, rows=ROWS)))
        questions += [(place, crossref.request_work(doi)) for doi in printed_dois(reference)]
    works: list[list[Work]] = [[] for _ in references]
    failures: list[list[str]] = [[] for _ in references]
    responses = fetch_all([request for _, request in questions])
    for (place, request), response in zip(questions, responses, strict=True):
        _take(works[place], failures[place], _read_crossref(request, response), "Crossref")
    _ask_pubmed(references, fetch_all, works, failures)
    return [
        Found(candidates=tuple(map(candidate_of_work, _distinct(one))), failures=tuple(dict.fromkeys(other)))
        for one, other in zip(works, failures, strict=True)
    ]


def _read_crossref(request: Request, response: Response) -> Reading[tuple[Work, ...]]:
    if request.kind == "search":
        hits = crossref.read_search(response)
        return Reading(
            hits.outcome, tuple(work for work, _ in hits.value) if hits.value is not None else None, hits.reason
        )
    work = crossref.read_work(response)
    if work.outcome == "not-found":
        return Reading("found", (), "")
    return Reading(work.outcome, (work.value,) if work.value is not None else None, work.reason)


def _ask_pubmed(
    references: Sequence[Reference], fetch_all: FetchAll, works: list[list[Work]], failures: list[list[str]]
) -> None:
    """Ask PubMed which articles some citations are, and for the records of these and of printed PMIDs."""
    words = load_journal_words()
    citations = {
        str(place): c for place, reference in enumerate(references) if (c := make_citation(reference, place, words))
    }
    wanted = {place: list(printed_pmids(reference)) for place, reference in enumerate(references)}
    keys = list(citations)
    for start in range(0, len(keys), CITATIONS):
        part = keys[start : start + CITATIONS]
        [response] = fetch_all([pubmed.request_citation_match([citations[key] for key in part])])
        matched = pubmed.read_citation_match(response)
        for key in part:
            if matched.value is None:
                failures[int(key)].append(f"PubMed: {matched.reason}")
            else:
                wanted[int(key)] += matched.value.get(key, ("not-found", ()))[1]
    pmids = list(dict.fromkeys(pmid for found in wanted.values() for pmid in found))
    if not pmids:
        return
    [response] = fetch_all([pubmed.request_articles(pmids[: pubmed.MAX_IDS])])
    articles = pubmed.read_articles(response)
    known = {work.pmid: work for work in articles.value or ()}
    for place, found in wanted.items():
        if found:
            value = tuple(known[pmid] for pmid in found if pmid in known) if articles.value is not None else None
            _take(works[place], failures[place], Reading(articles.outcome, value, articles.reason), "PubMed")


@lru_cache(maxsize=1)
def load_journal_words() -> CitationWords:
    """Read the weights of the words in names of journals, by which a printed citation is taken apart."""
    names = (WORDS_FILE, WEIGHTS_FILE)
    return parse_citation_words(
        {name: find_asset(f"data/lexicon/{name}").read_text(encoding="utf-8") for name in names}
    )


def _take(works: list[Work], failures: list[str], reading: Reading[tuple[Work, ...]], source: str) -> None:
    if reading.value is None:
        failures.append(f"{source}: {reading.reason}")
    else:
        works += reading.value


def _distinct(works: Iterable[Work]) -> list[Work]:
    """Give each work once: sources describe the same one by its DOI."""
    found: dict[str, Work] = {}
    for work in works:
        found.setdefault(work.doi or f"pmid:{work.pmid}", work)
    return list(found.values())


def _unpack(answer: CachedAnswer) -> Found:
    return Found(candidates=msgspec.msgpack.decode(answer.body, type=tuple[Candidate, ...]))
