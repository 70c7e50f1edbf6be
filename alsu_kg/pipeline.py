"""Records to a validated store: the whole way in one function.

files ──read──▶ records ──make_lines──▶ N-Quads ──SHACL──▶ ──bulk load──▶ a fresh generation ──swap──▶ the store
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import msgspec

from alsu_kg import records
from alsu_kg.graph import iris
from alsu_kg.graph.dataset import find_rivals, make_lines, treatment_entries
from alsu_kg.grounding.lexicon import Lexicon, make_lexicon
from alsu_kg.model.errors import AlsuKgError, GraphError, RecordError
from alsu_kg.model.review import ReviewRecord, Source
from alsu_kg.ontology import make_ontology_lines, read_curie_map, read_entries, shrink
from alsu_kg.store import load, writing
from alsu_kg.validation import Violation, find_violations

_RECORDS_A_BATCH: Final = 250
Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


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
    files: Sequence[Path], progress: Progress | None = None
) -> tuple[list[tuple[str, ReviewRecord]], list[Failure]]:
    """Read record files; a bad one becomes a ``Failure`` and the rest goes on."""
    found: dict[str, tuple[str, ReviewRecord]] = {}
    failures: list[Failure] = []
    for done, path in enumerate(files):
        if progress and done % _RECORDS_A_BATCH == 0:
            progress("reading", done, len(files))
        try:
            record = _with_source(records.read_record(path), path)
            if record.record in found:
                raise records.repeated_key(record.record, str(path), found[record.record][0])
            found[record.record] = (str(path), record)
        except RecordError as error:
            failures.append(Failure(str(path), "read", error))
    return list(found.values()), failures


def _with_source(record: ReviewRecord, path: Path) -> ReviewRecord:
    """Give a record that names no source its own file as source, so that every statement has one."""
    if record.sources:
        return record
    own = Source(key="record", kind="document", title=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    return msgspec.structs.replace(record, sources=(own,))


def make_lexicon_for(found: Sequence[ReviewRecord]) -> Lexicon:
    """Make the lexicon of the ontology's words and the treatments of ``found``."""
    return make_lexicon([*read_entries(), *treatment_entries(found)])


def make_batches(found: Sequence[ReviewRecord]) -> Iterator[list[str]]:
    """Turn records into sorted N-Quads lines, some records at a time; the ontology comes first."""
    lexicon, expand, rivals = make_lexicon_for(found), read_curie_map(), find_rivals(found)
    yield make_ontology_lines()
    for start in range(0, len(found), _RECORDS_A_BATCH):
        batch = found[start : start + _RECORDS_A_BATCH]
        yield [
            line
            for record in batch
            for line in make_lines(record, lexicon, expand=expand, rivals=rivals.get(record.record))
        ]


def build(files: Sequence[Path], store: Path, *, keep_going: bool = False, progress: Progress | None = None) -> Summary:
    """Build the graph of the record ``files`` and make it the current one of ``store``.

    With a bad record nothing is built, unless ``keep_going`` asks for the rest; the summary then lists what was left out.
    Raises ``RecordError`` for bad records, ``GraphError`` if the graph does not keep its shapes, ``StoreError`` if the
    store cannot be written. After any error the store is as it was.
    """
    begun = perf_counter()
    named, failures = read_records(files, progress)
    if failures and not keep_going:
        raise _first_of(failures)
    found = [record for _, record in named]
    digest = hashlib.sha256()
    with writing(store) as fresh:
        nquads = fresh.with_name(f"{fresh.name}.nq")
        try:
            _write_checked(found, nquads, digest, progress)
            if progress:
                progress("loading", 0, 1)
            quads = load(fresh, nquads)
        finally:
            nquads.unlink(missing_ok=True)
    return _summarise(found, quads, perf_counter() - begun, digest.hexdigest(), failures)


def _first_of(failures: Sequence[Failure]) -> AlsuKgError:
    """Give one error that carries all failures, a line each, under ``failures``."""
    first = failures[0].error
    error = RecordError(first.what, place=first.place, repair=first.repair)
    error.add_note("\n".join(str(failure.error) for failure in failures[1:]))
    return error


def _write_checked(
    found: Sequence[ReviewRecord], nquads: Path, digest: "hashlib._Hash", progress: Progress | None
) -> None:
    ontology: list[str] = []
    with nquads.open("wb") as file:
        for done, lines in enumerate(make_batches(found)):
            if progress:
                progress("writing and checking", min(done * _RECORDS_A_BATCH, len(found)), len(found))
            ontology = ontology or lines
            _check(lines if lines is ontology else [*ontology, *lines])
            data = "".join(lines).encode()
            digest.update(data)
            file.write(data)


def _check(lines: Iterable[str]) -> None:
    violations = find_violations(lines)
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
    works = {iris.work(doi=r.doi, pmid=r.pmid, pmcid=r.pmcid) for record in found for r in record.references}
    works |= {iris.work(doi=r.doi, pmid=r.pmid) for record in found for r in record.related_works}
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
