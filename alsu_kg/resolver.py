"""From texts to answers: recognise, look into the cache, ask the sources in order, combine, keep.

``Resolver.resolve`` answers every text, in the order given. Work is done in chunks, and each chunk is stored before the next
begins, so a run that is stopped goes on where it was when it is started again.
"""

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from alsu_kg.configuration import Configuration, load_keys
from alsu_kg.http_client import HttpClient
from alsu_kg.indexes import doi_steps, identifier_steps
from alsu_kg.indexes.asking import Ask, Case, split
from alsu_kg.indexes.cascade import DEFAULT_SOURCES
from alsu_kg.indexes.conclusions import conclude, known_identifiers, local_statements
from alsu_kg.indexes.retraction_status import combine_status
from alsu_kg.indexes.retraction_watch import RetractedPmids, RetractionTable
from alsu_kg.model.identifier import Identifier, recognise
from alsu_kg.model.resolution import CachedKind, Resolution
from alsu_kg.model.retraction import RetractionStatus, StatusCheck
from alsu_kg.response_cache import CachedAnswer, ResponseCache
from alsu_kg.retraction_lists import load_retracted_pmids, load_retraction_table

CHUNK: Final = 600
"""Identifiers per chunk: three of Crossref's lists, so that three may be under way at once."""

