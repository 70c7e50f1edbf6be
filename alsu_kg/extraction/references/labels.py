"""Where the references of a printed list start, by the numbers before them: those of one form that count up longest."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from alsu_kg.model.document import Block

# The number of a reference, by what stands around it. The last two are also how text goes on, so they must count up from 1.
_LABELS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\s*\[\s*(\d{1,4})\s*\]:?\s*",
        r"\s*\(\s*(\d{1,4})\s*\)\s*",
        r"\s*(\d{1,4})\s*\.(?=\s|$|[A-Z\[(“\"])\s*",
        r"\s*(\d{1,4})\s*\)(?=\s|$|[A-Z\[(“\"])\s*",
        r"\s*(\d{1,4})\s+(?=\S)",
        r"\s*(\d{1,4})(?=[A-ZÀ-Þ“\"])",
    )
)
_STARTS_UPPER = re.compile(r"[A-ZÀ-ÞŁŚŞ“\"‘'(\[]")
_ENDED = re.compile(r"[.)\]/\d”\"]\s*$")
_MOST_LEFT_OUT: Final = 3
_LEFT_OUT: Final = 1.5  # what a number that is left out costs, where one that is there earns 1
_LIKELY: Final = 0.2  # what speaks for a line of its own, so that it is preferred to a line that goes on with a number


class Start(NamedTuple):
    """A reference starts in block number ``block``; its words start at ``at``, after the printed ``number``."""

    block: int
    number: int
    at: int


class _Chain(NamedTuple):
    score: float
    start: Start
    before: "_Chain | None"


def numbered_starts(blocks: Sequence[Block]) -> list[Start]:
    """Find the lines that start a reference; none if no numbers count up from 1.

    Of all forms of numbers the one that counts up longest is taken, so a line that goes on with a year, a volume or a
    number in brackets starts no reference.

    >>> from alsu_kg.model.document import Text
    >>> lines = ["[1] Ay B. One. Cell", "2. 2001;3:4.", "[2] Cee D. Two.", "[3] Eff G."]
    >>> [(s.block, s.number) for s in numbered_starts([Block("item", Text(line)) for line in lines])]
    [(0, 1), (2, 2), (3, 3)]
    """
    best: _Chain | None = None
    numbered = [i for i, block in enumerate(blocks) if _may_be_numbered(block.text.text)]
    for pattern in _LABELS if numbered else ():
        chain = _longest(blocks, numbered, pattern)
        if chain is not None and (best is None or chain.score > best.score):
            best = chain
    starts: list[Start] = []
    while best is not None:
        starts.append(best.start)
        best = best.before
    return starts[::-1]


def _may_be_numbered(text: str) -> bool:
    """Say whether ``text`` starts as every label does."""
    first = text.lstrip()[:1]
    return first.isdigit() or first in ("[", "(")


def _longest(blocks: Sequence[Block], numbered: Sequence[int], pattern: re.Pattern[str]) -> _Chain | None:
    """Give the chain of numbers that count up from 1 with the best score; only ``numbered`` blocks may have numbers."""
    ends: dict[int, _Chain] = {}
    best: _Chain | None = None
    for i in numbered:
        match = pattern.match(blocks[i].text.text)
        if match is None:
            continue
        number = int(match[1])
        before = _before(ends, number)
        if before is None and number != 1:
            continue
        score = 1 + _likely(blocks, i, match.end())
        if before is not None:
            score += before.score - _LEFT_OUT * (number - before.start.number - 1)
        if number not in ends or score > ends[number].score:
            chain = ends[number] = _Chain(score, Start(i, number, match.end()), before)
            if best is None or score > best.score:
                best = chain
    return best


def _before(ends: dict[int, _Chain], number: int) -> _Chain | None:
    """Give the best chain that ``number`` goes on with."""
    candidates = [ends[n] for n in range(max(1, number - 1 - _MOST_LEFT_OUT), number) if n in ends]
    return max(candidates, key=lambda chain: chain.score - _LEFT_OUT * (number - chain.start.number - 1), default=None)


def _likely(blocks: Sequence[Block], i: int, at: int) -> float:
    """Say how much the layout speaks for a new reference: a capital, the end of the one before, no indent, an empty line."""
    block = blocks[i]
    reasons = (
        _STARTS_UPPER.match(block.text.text, at) is not None,
        i == 0 or _ENDED.search(blocks[i - 1].text.text) is not None,
        block.level < 2,
        bool(block.level & 1),
    )
    return _LIKELY * sum(reasons)
