"""The two costly steps of a build, for a batch of records at a time, in this process or in several.

Records travel between processes as MessagePack and quads as UTF-8 N-Quads: both are cheap to send.
"""

import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Final, NamedTuple, Protocol, TypeVar

import msgspec

from alsu_kg.aboutness_words import load_shared_words
from alsu_kg.analysis.citations import judge_citations, judge_titles, read_as_printed, summarise
from alsu_kg.analysis.paths import PathWords, judge_paths
from alsu_kg.analysis_words import add_packaged_retractions, load_path_words
from alsu_kg.decision_log import with_decisions
from alsu_kg.graph.dataset import make_lines
from alsu_kg.graph.findings import Findings
from alsu_kg.graph.outline import outline_of, split_lines
from alsu_kg.grounding.lexicon import Entry, Lexicon, make_lexicon
from alsu_kg.jobs import BATCH, Job
from alsu_kg.manifest import Part, stamp
from alsu_kg.model.errors import WorkError
from alsu_kg.model.review import ReviewRecord, Source
from alsu_kg.ontology import make_ontology_lines, read_curie_map, read_entries
from alsu_kg.records import read_record
from alsu_kg.validation import Violation, find_violations

_FEWEST_FOR_PROCESSES: Final = 4 * BATCH
_In = TypeVar("_In")
_Out = TypeVar("_Out")


class ReadFile(NamedTuple):
    """One record file as read: its ``stamp`` before it was read, the record as MessagePack, or the parts of the error."""

    name: str
    stamp: bytes
    record: bytes | None
    error: tuple[str, str, str] | None


class Batch(NamedTuple):
    """The quads of several records as N-Quads, and what is to be known of each record's."""

    nquads: bytes
    parts: Sequence[Part]


class Span(NamedTuple):
    """Characters ``start`` to ``end`` of a file of N-Quads: one batch in it."""

    path: Path
    start: int
    end: int


class Workers(Protocol):
    """Applies a function to each of some batches and gives the results in order."""

    def __call__(self, function: Callable[[_In], _Out], items: Sequence[_In], /) -> Iterator[_Out]:
        """Apply ``function`` to ``items``."""
        ...


def work_here(function: Callable[[_In], _Out], items: Sequence[_In], /) -> Iterator[_Out]:
    """Apply ``function`` in this process, to each item when its result is asked for.

    >>> list(work_here(len, ["a", "bc"]))
    [1, 2]
    """
    return map(function, items)


@contextmanager
def open_workers(records: int) -> Iterator[Workers]:
    """Give workers: this process, or one for each core if there are ``records`` enough to repay their start.

    Processes begin to work as soon as they are given something, whether or not the results are asked for.
    """
    cores = os.cpu_count() or 1
    if records < _FEWEST_FOR_PROCESSES or cores == 1:
        yield work_here
        return
    with ProcessPoolExecutor(max_workers=cores, mp_context=get_context("spawn")) as pool:
        try:
            yield pool.map
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def read_batch(paths: Iterable[Path]) -> list[ReadFile]:
    """Read record files; a bad one gives its error instead of a record."""
    found = []
    for path in paths:
        stamped = stamp(path)
        try:
            record = with_decisions(_with_source(read_record(path), path), path)
            found.append(ReadFile(str(path), stamped, msgspec.msgpack.encode(record), None))
        except WorkError as error:
            found.append(ReadFile(str(path), stamped, None, (error.what, error.place, error.repair)))
    return found


def _with_source(record: ReviewRecord, path: Path) -> ReviewRecord:
    """Give a record that names no source its own file as source, so that every statement has one."""
    if record.sources:
        return record
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    own = Source(key="record", kind="document", title=path.name, sha256=checksum)
    return msgspec.structs.replace(record, sources=(own,))


def decode(record: bytes) -> ReviewRecord:
    """Read a record back from MessagePack."""
    return _DECODER.decode(record)


_DECODER: Final = msgspec.msgpack.Decoder(ReviewRecord)


@lru_cache(maxsize=2)
def _make_lexicon(treatments: bytes) -> Lexicon:
    return make_lexicon([*read_entries(), *msgspec.msgpack.decode(treatments, type=list[Entry])])


def write_batch(job: Job) -> Batch:
    """Turn the records of ``job`` into N-Quads, sorted within each record."""
    lexicon, expand = Lexicon(_make_lexicon(job.treatments).words, asked=set()), read_curie_map()
    words = load_path_words(lexicon)
    nquads: list[bytes] = []
    parts: list[Part] = []
    for record in map(decode, job.records):
        lines = make_lines(
            record,
            lexicon,
            expand=expand,
            rivals=job.rivals.get(record.record),
            same_works=job.same_works,
            findings=analyse(record, job, words),
        )
        nquads.append("".join(lines).encode())
        parts.append(_make_part(record, lines, nquads[-1], lexicon))
    return Batch(b"".join(nquads), parts)


def _make_part(record: ReviewRecord, lines: Sequence[str], nquads: bytes, lexicon: Lexicon) -> Part:
    asked = tuple(sorted(lexicon.asked or ()))
    if lexicon.asked:
        lexicon.asked.clear()
    own, graphs, common = split_lines(lines, record.record)
    return Part(
        record.record,
        hashlib.sha256(nquads).digest(),
        len(nquads),
        own,
        graphs,
        zlib.compress("".join(common).encode(), level=1),
        asked,
        msgspec.msgpack.encode(outline_of(record)),
        len(record.claims),
    )


def analyse(record: ReviewRecord, job: Job, words: PathWords) -> Findings:
    """Compare the claims of ``record`` with the works they cite, and judge its mechanism paths."""
    known = load_shared_words(with_vocabularies=job.with_vocabularies)
    works = job.works.get(record.record)
    if works is not None:
        checks, source = judge_citations(record, works, known), "services asked"
    elif record.paths:
        works, source = add_packaged_retractions(record, read_as_printed(record))
        checks = judge_titles(record, works, known)
    else:
        return Findings(links=job.links)
    strengths = judge_paths(record, words, summarise(works, checks, source))
    return Findings(strengths, tuple(checks), job.links)


def check_span(span: Span) -> list[Violation]:
    """Check one batch of a file of N-Quads, with the ontology, against the shapes."""
    with span.path.open("rb") as file:
        file.seek(span.start)
        return check_nquads(file.read(span.end - span.start))


def check_nquads(nquads: bytes) -> list[Violation]:
    """Check N-Quads, with the ontology, against the shapes."""
    return find_violations([*make_ontology_lines(), *nquads.decode().splitlines(keepends=True)])
