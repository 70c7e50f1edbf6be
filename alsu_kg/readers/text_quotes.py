"""Text that came by mail: without marks of quotation, the lines that mail programs write, and what the sender wrote."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_MARKS = re.compile(r"(?:>[ \t]?)+")
_HEADER = re.compile(
    r"(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Message-ID|MIME-Version|Content-[\w-]+|Importance|Attachments?):\s",
    re.IGNORECASE,
)
_SENDER = re.compile(r"(?:From|Sent):", re.IGNORECASE)
_FORWARDED = re.compile(
    r"-{3,}\s*(?:Original|Forwarded|Begin forwarded) (?:message|mail)\s*-{3,}|Begin forwarded message:", re.IGNORECASE
)
_MOSTLY: Final = 0.6
_FEWEST: Final = 5
_FEWEST_HEADERS: Final = 3


class Bare(NamedTuple):
    """A line of a mail: ``at`` is where its own words start, ``kept`` whether it is part of what was sent on."""

    at: int
    kept: bool


def bare_mail(lines: Sequence[str]) -> list[Bare]:
    """Give for each of ``lines`` where its words start behind the marks of quotation, and whether it is text at all.

    Where most lines are quoted only these are text, and lines between two of them, which were broken after they had been quoted.
    Three and more lines in a row such as ``From: …``, ``Date: …``, ``Subject: …`` are the mail's: their date is none of the text.

    >>> bare_mail(["From: A", "Date: B", "Subject: C", "", "Risks"])
    [Bare(at=0, kept=False), Bare(at=0, kept=False), Bare(at=0, kept=False), Bare(at=0, kept=True), Bare(at=0, kept=True)]
    >>> [bare.at for bare in bare_mail(["> One", ">", "> > two", "> three", "> four"]) if bare.kept]
    [2, 1, 4, 2, 2]
    """
    marks = [_MARKS.match(line) for line in lines]
    written = sum(bool(line.strip()) for line in lines)
    quoted = sum(mark is not None for mark in marks)
    is_quoted = quoted >= _FEWEST and quoted >= _MOSTLY * written
    bare = []
    for i, mark in enumerate(marks):
        inside = 0 < i < len(lines) - 1 and marks[i - 1] is not None and marks[i + 1] is not None
        at = mark.end() if mark is not None and is_quoted else 0
        bare.append(Bare(at, mark is not None or not is_quoted or inside))
    for first, last in _headers([line[part.at :] for line, part in zip(lines, bare, strict=True)]):
        for i in range(first, last):
            bare[i] = Bare(bare[i].at, kept=False)
    return bare


def _headers(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Find the runs of lines that mail programs write over a mail."""
    runs = []
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and (_HEADER.match(lines[end]) or _FORWARDED.fullmatch(lines[end].strip())):
            end += 1
        if end - start >= _FEWEST_HEADERS and any(_SENDER.match(line) for line in lines[start:end]):
            runs.append((start, end))
        start = max(end, start + 1)
    return runs
