"""Records to a validated store: the whole way in one function.

files ──read──▶ records ──make_lines──▶ N-Quads ──bulk load ∥ SHACL──▶ a fresh generation ──swap──▶ the store
                   └─identifiers─▶ resolve ─make_work_lines─▲ (only when a resolver is given)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import perf_counter

import msgspec

from alsu_kg.generations import load, writing
from alsu_kg.graph import iris
from alsu_kg.graph.dataset import Rivals, find_rivals, treatment_entries
from alsu_kg.graph.ntriples import Term
from alsu_kg.graph.same_works import SameWorks, cited_in, find_same_works, identifiers_of, work_of
from alsu_kg.graph.works import find_works, make_work_lines
from alsu_kg.manifest import Part, stamp
from alsu_kg.model.errors import StoreError
from alsu_kg.model.identifier import Identifier
from alsu_kg.model.resolution import Resolution
from alsu_kg.model.review import ReviewRecord
from alsu_kg.ontology import make_ontology_lines
from alsu_kg.rebuild import Rebuilt, count_quads, keep_manifest, make_digest, make_entries, rebuild
from alsu_kg.record_reading import Failure, Progress, first_of, part_files, raise_violations, read_named
from alsu_kg.workers import (
    BATCH,
    Job,
    Span,
    Workers,
    check_nquads,
    check_span,
    encode_treatments,
    open_workers,
    split,
    work_here,
    write_batch,
)

Resolve = Callable[[Sequence[Identifier]], Mapping[Identifier, Resolution]]
"""Asks services what identifiers stand for; a service that fails is an answer too (*could-not-check*)."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build counted. ``digest`` is the SHA-256 of the quads: equal digests, equal graphs."""

    records: int
    treatments: int
    reviews: int
    assessments: int
    claims: int
    works: int
    quads: int
    seconds: float
    digest: str
    failures: tuple[Failure, ...] = ()


def read_records(
    files: Sequence[Path], progress: Progress | None = None, workers: Workers = work_here
) -> tuple[list[ReviewRecord], list[Failure]]:
    """Read record files, and documents into drafts; a bad one becomes a ``Failure`` and the rest goes on."""
    found, failures = read_named(files, progress, workers)
    return [record for _, record in found], failures


def make_nquads(
    found: Sequence[ReviewRecord],
    workers: Workers = work_here,
    *,
    among: Sequence[ReviewRecord] | None = None,
    keep: Callable[[Sequence[Part]], None] | None = None,
) -> Iterator[bytes]:
    """Turn records into N-Quads, a batch at a time; the ontology comes first.

    ``among`` are the records (or outlines) that the graph has in all, if these are not ``found``; ``keep`` is told what is to be
    known of the quads of each record.
    """
    yield "".join(make_ontology_lines()).encode()
    among = found if among is None else among
    treatments, rivals, same = encode_treatments(treatment_entries(among)), find_rivals(among), find_same_works(among)
    jobs = [
        Job(
            [msgspec.msgpack.encode(record) for record in batch],
            treatments,
            _rivals_of(batch, rivals),
            _same_works_of(batch, same),
            {},
        )
        for batch in split(found)
    ]
    for batch in workers(write_batch, jobs):
        if keep:
            keep(batch.parts)
        yield batch.nquads


def _rivals_of(batch: Sequence[ReviewRecord], rivals: dict[str, Rivals]) -> dict[str, Rivals]:
    return {record.record: rivals[record.record] for record in batch if record.record in rivals}


def _same_works_of(batch: Sequence[ReviewRecord], same: SameWorks) -> dict[Term, Term]:
    """Give what a batch needs of ``same``: the identifiers by which its references are known."""
    needed: dict[Term, Term] = {}
    for record in batch:
        for item in cited_in(record):
            for work in identifiers_of(item)[:1]:
                if work in same:
                    needed[work] = same[work]
    return needed


