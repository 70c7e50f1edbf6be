"""Records to a validated store: the whole way in one function.

files ──read──▶ records ──make_lines──▶ N-Quads ──bulk load ∥ SHACL──▶ a fresh generation ──swap──▶ the store
                   └─identifiers─▶ resolve ─make_work_lines─▲ (only when a resolver is given)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Final

from alsu_kg.analysis.citations import collect_works
from alsu_kg.generations import load, writing
from alsu_kg.graph import iris
from alsu_kg.graph.dataset import treatment_entries
from alsu_kg.graph.groundings import NO_GROUNDINGS, Groundings, make_grounding_lines
from alsu_kg.graph.links import Links
from alsu_kg.graph.same_works import cited_in, find_same_works, work_of
from alsu_kg.graph.works import make_work_lines
from alsu_kg.grounding.lexicon import make_lexicon
from alsu_kg.jobs import BATCH, NOTHING_TOLD, Told, make_jobs
from alsu_kg.manifest import Part
from alsu_kg.model.errors import StoreError
from alsu_kg.model.review import ReviewRecord
from alsu_kg.model.sssom import TermMapping
from alsu_kg.ontology import make_ontology_lines, read_curie_map, read_entries
from alsu_kg.rebuild import Rebuilt, count_quads, keep_manifest, make_digest, make_entries, rebuild
from alsu_kg.record_reading import Failure, Progress, first_of, part_files, raise_violations, read_named
from alsu_kg.resolved_works import Answers, Asking, ask_about_works
from alsu_kg.workers import Span, Workers, check_nquads, check_span, open_workers, work_here, write_batch

Link = Callable[[Sequence[ReviewRecord]], Links]
"""Says which works the references of records are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beyond:
    """What goes into a graph beyond its records: services to ask about works, links of references, what words mean.

    ``groundings`` are persons' decisions; see ``graph.groundings``.
    """

    asking: Asking | None = None
    link: Link | None = None
    groundings: tuple[TermMapping, ...] = ()


NOTHING_BEYOND: Final = Beyond()


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build counted. ``digest`` is the SHA-256 of the quads: equal digests, equal graphs.

    ``left_out`` are persons' decisions on words that could not be used, each with why.
    """

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
    left_out: tuple[str, ...] = ()


def read_records(
    files: Sequence[Path], progress: Progress | None = None, workers: Workers = work_here
) -> tuple[list[ReviewRecord], list[Failure]]:
    """Read record files, and documents into drafts; a bad one becomes a ``Failure`` and the rest goes on."""
    found, failures = read_named(files, progress, workers)
    return [one.record for one in found], failures


def make_nquads(
    found: Sequence[ReviewRecord],
    workers: Workers = work_here,
    told: Told = NOTHING_TOLD,
    *,
    among: Sequence[ReviewRecord] | None = None,
    keep: Callable[[Sequence[Part]], None] | None = None,
) -> Iterator[bytes]:
    """Turn records, with what was ``told`` of their works, into N-Quads, a batch at a time; the ontology comes first.

    ``among`` are the records (or outlines) that the graph has in all, if these are not ``found``; ``keep`` is told what is to be
    known of the quads of each record.
    """
    yield "".join(make_ontology_lines()).encode()
    for batch in workers(write_batch, make_jobs(found, told, among)):
        if keep:
            keep(batch.parts)
        yield batch.nquads


def build(
    files: Sequence[Path],
    store: Path,
    *,
    keep_going: bool = False,
    progress: Progress | None = None,
    beyond: Beyond = NOTHING_BEYOND,
) -> Summary:
    """Build the graph of the record ``files`` and make it the current one of ``store``.

    What is known ``beyond`` the records goes into the graph too, in named graphs of its own. Where that is nothing, and few records
    changed since the last build, only the quads of these are made, to the same result (``manifest.forget`` makes the next build a
    whole one).
    With a bad record nothing is built, unless ``keep_going`` asks for the rest; the summary then lists what was left out.
    Raises ``RecordError`` for bad records, ``GraphError`` if the graph does not keep its shapes, ``StoreError`` if the
    store cannot be written. After any error the store is as it was.
    """
    begun = perf_counter()
    ordered = [path for some in part_files(files) for path in some]
    is_plain = beyond == NOTHING_BEYOND
    if is_plain:
        rebuilt, failures = _rebuild(ordered, store, keep_going=keep_going)
        if rebuilt:
            return _summarise(rebuilt, perf_counter() - begun, failures)
    with open_workers(len(files)) as workers:
        named, failures = read_named(ordered, progress, workers)
        if failures and not keep_going:
            raise first_of(failures)
        found, parts = [one.record for one in named], list[Part]()
        answers = ask_about_works(found, beyond.asking) if beyond.asking else None
        told = _tell(found, answers, beyond.link(found) if beyond.link else {})
        works = ["".join(make_work_lines(answers.by_work, answers.same)).encode()] if answers else []
        decided = _ground(found, beyond.groundings)
        others = [*works, *(["".join(decided.lines).encode()] if decided.lines else [])]
        with writing(store) as folder:
            batches = chain(make_nquads(found, workers, told, keep=parts.extend), others)
            _load_and_check(batches, folder, workers, progress, len(found))
            quads = count_quads(parts, others)
            if is_plain:
                entries = make_entries([(one.name, one.stamp) for one in named], found, parts)
                keep_manifest(store, folder, quads, entries)
    claims = sum(len(record.claims) for record in found)
    whole = Rebuilt(tuple(found), claims, quads, make_digest(parts, others))
    return replace(_summarise(whole, perf_counter() - begun, failures), left_out=decided.left_out)


def _ground(found: Sequence[ReviewRecord], groundings: Sequence[TermMapping]) -> Groundings:
    """Find what persons' decisions about words are about, among everything that the graph has a name for."""
    if not groundings:
        return NO_GROUNDINGS
    lexicon = make_lexicon([*read_entries(), *treatment_entries(found)])
    return make_grounding_lines(groundings, lexicon, read_curie_map())


def _tell(found: Sequence[ReviewRecord], answers: Answers | None, links: Links) -> Told:
    """Put together what is known of works beyond the records."""
    if answers is None:
        return Told(links=links)
    works = {record.record: collect_works(record, answers.by_work, answers.same) for record in found}
    return Told(works=works, links=links, with_vocabularies=answers.with_vocabularies)


def _load_and_check(
    batches: Iterable[bytes], folder: Path, workers: Workers, progress: Progress | None, records: int
) -> None:
    """Write the batches into a file, load it, and check its parts against the shapes at the same time."""
    nquads = folder.with_name(f"{folder.name}.nq")
    try:
        spans = _write(batches, nquads, _writing(progress, records))
        checks = workers(check_span, spans)
        if progress:
            progress("loading and checking", 0, 1)
        load(folder, nquads)
        raise_violations(list(chain.from_iterable(checks)))
    finally:
        nquads.unlink(missing_ok=True)


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

    with suppress(StoreError):  # it cannot be copied: the whole build says whether that is all that is wrong
        return rebuild(files, store, read, make), failures
    return None, []


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
