"""One way to link for every caller (command, build, Python): an index, the network or its cache, and persons' decisions."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from time import time
from typing import TypeVar

from alsu_kg.configuration import load_configuration, load_keys
from alsu_kg.http_client import HttpClient
from alsu_kg.linker import FindCandidates, link_in_processes, link_references
from alsu_kg.linking.decisions import Decisions, apply_decision, decision_on
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.online_candidates import CHUNK, OnlineCandidates
from alsu_kg.response_cache import ResponseCache
from alsu_kg.work_index import WorkIndex

_Item = TypeVar("_Item")

Ask = Callable[[Sequence[Reference]], list[ReferenceLink]]
"""Links references with the candidates of the network, or of what it once answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """With what to link: an index; or the network (``online``), or only its cache; and decisions that win."""

    index: Path | None = None
    online: bool = False
    offline: bool = False
    configuration: str | None = None
    decisions: Decisions = field(default_factory=dict)
    processes: int = 0


def link_all(references: Sequence[Reference], session: Session) -> Iterator[ReferenceLink]:
    """Link references in order: with the index, else with the network, else with what it once answered.

    With both, the network is asked about what the index leaves unlinked and no person has decided; its candidates and those of
    the index are then judged together. Raises ``StoreError`` for an index that cannot be used.
    """
    index = WorkIndex(session.index) if session.index else None
    with contextlib.ExitStack() as stack:
        if session.index is None or index is None:
            ask = _open_network(stack, session, lambda _: [])
            links: Iterator[ReferenceLink] = chain.from_iterable(map(ask, _chunks(references)))
        else:
            links = link_in_processes(references, index, processes=session.processes)
            if session.online or session.offline:
                ask = _open_network(stack, session, index.candidates)
                links = _complete(zip(references, links, strict=True), session.decisions, ask)
        for reference, link in zip(references, links, strict=True):
            yield apply_decision(reference, link, session.decisions, index.look_up if index else lambda _: [])


def _complete(
    pairs: Iterable[tuple[Reference, ReferenceLink]], decisions: Decisions, ask: Ask
) -> Iterator[ReferenceLink]:
    """Ask about what the index leaves unlinked; whatever comes of it counts, also that it could not be checked."""
    for chunk in _chunks(pairs):
        open_ones = [r for r, link in chunk if link.decision == "unlinked" and decision_on(r, decisions) is None]
        found = iter(ask(open_ones))
        for reference, link in chunk:
            asked = link.decision == "unlinked" and decision_on(reference, decisions) is None
            yield next(found) if asked else link


def _open_network(stack: contextlib.ExitStack, session: Session, local: FindCandidates) -> Ask:
    """Give what asks the network; candidates of the index that the network does not name are judged beside its own."""
    configuration = load_configuration(session.configuration)
    client = stack.enter_context(HttpClient(configuration, load_keys())) if session.online else None
    asks = session.online or session.offline
    cache = stack.enter_context(ResponseCache(configuration.cache_file)) if asks else None
    find = OnlineCandidates(client.fetch_all if client else None, cache, now=time)

    def candidates(reference: Reference) -> Sequence[Candidate] | None:
        found = find.candidates(reference)
        return None if found is None else _together(found, local(reference) or ())

    def ask(references: Sequence[Reference]) -> list[ReferenceLink]:
        find.prepare(references)
        links = link_references(references, candidates)
        return [find.judge(reference, link) for reference, link in zip(references, links, strict=True)]

    return ask


def _together(first: Sequence[Candidate], second: Sequence[Candidate]) -> list[Candidate]:
    """Give each work once, as the first source that has it describes it.

    >>> crossref, own = Candidate(id="a", doi="10.1/A"), [Candidate(id="b", doi="10.1/a"), Candidate(id="c", pmid="7")]
    >>> [candidate.id for candidate in _together([crossref], own)]
    ['a', 'c']
    """
    found: dict[str, Candidate] = {}
    named: set[str] = set()
    for candidate in (*first, *second):
        keys = {
            f"doi:{candidate.doi.lower()}" if candidate.doi else "",
            f"pmid:{candidate.pmid}" if candidate.pmid else "",
        }
        keys = {*filter(None, keys)} or {candidate.id}
        if not keys & named:
            found[candidate.id] = candidate
        named |= keys
    return list(found.values())


def _chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    waiting = iter(items)
    return iter(lambda: list(islice(waiting, CHUNK)), [])
