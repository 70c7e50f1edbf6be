"""The terminal: progress on standard error for long work, colour where a person looks."""

import os
import shutil
import sys
from collections.abc import Callable
from time import monotonic
from typing import Final

Progress = Callable[[str, int, int], None]
"""Takes the name of a stage, what is done, and of how much."""

_QUIET_SECONDS: Final = 2.0
_STATUS_COLOURS: Final = {
    "asserted": "32",
    "hypothesised": "33",
    "speculated": "33",
    "negated": "31",
    "no-evidence": "31",
    "unclear": "35",
}


def has_colour() -> bool:
    """Say whether standard output is a terminal that wants colour (https://no-color.org)."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def terminal_width() -> int | None:
    """Give the width of the terminal in characters, or ``None`` if standard output is not one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def paint(word: str) -> str:
    """Colour a word that is an epistemic status; other words stay as they are.

    >>> paint("oral")
    'oral'
    """
    colour = _STATUS_COLOURS.get(word)
    return f"\033[{colour}m{word}\033[0m" if colour else word


def embolden(words: str) -> str:
    r"""Make words stand out, as headings do.

    >>> embolden("Flags")
    '\x1b[1mFlags\x1b[0m'
    """
    return f"\033[1m{words}\033[0m"


def make_progress(*, quiet: bool) -> Progress:
    """Give a function that shows progress on standard error once work takes over two seconds and a person can see it."""
    begun = monotonic()

    def show(stage: str, done: int, of: int) -> None:
        if not quiet and sys.stderr.isatty() and monotonic() - begun > _QUIET_SECONDS:
            sys.stderr.write(f"\r\033[K{stage}: {done} of {of}, {monotonic() - begun:.0f} s")
            sys.stderr.flush()

    return show


def end_progress() -> None:
    """Clear the line that progress was shown on."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
