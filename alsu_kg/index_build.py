"""Building an index of works from dumps: streaming, in several processes, resumable, bounded in memory."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import WorkError
from alsu_kg.work_dumps import BadRecord, read_works
from alsu_kg.work_index import IndexWriter, Manifest, PreparedRecord, prepare

CHUNK: Final = 2_000
COMMIT_EVERY: Final = 400_000
"""Records between commits: what a killed build loses at most, and what the writer must remember to replace."""

KEPT_PROBLEMS: Final = 1_000


@dataclass(slots=True)
class BuildReport:
    """What a build did: records read, bad ones by reason, and the first of them with their places."""

    read: int = 0
    resumed: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    problems: list[BadRecord] = field(default_factory=list)

    def note(self, problem: BadRecord) -> None:
        """Count a bad record."""
        reason = problem.reason.split(":")[0]
        self.reasons[reason] = self.reasons.get(reason, 0) + 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)


def build_index(
    dumps: Sequence[Path],
    directory: Path,
    *,
    now: Callable[[], datetime],
    processes: int,
    progress: Callable[[int], None],
) -> tuple[Manifest, BuildReport]:
    """Add the works of ``dumps`` to the index in ``directory`` (made if need be), replacing records with the same keys.

    A dump that was read before (same path, size and date) is skipped, one that was broken off goes on where the last commit
    left it. Raises ``WorkError`` for a dump that cannot be read; what was committed stays.
    """
    for dump in dumps:
        if not dump.exists():
            raise WorkError("there is no such file or folder", place=str(dump), repair="give the path of a dump")
    writer = IndexWriter(directory)
    report = BuildReport()
    try:
        for dump in dumps:
            _add_dump(writer, dump, report, now, processes, progress)
        manifest = writer.commit(now(), {}, report.reasons)
    finally:
        writer.close()
    return manifest, report


def _add_dump(
    writer: IndexWriter,
    dump: Path,
    report: BuildReport,
    now: Callable[[], datetime],
    processes: int,
    progress: Callable[[int], None],
) -> None:
    source = _source(dump)
    done = writer.manifest.sources.get(source, 0)
    if done < 0:
        report.resumed += -done
        return
    works = islice(_count_bad(read_works(dump), report), done, None)
    report.resumed += done
    since = 0
    for chunk in _prepare_all(works, processes):
        for record in chunk:
            writer.add(record)
        done += len(chunk)
        since += len(chunk)
        report.read += len(chunk)
        progress(report.read)
        if since >= COMMIT_EVERY:
            writer.commit(now(), {source: done}, report.reasons)
            since = 0
    writer.commit(now(), {source: -max(done, 1)}, report.reasons)


def _source(dump: Path) -> str:
    status = dump.stat()
    return f"{dump.resolve()} {status.st_size} {int(status.st_mtime)}"


def _count_bad(works: Iterable[Candidate | BadRecord], report: BuildReport) -> Iterator[Candidate]:
    for work in works:
        if isinstance(work, BadRecord):
            report.note(work)
        else:
            yield work


def _prepare_all(works: Iterator[Candidate], processes: int) -> Iterator[list[PreparedRecord]]:
    """Prepare records in chunks, in other processes if there are several cores; order is kept, few chunks wait."""
    chunks = iter(lambda: list(islice(works, CHUNK)), [])
    if processes <= 1:
        yield from map(_prepare_chunk, chunks)
        return
    with ProcessPoolExecutor(processes - 1, mp_context=get_context("spawn")) as pool:
        pending: deque[Future[list[PreparedRecord]]] = deque()
        for chunk in chunks:
            pending.append(pool.submit(_prepare_chunk, chunk))
            if len(pending) > 2 * processes:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()


def _prepare_chunk(chunk: Sequence[Candidate]) -> list[PreparedRecord]:
    return [prepare(candidate) for candidate in chunk]
