"""Records cut into jobs for workers: each with what its records need to know of the other records and of the works they cite."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

import msgspec

from alsu_kg.analysis.citations import References
from alsu_kg.graph import iris
from alsu_kg.graph.dataset import Rivals, find_rivals, treatment_entries
from alsu_kg.graph.links import NO_LINKS, Links, keys_of
from alsu_kg.graph.ntriples import Term
from alsu_kg.graph.same_works import SameWorks, cited_in, find_same_works, identifiers_of
from alsu_kg.model.review import Reference, ReviewRecord
from alsu_kg.model.stored_link import StoredLink

BATCH: Final = 250
"""Records, or files, in a job."""

_Item = TypeVar("_Item")


class Told(NamedTuple):
    """What is known of the works that records cite beyond what the records say.

    ``works`` has, by record, what services said; ``links`` say which works references are; ``with_vocabularies`` looks for things
    in works by all names of the packaged vocabularies.
    """

    works: Mapping[str, References] = MappingProxyType({})
    links: Links = NO_LINKS
    with_vocabularies: bool = False


NOTHING_TOLD: Final = Told()


class Job(NamedTuple):
    """Records to turn into quads, with what they need to know of the other records and of the works that they cite.

    A record that is not in ``works`` is judged by its reference list as printed and the packaged retraction list, and only the
    claims of its mechanism paths are compared with works. ``treatments`` are the names of all treatments (MessagePack), so that
    a process makes the lexicon of them once.
    """

    records: Sequence[bytes]
    treatments: bytes
    rivals: Mapping[str, Rivals]
    same_works: SameWorks
    works: Mapping[str, References]
    links: Links
    with_vocabularies: bool


def make_jobs(
    found: Sequence[ReviewRecord], told: Told = NOTHING_TOLD, among: Sequence[ReviewRecord] | None = None
) -> list[Job]:
    """Cut records into jobs; ``among`` are the records (or outlines of them) that there are in all, if these are not ``found``."""
    among = found if among is None else among
    treatments, rivals = msgspec.msgpack.encode(list(treatment_entries(among))), find_rivals(among)
    same = _find_same_works(among, told.links)
    return [
        Job(
            [msgspec.msgpack.encode(record) for record in batch],
            treatments,
            {record.record: rivals[record.record] for record in batch if record.record in rivals},
            _same_works_of(batch, same, told.links),
            {record.record: told.works[record.record] for record in batch if record.record in told.works},
            _links_of(batch, told.links),
            told.with_vocabularies,
        )
        for batch in split(found)
    ]


def split(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    """Split ``items`` into batches.

    >>> [len(batch) for batch in split(range(600))]
    [250, 250, 100]
    """
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]


def _links_of(batch: Sequence[ReviewRecord], links: Links) -> dict[str, StoredLink]:
    return {key: links[key] for record in batch for key in keys_of(record) if key in links}


def _find_same_works(found: Sequence[ReviewRecord], links: Links) -> dict[Term, Term]:
    """Find the works with several identifiers among those that references state and those that links name."""
    works = (work for link in links.values() for work in (link.work, link.runner_up) if work)
    return find_same_works(found, (Reference(number=1, doi=w.doi.lower() or None, pmid=w.pmid or None) for w in works))


def _same_works_of(batch: Sequence[ReviewRecord], same: SameWorks, links: Links) -> dict[Term, Term]:
    """Give what a batch needs of ``same``: the identifiers by which its references are known."""
    needed: dict[Term, Term] = {}
    for record in batch:
        for item in cited_in(record):
            for work in identifiers_of(item)[:1]:
                if work in same:
                    needed[work] = same[work]
    for link in _links_of(batch, links).values():
        for linked in filter(None, (link.work, link.runner_up)):
            named = iris.work(doi=linked.doi.lower() or None, pmid=linked.pmid or None)
            if named and named in same:
                needed[named] = same[named]
    return needed
