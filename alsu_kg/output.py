"""Results to where the user wants them: standard output, or a file that is whole or not there."""

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

from alsu_kg.model.errors import WorkError


def write_output(data: bytes, target: str | None) -> None:
    """Write ``data`` byte for byte to the file ``target``; ``None`` and ``-`` are standard output.

    A file is written under another name beside ``target`` and renamed when it is whole, so a full disk or Ctrl-C leaves the
    old file as it was. A device or pipe is written directly. Raises ``WorkError`` if it cannot be written.
    """
    if target is None or target == "-":
        _write_standard_output(data)
        return
    path = Path(target)
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except OSError as error:
        _fail(error, target)


def _replace(path: Path, data: bytes) -> None:
    waiting = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with waiting.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            shutil.copymode(path, waiting)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)


def _write_standard_output(data: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _fail(error, "standard output")


def _fail(error: OSError, place: str) -> NoReturn:
    raise WorkError(
        f"cannot be written: {error.strerror or error}",
        place=place,
        repair="check that the folder exists, permission and free space",
    ) from None
