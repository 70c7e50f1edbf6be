"""A list of references that no heading announces: its numbers count from 1 to the end of the text."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

_LABELS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"\[(\d{1,3})\]:?\s+\S",
        r"\((\d{1,3})\)\s+\S",
        r"(\d{1,3})\.\s+\S",
        r"(\d{1,3})\)\s+\S",
        r"(\d{1,3})\s+[^\W\d_]",
    )
)
_STARTS: Final = frozenset("[(0123456789")
_FEWEST: Final = 5
_MOST_LINES: Final = 12  # of one reference
_MOSTLY: Final = 0.75
_DATED = re.compile(r"\b(?:19|20)\d\d[a-z]?\b|https?:|\bdoi\b", re.IGNORECASE)


class _Chain(NamedTuple):
    """Numbers that count up from 1: the lines of the first and the last, how many, and how many of them had a year or address."""

    first: int
    last: int
    length: int
    dated: int


def list_at_end(lines: Sequence[str]) -> int | None:
    """Give the number of the line that reference 1 starts on; nothing if the text ends with no such list.

    >>> lines = ["Seen.", *(f"{n}. Ay B. One. Cell. 200{n};2:3." for n in range(1, 7))]
    >>> list_at_end(lines), list_at_end(lines[:4]), list_at_end([line.replace("200", "") for line in lines])
    (1, None, None)
    """
    numbered = [i for i, line in enumerate(lines) if line[:1] in _STARTS]
    if len(numbered) < _FEWEST:
        return None
    ends = [end for label in _LABELS if (end := _chain_at_end(lines, numbered, label)) is not None]
    chain = max(ends, key=lambda chain: chain.length, default=None)
    if chain is None or chain.length < _FEWEST or chain.dated < _MOSTLY * chain.length:
        return None
    return chain.first


def _chain_at_end(lines: Sequence[str], numbered: Sequence[int], label: re.Pattern[str]) -> _Chain | None:
    """Give the longest chain of numbers of one form that reaches the end of the text."""
    chains: dict[int, _Chain] = {}  # by the number that each waits for
    for i in numbered:
        match = label.match(lines[i])
        if match is None:
            continue
        number = int(match[1])
        if number == 1:
            chains[2] = _Chain(i, i, 1, 0)
        elif (chain := chains.pop(number, None)) is not None and i - chain.last <= _MOST_LINES:
            chains[number + 1] = _longer(chain, lines, i)
    at_end = [_longer(chain, lines, len(lines)) for chain in chains.values() if len(lines) - chain.last <= _MOST_LINES]
    return max(at_end, key=lambda chain: chain.length, default=None)


def _longer(chain: _Chain, lines: Sequence[str], at: int) -> _Chain:
    """Give a chain whose last reference ends at line ``at``, where the next one starts."""
    dated = any(_DATED.search(line) for line in lines[chain.last : at])
    return _Chain(chain.first, at, chain.length + (at < len(lines)), chain.dated + dated)
