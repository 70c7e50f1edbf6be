"""Reading untrusted files in worker processes (``alsu_kg.read_worker``), on all cores, within limits of time and memory.

A file that is broken or hostile costs an error message and never the run.
"""

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from alsu_kg.model.errors import WorkError
from alsu_kg.model.review import ReviewRecord

SECONDS: Final = 7.0
WORKER: Final = ["-m", "alsu_kg.read_worker"]


class Outcome(NamedTuple):
    """What reading one file gave: a record, or the error that says why not."""

    path: Path
    record: ReviewRecord | None
    error: WorkError | None


def read_reviews(
    paths: Sequence[Path],
    *,
    jobs: int | None = None,
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Outcome]:
    """Read drafts from many files in worker processes, on all cores, in the order of ``paths``.

    A file that takes more than ``seconds`` or a gigabyte gives an error of its own. ``progress`` is called with the number of
    files done and of all files.
    """
    workers = max(1, min(jobs or os.cpu_count() or 1, len(paths)))
    pool = [_Worker(seconds) for _ in range(workers)]
    try:
        with ThreadPoolExecutor(workers) as threads:
            free = list(pool)

            def read(path: Path) -> Outcome:
                worker = free.pop()
                try:
                    return worker.read(path)
                finally:
                    free.append(worker)

            for done, outcome in enumerate(threads.map(read, paths), 1):
                if progress is not None:
                    progress(done, len(paths))
                yield outcome
    finally:
        for worker in pool:
            worker.stop()


class _Worker:
    """A process that reads files one after the other; killed and replaced when a file takes too long."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
                [sys.executable, *WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self._line(self._process, 60.0)
        return self._process

    def read(self, path: Path) -> Outcome:
        """Read one file."""
        process = self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(str(path)).encode() + b"\n")
            process.stdin.flush()
            line = self._line(process, self._seconds)
        except BrokenPipeError:
            line = b""
        if line is None:
            self.stop()
            return Outcome(
                path,
                None,
                WorkError(
                    f"reading it took more than {self._seconds:.0f} s",
                    place=str(path),
                    repair="give a smaller or simpler file",
                ),
            )
        if not line:
            self.stop()
            return Outcome(
                path,
                None,
                WorkError(
                    "reading it needed more memory than allowed (1 GB) or broke the reader",
                    place=str(path),
                    repair="give a smaller or simpler file",
                ),
            )
        reply = msgspec.json.decode(line, type=WorkerReply)
        if reply.record is not None:
            return Outcome(path, reply.record, None)
        return Outcome(path, None, WorkError(reply.what, place=reply.place, repair=reply.repair))

    @staticmethod
    def _line(process: subprocess.Popen[bytes], seconds: float) -> bytes | None:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], seconds)
        return process.stdout.readline() if ready else None

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


class WorkerReply(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker writes back, one JSON line a file."""

    record: ReviewRecord | None = None
    what: str = ""
    place: str = ""
    repair: str = ""
