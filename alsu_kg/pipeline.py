"""Records to a validated store: the whole way in one function.

files ──read──▶ records ──make_lines──▶ N-Quads ──bulk load ∥ SHACL──▶ a fresh generation ──swap──▶ the store
                   └─identifiers─▶ resolve ─make_work_lines─▲ (only when a resolver is given)
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import perf_counter

import msgspec

from alsu_kg import records
from alsu_kg.decision_log import with_decisions
from alsu_kg.documents import is_reference_file
from alsu_kg.generations import load, writing
from alsu_kg.graph import iris
from alsu_kg.graph.dataset import Rivals, find_rivals, treatment_entries
from alsu_kg.graph.links import Links, keys_of
from alsu_kg.graph.ntriples import Term
from alsu_kg.graph.same_works import SameWorks, cited_in, find_same_works, identifiers_of, work_of
from alsu_kg.graph.works import make_work_lines
from alsu_kg.model.errors import AlsuKgError, GraphError, RecordError
from alsu_kg.model.review import Reference, ReviewRecord
from alsu_kg.model.stored_link import StoredLink
from alsu_kg.ontology import make_ontology_lines, shrink
from alsu_kg.reading_pool import read_reviews
from alsu_kg.resolved_works import Answers, Asking, ask_about_works, collect_all
from alsu_kg.validation import Violation
from alsu_kg.workers import (
    BATCH,
    Job,
    ReadFile,
    Span,
    Workers,
    check_span,
    decode,
    open_workers,
    read_batch,
    split,
    work_here,
    write_batch,
)

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""

Link = Callable[[Sequence[ReviewRecord]], Links]
"""Says which works the references of records are."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that was left out, with the stage that refused it and why."""

    name: str
    stage: str
    error: AlsuKgError


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
    found: dict[str, tuple[str, ReviewRecord]] = {}
    failures: list[Failure] = []
    for item in _read_each(files, progress, workers):
        if isinstance(item, Failure):
            failures.append(item)
            continue
        name, record = item
        if record.record in found:
            error = records.repeated_key(record.record, name, found[record.record][0])
            failures.append(Failure(name, "read", error))
        else:
            found[record.record] = item
    return [record for _, record in found.values()], failures


def _read_each(
    files: Sequence[Path], progress: Progress | None, workers: Workers
) -> Iterator[tuple[str, ReviewRecord] | Failure]:
    lists = {path for path in files if path.suffix == ".json" and is_reference_file(path)}
    written = [path for path in files if path.suffix in records.RECORD_SUFFIXES and path not in lists]
    documents = [path for path in files if path.suffix not in records.RECORD_SUFFIXES or path in lists]
    for done, batch in enumerate(workers(read_batch, split(written))):
        if progress:
            progress("reading records", done * BATCH, len(written))
        for item in batch:
            yield (item.name, decode(item.record)) if item.record else Failure(item.name, "read", _error(item))
    if documents:
        yield from _read_documents(documents, progress)


def _read_documents(
    documents: Sequence[Path], progress: Progress | None
) -> Iterator[tuple[str, ReviewRecord] | Failure]:
    """Read documents in watched processes; each gives a draft record, as ``alsu-kg read`` does."""
    for done, outcome in enumerate(read_reviews(documents)):
        if progress:
            progress("reading documents", done, len(documents))
        name = str(outcome.path)
        if outcome.record is not None:
            yield name, with_decisions(outcome.record, outcome.path)
        else:
            error = outcome.error or RecordError("could not be read", place=name, repair="try 'alsu-kg read'")
            yield Failure(name, "read", error)


def _error(item: ReadFile) -> RecordError:
    what, place, repair = item.error or ("", item.name, "")
    return RecordError(what, place=place, repair=repair)


def make_nquads(
    found: Sequence[ReviewRecord],
    workers: Workers = work_here,
    links: Links | None = None,
    answers: Answers | None = None,
) -> Iterator[bytes]:
    """Turn records into N-Quads, a batch at a time; the ontology comes first, what services said of works (``answers``) last."""
    links = links or {}
    yield "".join(make_ontology_lines()).encode()
    treatments, rivals, same = list(treatment_entries(found)), find_rivals(found), _find_same_works(found, links)
    jobs = [
        Job(
            [msgspec.msgpack.encode(record) for record in batch],
            treatments,
            _rivals_of(batch, rivals),
            _same_works_of(batch, same, links),
            collect_all(batch, answers) if answers else {},
            answers is not None and answers.with_vocabularies,
            _links_of(batch, links),
        )
        for batch in split(found)
    ]
    yield from workers(write_batch, jobs)
    if answers:
        yield "".join(make_work_lines(answers.by_work, answers.same)).encode()


