"""Building an index of works from dumps: streaming, in several processes, resumable, bounded in memory.

This process only cuts the dumps into pieces and writes; reading, folding and hashing is done by others.
"""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Final, NamedTuple

from alsu_kg.index_batches import PreparedBatch, prepare
from alsu_kg.index_files import Manifest, SourceState
from alsu_kg.index_writer import IndexWriter
from alsu_kg.model.candidate import Candidate
from alsu_kg.model.errors import WorkError
from alsu_kg.readers.works import BadRecord, Piece, read_piece
from alsu_kg.work_dumps import BREAKS_OFF, Cut, cut_dump, find_dumps

COMMIT_EVERY: Final = 400_000
"""Records between commits: what a killed build loses at most, and what is held in memory."""

KEPT_PROBLEMS: Final = 1_000
_BYTES_UNDERWAY: Final = 64 << 20
PIECES_AT_ONCE: Final = 4
"""Pieces that a worker prepares together, at most: arithmetic on whole arrays pays from some thousand records on."""

_LARGE: Final = 8 << 20
_PREPARED_AT_ONCE: Final = 6_000
_COLLECT_AFTER: Final = 500_000
"""Objects made before a build looks for cycles: reading records makes none, and looking took a quarter of the time."""

Progress = Callable[[int, int, int], None]
"""Is told the records read, and the bytes of the dumps read and to be read."""


class Prepared(NamedTuple):
    """What came of some pieces: batches ready to be indexed, and the bad records."""

    batches: list[PreparedBatch]
    problems: list[BadRecord]


@dataclass(slots=True)
class BuildReport:
    """What a build did: records read, those that an earlier run had read, older ones replaced; bad ones by reason."""

    read: int = 0
    resumed: int = 0
    replaced: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    problems: list[BadRecord] = field(default_factory=list)

    def note(self, problem: BadRecord) -> None:
        """Count a bad record."""
        reason = problem.reason.split(":")[0]
        self.reasons[reason] = self.reasons.get(reason, 0) + 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)


def build_index(
    dumps: Sequence[Path], directory: Path, *, now: Callable[[], datetime], processes: int, progress: Progress
) -> tuple[Manifest, BuildReport]:
    """Add the works of ``dumps`` to the index in ``directory`` (made if need be), replacing records with the same keys.

    A file that was read before (same path, size and date) is skipped, one that was broken off goes on where the last commit
    left it. A file that breaks off gives what it holds before the break and is read again next time. Raises ``WorkError`` if a
    dump is not there or nothing at all could be read; what was committed stays.
    """
    files = find_dumps(dumps)
    with (
        closing(IndexWriter(directory, threads=processes)) as writer,
        _Preparing(processes) as preparing,
        _seldom_collecting(),
    ):
        build = _Build(writer, preparing, now, progress, sum(path.stat().st_size for path in files))
        for path in files:
            build.add_file(path)
        manifest = build.commit(last=True)
        report = build.report
    report.replaced = writer.replaced
    if report.problems and not report.read and not report.resumed:
        first = report.problems[0]
        raise WorkError(first.reason, place=first.place, repair="give a whole dump in one of the known formats")
    return manifest, report


class _Build:
    """One run: what was read and committed so far."""

    def __init__(
        self, writer: IndexWriter, preparing: "_Preparing", now: Callable[[], datetime], progress: Progress, total: int
    ) -> None:
        self.report = BuildReport()
        self._writer = writer
        self._preparing = preparing
        self._now = now
        self._progress = progress
        self._total = total
        self._before = 0
        self._sources: dict[str, SourceState] = {}
        self._committed: dict[str, int] = {}

    def add_file(self, path: Path) -> None:
        """Add what a file holds, from where an earlier run left it."""
        status = path.stat()
        source = f"{path.resolve()} {status.st_size} {status.st_mtime_ns}"
        state = self._writer.manifest.sources.get(source, SourceState(0, 0))
        self.report.resumed += state.records
        if not state.whole:
            broken = False
            for cuts, prepared in self._preparing(islice(cut_dump(path), state.chunks, None)):
                state = SourceState(state.chunks + len(cuts), state.records + self._add(prepared))
                broken = broken or _breaks_off(cuts[-1])
                self._sources[source] = state
                self._progress(self.report.read, self._before + cuts[-1].position, self._total)
                if self._writer.waiting >= COMMIT_EVERY:
                    self.commit(last=False)
            self._sources[source] = SourceState(state.chunks - broken, state.records, whole=not broken)
        self._before += status.st_size

    def commit(self, *, last: bool) -> Manifest:
        """Make durable what was read so far."""
        counted = self.report.reasons
        skipped = {reason: count - self._committed.get(reason, 0) for reason, count in counted.items()}
        manifest = self._writer.commit(self._now(), self._sources, skipped, last=last)
        self._sources, self._committed = {}, dict(counted)
        return manifest

    def _add(self, prepared: Prepared) -> int:
        for problem in prepared.problems:
            self.report.note(problem)
        for batch in prepared.batches:
            self._writer.add(batch)
        records = sum(batch.records for batch in prepared.batches)
        self.report.read += records
        return records


