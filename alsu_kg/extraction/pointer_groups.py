"""Numbers that stand together are one pointer: ``[1], [3]`` and raised ``1`` ``3``; ``[1]–[3]`` cites what lies between, too."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

_RANGING: Final = frozenset("–-‐‑−")
_JOINING: Final = frozenset(("", ",", ";", *_RANGING))
_GAPS: Final = " \t\n_"  # reStructuredText writes "[1]_"
_NEAR: Final = 3
_WIDEST_RANGE: Final = 200
_NUMBER = re.compile(r"\d+")


class Found(msgspec.Struct, frozen=True, gc=False):
    """A pointer within a passage: where, and to which reference numbers."""

    start: int
    end: int
    numbers: tuple[int, ...]


@lru_cache(maxsize=2_000)
def expand_numbers(text: str) -> tuple[int, ...]:
    """Expand what stands in a citation bracket.

    >>> expand_numbers("3, 5–7;9")
    (3, 5, 6, 7, 9)
    """
    if text.isdigit():
        return (int(text),)
    numbers: list[int] = []
    for part in text.replace(";", ",").split(","):
        if (bare := part.strip()).isdecimal():
            numbers.append(int(bare))
            continue
        ends = [int(n) for n in _NUMBER.findall(part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < _WIDEST_RANGE:
            numbers += range(ends[0], ends[1] + 1)
        else:
            numbers += ends
    return tuple(dict.fromkeys(numbers))


def is_joined(text: str, before: Found, start: int) -> bool:
    """Say whether nothing but a comma, a semicolon, a dash or a space stands between a pointer and ``start``.

    >>> is_joined("[1], [3]", Found(0, 3, (1,)), 5), is_joined("[1]. [3]", Found(0, 3, (1,)), 5)
    (True, False)
    """
    return start - before.end <= _NEAR and text[before.end : start].strip(_GAPS) in _JOINING


def join(text: str, before: Found, after: Found, known: frozenset[int]) -> Found:
    """Make one pointer of two that are joined; a dash between them stands for the ``known`` numbers that lie between.

    >>> join("[1]–[3]", Found(0, 3, (1,)), Found(4, 7, (3,)), frozenset((1, 2, 3)))
    Found(start=0, end=7, numbers=(1, 2, 3))
    """
    low, high = before.numbers[-1] + 1, after.numbers[0]
    ranges = text[before.end : after.start].strip(_GAPS) in _RANGING and high - low < _WIDEST_RANGE
    between = [n for n in range(low, high) if n in known] if ranges else []
    return Found(before.start, after.end, tuple(dict.fromkeys((*before.numbers, *between, *after.numbers))))


def join_neighbours(text: str, found: Iterable[Found], known: frozenset[int]) -> list[Found]:
    """Join the pointers that stand together; one that cites again what the one before cites stays alone.

    >>> join_neighbours("[1], [2] [2]", [Found(0, 3, (1,)), Found(5, 8, (2,)), Found(9, 12, (2,))], frozenset((1, 2)))
    [Found(start=0, end=8, numbers=(1, 2)), Found(start=9, end=12, numbers=(2,))]
    """
    joined: list[Found] = []
    for item in found:
        if joined and is_joined(text, joined[-1], item.start) and set(joined[-1].numbers).isdisjoint(item.numbers):
            joined[-1] = join(text, joined[-1], item, known)
        else:
            joined.append(item)
    return joined
