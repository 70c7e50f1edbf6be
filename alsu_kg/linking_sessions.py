"""One way to link for every caller (command, build, Python): an index, the network or its cache, and persons' decisions."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import time

from alsu_kg.configuration import load_configuration, load_keys
from alsu_kg.http_client import HttpClient
from alsu_kg.linker import link_in_processes, link_references
from alsu_kg.linking.decisions import Decisions, apply_decision
from alsu_kg.model.link import ReferenceLink
from alsu_kg.model.reference import Reference
from alsu_kg.online_candidates import CHUNK, OnlineCandidates
from alsu_kg.response_cache import ResponseCache
from alsu_kg.work_index import WorkIndex


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

    With both, the network is asked about what the index leaves open. Raises ``StoreError`` for an index that cannot be used.
    """
    if session.index is None:
        yield from _link_online(references, session)
        return
    index = WorkIndex(session.index)
    links: Iterable[ReferenceLink] = link_in_processes(references, session.index, processes=session.processes)
    if session.online or session.offline:
        links = _with_network(references, list(links), session)
    for reference, link in zip(references, links, strict=True):
        yield apply_decision(reference, link, session.decisions, index.look_up)


def _with_network(
    references: Sequence[Reference], links: Sequence[ReferenceLink], session: Session
) -> list[ReferenceLink]:
    """Ask the network about references that the index leaves unlinked; what it links is taken."""
    unlinked = [reference for reference, link in zip(references, links, strict=True) if link.decision == "unlinked"]
    found = iter(list(_link_online(unlinked, session)))
    return [_better(link, next(found)) if link.decision == "unlinked" else link for link in links]


def _better(first: ReferenceLink, second: ReferenceLink) -> ReferenceLink:
    """Take what the network says, and that it could not be checked too: the question went to it as well."""
    return first if second.decision == "unlinked" else second


def _link_online(references: Sequence[Reference], session: Session) -> Iterator[ReferenceLink]:
    configuration = load_configuration(session.configuration)
    with contextlib.ExitStack() as stack:
        client = stack.enter_context(HttpClient(configuration, load_keys())) if session.online else None
        asks = session.online or session.offline
        cache = stack.enter_context(ResponseCache(configuration.cache_file)) if asks else None
        find = OnlineCandidates(client.fetch_all if client else None, cache, now=time)
        for start in range(0, len(references), CHUNK):
            chunk = references[start : start + CHUNK]
            find.prepare(chunk)
            for reference, link in zip(chunk, link_references(chunk, find.candidates), strict=True):
                yield apply_decision(reference, find.judge(reference, link), session.decisions, lambda _: [])
