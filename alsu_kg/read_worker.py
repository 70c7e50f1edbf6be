"""The process in which ``alsu_kg.reading_pool`` reads untrusted files: paths in, one JSON line out for each.

Memory is limited to one gigabyte where the system can do that; the parent watches the time.
"""

import gc
import importlib
import json
import sys
from pathlib import Path

import msgspec

from alsu_kg.documents import load_vocabulary, read_review
from alsu_kg.model.errors import AlsuKgError
from alsu_kg.reading_pool import WorkerReply

_BYTES = 1_000_000_000


def limit_memory() -> None:
    """Limit the memory of this process (no effect on systems without ``resource``)."""
    try:
        resource = importlib.import_module("resource")  # absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))


def answer(path: Path) -> WorkerReply:
    """Read one file."""
    try:
        return WorkerReply(record=read_review(path))
    except AlsuKgError as error:
        return WorkerReply(what=error.what, place=error.place, repair=error.repair)
    except MemoryError:
        return WorkerReply(
            what="reading it needed more memory than allowed (1 GB)", place=str(path), repair="give a smaller file"
        )
    except RecursionError:
        return WorkerReply(
            what="its parts are nested too deep", place=str(path), repair="give an article, not a constructed file"
        )


def main() -> None:
    """Answer each path on standard input; the first line written says that the worker is ready."""
    limit_memory()
    load_vocabulary()
    gc.freeze()  # the words stay: only what a file leaves behind is looked through after it
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    for line in sys.stdin.buffer:
        reply = msgspec.json.encode(answer(Path(json.loads(line))))
        sys.stdout.buffer.write(reply + b"\n")
        sys.stdout.buffer.flush()
        gc.collect()


if __name__ == "__main__":
    main()