def build(
    files: Sequence[Path],
    store: Path,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
    resolve: Resolve | None = None,
    fresh: bool = False,
) -> Summary:
    """Build the graph of the record ``files`` and make it the current one of ``store``.

    With ``resolve`` what services say of the works that records name goes into the graph too, in named graphs of its own.
    Where few records changed since the last build only their quads are made, to the same result; ``fresh`` makes all again.
    With a bad record nothing is built, unless ``keep_going`` asks for the rest; the summary then lists what was left out.
    Raises ``RecordError`` for bad records, ``GraphError`` if the graph does not keep its shapes, ``StoreError`` if the
    store cannot be written. After any error the store is as it was.
    """
    begun = perf_counter()
    ordered = [path for some in part_files(files) for path in some]
    if not (resolve or fresh):
        rebuilt, failures = _rebuild(ordered, store, keep_going=keep_going)
        if rebuilt:
            return _summarise(rebuilt, perf_counter() - begun, failures)
    with open_workers(len(files)) as workers:
        stamps = {} if resolve else {str(path): stamp(path) for path in ordered}
        named, failures = read_named(ordered, progress, workers)
        if failures and not keep_going:
            raise first_of(failures)
        found, parts = [record for _, record in named], list[Part]()
        works = [_resolved_works(found, resolve)] if resolve else []
        with writing(store) as folder:
            nquads = folder.with_name(f"{folder.name}.nq")
            batches = chain(make_nquads(found, workers, keep=parts.extend), works)
            try:
                spans = _write(batches, nquads, _writing(progress, len(found)))
                checks = workers(check_span, spans)
                if progress:
                    progress("loading and checking", 0, 1)
                load(folder, nquads)
                quads = count_quads(parts, works)
                raise_violations(list(chain.from_iterable(checks)))
            finally:
                nquads.unlink(missing_ok=True)
            if not resolve:
                entries = make_entries([(name, stamps[name]) for name, _ in named], found, parts)
                keep_manifest(store, folder, quads, entries)
    digest = make_digest(parts, works)
    claims = sum(len(record.claims) for record in found)
    return _summarise(Rebuilt(tuple(found), claims, quads, digest), perf_counter() - begun, failures)


def _rebuild(files: Sequence[Path], store: Path, *, keep_going: bool) -> tuple[Rebuilt | None, list[Failure]]:
    """Make a generation out of the current one, if that is possible; bad records are failures."""
    failures: list[Failure] = []

    def read(path: Path) -> ReviewRecord | None:
        found, failed = read_records([path])
        failures.extend(failed)
        return found[0] if found else None

    def make(some: Sequence[ReviewRecord], outlines: Sequence[ReviewRecord]) -> tuple[bytes, Sequence[Part]]:
        if failures and not keep_going:
            raise first_of(failures)
        parts: list[Part] = []
        nquads = b"".join(list(make_nquads(some, among=outlines, keep=parts.extend))[1:])
        if some:
            raise_violations(check_nquads(nquads))
        return nquads, parts

    with suppress(
        StoreError
    ):  # the current generation cannot be copied: the whole build says whether it is more than that
        return rebuild(files, store, read, make), failures
    return None, []


def _resolved_works(found: Sequence[ReviewRecord], resolve: Resolve) -> bytes:
    """Ask about every work that the records name, and give what was said as N-Quads."""
    same = find_same_works(found)
    named = find_works(found, same)
    answers = resolve(list(dict.fromkeys(named.values())))
    lines = make_work_lines({work: answers[identifier] for work, identifier in named.items()}, same)
    return "".join(lines).encode()


def _writing(progress: Progress | None, records: int) -> Callable[[int], None]:
    def show(batches: int) -> None:
        if progress:
            progress("writing", min(batches * BATCH, records), records)

    return show


def _write(batches: Iterable[bytes], nquads: Path, show: Callable[[int], None]) -> list[Span]:
    """Write the batches into one file; give where each stands in it."""
    spans: list[Span] = []
    with nquads.open("wb") as file:
        for done, batch in enumerate(batches):
            show(done)
            start = file.tell()
            file.write(batch)
            spans.append(Span(nquads, start, file.tell()))
    return spans


def _summarise(built: Rebuilt, seconds: float, failures: Sequence[Failure]) -> Summary:
    found = built.outlines
    same = find_same_works(found)
    works = {work_of(item, same) for record in found for item in cited_in(record)}
    return Summary(
        records=len(found),
        treatments=len({iris.slug(record.treatment.label) for record in found if record.treatment}),
        reviews=len({iris.review_key(record) for record in found}),
        assessments=sum(len(record.grades) for record in found),
        claims=built.claims,
        works=len(works - {None}),
        quads=built.quads,
        seconds=seconds,
        digest=built.digest,
        failures=tuple(failures),
    )