def _rivals_of(batch: Sequence[ReviewRecord], rivals: dict[str, Rivals]) -> dict[str, Rivals]:
    return {record.record: rivals[record.record] for record in batch if record.record in rivals}


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


def build(
    files: Sequence[Path],
    store: Path,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
    asking: Asking | None = None,
    link: Link | None = None,
) -> Summary:
    """Build the graph of the record ``files`` and make it the current one of ``store``.

    With ``asking`` what services say of the works that records name goes into the graph too, in named graphs of its own;
    with ``link`` what their references are linked to does too.
    With a bad record nothing is built, unless ``keep_going`` asks for the rest; the summary then lists what was left out.
    Raises ``RecordError`` for bad records, ``GraphError`` if the graph does not keep its shapes, ``StoreError`` if the
    store cannot be written. After any error the store is as it was.
    """
    begun = perf_counter()
    digest = hashlib.sha256()
    with open_workers(len(files)) as workers:
        found, failures = read_records(files, progress, workers)
        if failures and not keep_going:
            raise _first_of(failures)
        answers = ask_about_works(found, asking) if asking else None
        links = link(found) if link else {}
        with writing(store) as fresh:
            nquads = fresh.with_name(f"{fresh.name}.nq")
            try:
                batches = make_nquads(found, workers, links, answers)
                spans = _write(batches, nquads, digest, _writing(progress, len(found)))
                checks = workers(check_span, spans)
                if progress:
                    progress("loading and checking", 0, 1)
                quads = load(fresh, nquads)
                _raise_violations(list(chain.from_iterable(checks)))
            finally:
                nquads.unlink(missing_ok=True)
    return _summarise(found, quads, perf_counter() - begun, digest.hexdigest(), failures)


def _first_of(failures: Sequence[Failure]) -> AlsuKgError:
    """Give one error that carries all failures, a line each, under ``failures``."""
    first = failures[0].error
    error = RecordError(first.what, place=first.place, repair=first.repair)
    error.add_note("\n".join(str(failure.error) for failure in failures[1:]))
    return error


def _writing(progress: Progress | None, records: int) -> Callable[[int], None]:
    def show(batches: int) -> None:
        if progress:
            progress("writing", min(batches * BATCH, records), records)

    return show


def _write(batches: Iterable[bytes], nquads: Path, digest: "hashlib._Hash", show: Callable[[int], None]) -> list[Span]:
    """Write the batches into one file; give where each stands in it."""
    spans: list[Span] = []
    with nquads.open("wb") as file:
        for done, batch in enumerate(batches):
            show(done)
            digest.update(batch)
            start = file.tell()
            file.write(batch)
            spans.append(Span(nquads, start, file.tell()))
    return spans


def _raise_violations(violations: Sequence[Violation]) -> None:
    if violations:
        raise GraphError(
            _explain(violations[0], len(violations)),
            place=shrink(violations[0].focus.strip("<>")),
            repair="correct the record that this thing comes from",
        )


def _explain(violation: Violation, count: int) -> str:
    value = f" (found {shrink(violation.value.strip('<>'))})" if violation.value else ""
    more = f", and {count - 1} more violations" if count > 1 else ""
    return f"{violation.message}{value}{more}"


def _summarise(
    found: Sequence[ReviewRecord], quads: int, seconds: float, digest: str, failures: Sequence[Failure]
) -> Summary:
    same = find_same_works(found)
    works = {work_of(item, same) for record in found for item in cited_in(record)}
    return Summary(
        records=len(found),
        treatments=len({iris.slug(record.treatment.label) for record in found if record.treatment}),
        reviews=len({iris.review_key(record) for record in found}),
        assessments=sum(len(record.grades) for record in found),
        claims=sum(len(record.claims) for record in found),
        works=len(works - {None}),
        quads=quads,
        seconds=seconds,
        digest=digest,
        failures=tuple(failures),
    )