def prepare_pieces(pieces: Sequence[Piece]) -> Prepared:
    """Read the records of pieces and prepare them for the index."""
    problems: list[BadRecord] = []

    def good() -> Iterator[Candidate]:
        for work in chain.from_iterable(map(read_piece, pieces)):
            if isinstance(work, BadRecord):
                problems.append(work)
            else:
                yield work

    works = good()
    batches = [prepare(some) for some in iter(lambda: list(islice(works, _PREPARED_AT_ONCE)), [])]
    return Prepared(batches, problems)


class _Preparing:
    """Prepares pieces in other processes, in order, with a bounded number of bytes under way; or here, if it is to be one."""

    def __init__(self, processes: int) -> None:
        self._most = 4 * processes
        self._pool = (
            ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_start_worker)
            if processes > 1
            else None
        )

    def __enter__(self) -> "_Preparing":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, cuts: Iterable[Cut]) -> Iterator[tuple[Sequence[Cut], Prepared]]:
        """Give some cuts at a time with what came of them."""
        together = _put_together(cuts)
        if self._pool is None:
            yield from ((some, _bad(some) or prepare_pieces(_pieces(some))) for some in together)
            return
        underway: deque[tuple[Sequence[Cut], Future[Prepared] | None]] = deque()
        held = 0
        try:
            for some in together:
                underway.append((some, None if _bad(some) else self._pool.submit(prepare_pieces, _pieces(some))))
                held += _size(some)
                while held > _BYTES_UNDERWAY or len(underway) > self._most:
                    held -= _size(underway[0][0])
                    yield self._result(*underway.popleft())
            while underway:
                yield self._result(*underway.popleft())
        except BrokenProcessPool:
            raise WorkError(
                "a process that reads records ended unexpectedly", place="index build",
                repair="see that there is memory left, then run the same command again: it goes on where it was",
            ) from None  # fmt: skip

    def _result(self, cuts: Sequence[Cut], future: "Future[Prepared] | None") -> tuple[Sequence[Cut], Prepared]:
        return cuts, future.result() if future else _bad(cuts) or Prepared([], [])


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    thresholds = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)


def _start_worker() -> None:
    gc.set_threshold(_COLLECT_AFTER)
    stop_with_parent()


def stop_with_parent() -> None:
    """Make a worker leave Ctrl-C to its parent, and end when the parent is gone, however that ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_after_parent, daemon=True).start()


def _end_after_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _put_together(cuts: Iterable[Cut]) -> Iterator[list[Cut]]:
    """Give as many pieces at a time as are worth preparing together; what is none comes by itself."""
    some: list[Cut] = []
    for cut in cuts:
        bad = isinstance(cut.piece, BadRecord)
        if some and (bad or len(some) >= PIECES_AT_ONCE or _size(some) >= _LARGE):
            yield some
            some = []
        some.append(cut)
        if bad:
            yield some
            some = []
    if some:
        yield some


def _bad(cuts: Sequence[Cut]) -> Prepared | None:
    problems = [cut.piece for cut in cuts if isinstance(cut.piece, BadRecord)]
    return Prepared([], problems) if problems else None


def _breaks_off(cut: Cut) -> bool:
    return isinstance(cut.piece, BadRecord) and cut.piece.reason.startswith(BREAKS_OFF)


def _pieces(cuts: Sequence[Cut]) -> list[Piece]:
    return [cut.piece for cut in cuts if isinstance(cut.piece, Piece)]


def _size(cuts: Sequence[Cut]) -> int:
    return sum(len(piece.data) for piece in _pieces(cuts))