Step = Callable[[Sequence[Case], Ask], None]
# The functions of `cascade.ORDER`, in its order, each with the source that must be allowed for it to run.
STEPS: Final[tuple[tuple[str, str, Step], ...]] = (
    ("short-doi", "doi", identifier_steps.expand_short_dois),
    ("trial", "clinicaltrials", identifier_steps.ask_trials),
    ("pmcid", "pmc", identifier_steps.convert_pmcids),
    ("pmcid-fallback", "europepmc", identifier_steps.look_up_pmcids),
    ("pubmed", "pubmed", identifier_steps.ask_pubmed),
    ("crossref", "crossref", doi_steps.ask_crossref),
    ("agency", "doi", doi_steps.ask_agency),
    ("datacite", "datacite", doi_steps.ask_datacite),
    ("negotiation", "doi", doi_steps.negotiate),
    ("europepmc", "europepmc", doi_steps.ask_europepmc),
    ("pubmed-after", "pubmed", identifier_steps.ask_pubmed),
    ("last-resort", "openalex", doi_steps.ask_openalex),
    ("open-access", "unpaywall", doi_steps.ask_unpaywall),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverSettings:
    """Which sources may be asked, whether to pass by what is stored, and the local lists of retractions."""

    sources: frozenset[str] = DEFAULT_SOURCES
    refresh: bool = False
    packaged: RetractedPmids | None = None
    table: RetractionTable | None = None


class Resolver:
    """Answers what identifiers stand for. ``ask`` reaches the services; without it (offline) only the cache speaks."""

    def __init__(
        self,
        ask: Ask | None,
        cache: ResponseCache | None,
        *,
        settings: ResolverSettings | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._ask, self._cache, self._now = ask, cache, now
        self._settings = settings or ResolverSettings()

    def resolve(self, texts: Sequence[str]) -> Iterator[Resolution]:
        """Answer each text in order; equal identifiers are asked for once."""
        recognised = [recognise(text) for text in texts]
        answers: dict[Identifier, Resolution] = {}
        distinct = list(dict.fromkeys(identifier for identifier in recognised if identifier))
        chunks = iter(split(distinct, CHUNK))
        for text, identifier in zip(texts, recognised, strict=True):
            while identifier is not None and identifier not in answers:
                answers |= self._chunk(next(chunks))
            yield (
                _unrecognised(text) if identifier is None else msgspec.structs.replace(answers[identifier], query=text)
            )

    def _chunk(self, identifiers: Sequence[Identifier]) -> dict[Identifier, Resolution]:
        cached = self._cached(identifiers)
        answers = {
            identifier: answer
            for identifier, answer in cached.items()
            if not answer.stale and not self._settings.refresh
        }
        wanted = [identifier for identifier in identifiers if identifier not in answers]
        if self._ask is None:
            for identifier in wanted:
                answers[identifier] = cached.get(identifier) or _not_in_cache(identifier)
        elif wanted:
            answers |= self._asked(wanted, cached)
        return {identifier: self._with_local_lists(answer) for identifier, answer in answers.items()}

    def _asked(
        self, wanted: Sequence[Identifier], cached: dict[Identifier, Resolution]
    ) -> dict[Identifier, Resolution]:
        cases = [identifier_steps.start(identifier) for identifier in wanted]
        ask = self._ask
        for _, source, step in STEPS if ask is not None else ():
            if source in self._settings.sources and ask is not None:
                step(cases, ask)
        fresh = {case.identifier: conclude(case, self._settings.sources) for case in cases}
        self._store(fresh)
        return {key: _with_older(answer, cached.get(key)) for key, answer in fresh.items()}

    def _cached(self, identifiers: Sequence[Identifier]) -> dict[Identifier, Resolution]:
        if self._cache is None:
            return {}
        keys = [str(identifier) for identifier in identifiers]
        stored, now = self._cache.get(keys), self._now()
        answers = {}
        for identifier, key in zip(identifiers, keys, strict=True):
            metadata = stored.get((key, "metadata"))
            if metadata is not None:
                answers[identifier] = _from_cache(metadata, stored.get((key, "retraction")), now)
        return answers

    def _store(self, answers: dict[Identifier, Resolution]) -> None:
        if self._cache is None:
            return
        at, rows = int(self._now()), []
        for identifier, answer in answers.items():
            key = str(identifier)
            if answer.outcome != "could-not-check":
                body = _PACK.encode(msgspec.structs.replace(answer, retraction=RetractionStatus()))
                rows.append(
                    CachedAnswer(
                        identifier=key, kind="metadata", fetched_at=at, found=answer.outcome == "found", body=body
                    )
                )
            if answer.retraction.verdict != "could-not-check":
                rows.append(
                    CachedAnswer(
                        identifier=key,
                        kind="retraction",
                        fetched_at=at,
                        found=True,
                        body=_PACK.encode(answer.retraction),
                    )
                )
        self._cache.put(rows)

    def _with_local_lists(self, answer: Resolution) -> Resolution:
        """Add what the user's Retraction Watch file and the packaged list say; they are read afresh for each answer."""
        doi, pmid = known_identifiers(answer)
        notices, checks = local_statements(doi, pmid, self._settings.table, self._settings.packaged)
        if not checks:
            return answer
        status = answer.retraction
        if not notices and self._settings.table is None:
            return msgspec.structs.replace(
                answer, retraction=msgspec.structs.replace(status, checks=(*status.checks, *checks))
            )
        combined = combine_status(answer.work, (*status.notices, *notices), (*status.checks, *checks))
        return msgspec.structs.replace(answer, retraction=combined)


_PACK: Final = msgspec.msgpack.Encoder()
_UNPACK_ANSWER: Final = msgspec.msgpack.Decoder(Resolution)
_UNPACK_STATUS: Final = msgspec.msgpack.Decoder(RetractionStatus)


def _unrecognised(text: str) -> Resolution:
    return Resolution(
        query=text,
        outcome="could-not-check",
        reason="no identifier is recognised in it; give a DOI, PMID, PMCID, arXiv or NCT number",
    )


def _not_in_cache(identifier: Identifier) -> Resolution:
    return Resolution(
        query=identifier.value,
        identifier=identifier,
        outcome="could-not-check",
        reason="it is not in the cache, and no service may be asked (--offline)",
    )


def _from_cache(metadata: CachedAnswer, retraction: CachedAnswer | None, now: float) -> Resolution:
    answer = _UNPACK_ANSWER.decode(metadata.body)
    stale: list[CachedKind] = [] if metadata.is_fresh(now) else ["metadata"]
    status = RetractionStatus()
    if retraction is not None:
        status = _UNPACK_STATUS.decode(retraction.body)
    if answer.work is not None and (retraction is None or not retraction.is_fresh(now)):
        stale.append("retraction")
        status = _weakened(status, retraction)
    return msgspec.structs.replace(answer, retraction=status, from_cache=True, stale=tuple(stale))


def _weakened(status: RetractionStatus, stored: CachedAnswer | None) -> RetractionStatus:
    """Give an outdated status: a retraction stays one, but that none was found is no longer an answer."""
    if stored is None or status.verdict in ("retracted", "expression-of-concern"):
        return status
    day = datetime.fromtimestamp(stored.fetched_at, UTC).date().isoformat()
    check = StatusCheck(
        source="cache",
        outcome="could-not-check",
        as_of=day,
        reason=f"the last check, on {day}, is older than seven days; it said {status.verdict}",
    )
    return msgspec.structs.replace(status, verdict="could-not-check", checks=(*status.checks, check))


def _with_older(fresh: Resolution, older: Resolution | None) -> Resolution:
    """Fall back on the cache where the sources could not be checked; a known retraction is never forgotten."""
    if older is None:
        return fresh
    if fresh.outcome == "could-not-check":
        return msgspec.structs.replace(
            older, evidence=(*older.evidence, *fresh.evidence), stale=tuple(dict.fromkeys((*older.stale, "metadata")))
        )
    known = older.retraction.verdict
    if fresh.retraction.verdict == "could-not-check" and known != "could-not-check":
        return msgspec.structs.replace(fresh, retraction=older.retraction)
    return fresh


@contextlib.contextmanager
def open_resolver(
    configuration: Configuration,
    *,
    sources: frozenset[str] = DEFAULT_SOURCES,
    offline: bool = False,
    refresh: bool = False,
) -> Iterator[Resolver]:
    """Open cache, local lists and, unless ``offline``, an HTTP client, and give the resolver over them."""
    named = configuration.retraction_watch
    table = load_retraction_table(Path(named).expanduser()) if named else None
    settings = ResolverSettings(sources=sources, refresh=refresh, packaged=load_retracted_pmids(), table=table)
    with contextlib.ExitStack() as stack:
        cache = stack.enter_context(ResponseCache(configuration.cache_file))
        client = None if offline else stack.enter_context(HttpClient(configuration, load_keys()))
        yield Resolver(client.fetch_all if client else None, cache, settings=settings)
