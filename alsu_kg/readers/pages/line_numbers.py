"""Numbers of lines, as manuscripts and proofs have them beside each column: strips of numbers that count the lines beside them."""

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from alsu_kg.readers.pages.lines import Word

_FEWEST: Final = 8
_MANY: Final = 40
_EVEN: Final = 1.0
_SHARE: Final = 0.75
_SAME_EDGE: Final = 1.5
_SAME_LINE: Final = 3.0
_APART: Final = 0.3  # in sizes of the type
_STARTS: Final = 0.25  # of a page: where lines start behind their numbers
_ENDS: Final = 0.47  # where lines end before their numbers, not reaching into another column
_NUMBER = re.compile(r"\d{1,4}")


class _Strip(NamedTuple):
    """Numbers that start or end at one edge, from the top down."""

    edge: float
    is_left: bool
    numbers: Sequence[Word]


def without_line_numbers(pages: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """Leave out the numbers of lines, if most pages have them.

    >>> def word(text, left, right, i): return Word(text, left, 700 - 12 * i, right, 710 - 12 * i, 10, False)
    >>> page = [one for i in range(1, 10) for one in (word(str(i), 30, 36, i), word("text", 50, 300, i))]
    >>> {one.text for one in without_line_numbers([page])[0]}
    {'text'}
    """
    counting = [[strip for strip in _strips(words) if _counts_lines(strip.numbers, words)] for words in pages]
    counted = sum(len(words) for strips, words in zip(counting, pages, strict=True) if strips)
    if counted * 2 <= sum(map(len, pages)):
        return [list(words) for words in pages]
    lefts, rights = (
        sorted(strip.edge for strips in counting for strip in strips if strip.is_left == is_left)
        for is_left in (True, False)
    )
    return [
        [w for w in words if not (_is_number(w) and (_is_near(w.left, lefts) or _is_near(w.right, rights)))]
        for words in pages
    ]


def _is_near(edge: float, edges: Sequence[float]) -> bool:
    at = bisect_left(edges, edge - _SAME_EDGE)
    return at < len(edges) and edges[at] <= edge + _SAME_EDGE


def _is_number(word: Word) -> bool:
    return _NUMBER.fullmatch(word.text) is not None


def _strips(words: Sequence[Word]) -> Iterator[_Strip]:
    """Give the numbers that start or end at the same place, where many do."""
    found = list(filter(_is_number, words))
    for is_left in (True, False):
        placed = sorted((word.left if is_left else word.right, -word.bottom, word) for word in found)
        start = 0
        for i in range(1, len(placed) + 1):
            if i == len(placed) or placed[i][0] - placed[i - 1][0] > _SAME_EDGE:
                if i - start >= _FEWEST:
                    group = placed[start:i]
                    numbers = [word for _, _, word in sorted(group, key=lambda item: item[1])]
                    yield _Strip(group[len(group) // 2][0], is_left, numbers)
                start = i


def _counts_lines(numbers: Sequence[Word], words: Sequence[Word]) -> bool:
    """Say whether numbers go up by one for each line beside them."""
    left, right = min(word.left for word in numbers), max(word.right for word in numbers)
    width = max(word.right for word in words) - min(word.left for word in words)
    size = numbers[0].size
    after = [w for w in words if right + _APART * size < w.left < right + _STARTS * width]
    before = [w for w in words if left - _ENDS * width < w.right < left - _APART * size]
    if any(
        w.left < right and w.right > left - _APART * size and not _is_number(w) for w in words if _is_within(w, numbers)
    ):
        return False
    if _are_even(numbers) and (
        min(w.left for w in words) >= left - _SAME_EDGE or max(w.right for w in words) <= right + _SAME_EDGE
    ):
        return True
    return any(_count(numbers, side) for side in (after, before) if side)


def _are_even(numbers: Sequence[Word]) -> bool:
    """Say whether many numbers count up at even steps: on forms of journals for reviewers, which have them beside any text."""
    steps = [above.bottom - below.bottom for above, below in itertools.pairwise(numbers)]
    counts = all(int(b.text) - int(a.text) == 1 for a, b in itertools.pairwise(numbers))
    return len(numbers) >= _MANY and counts and max(steps) - min(steps) < _EVEN


def _is_within(word: Word, numbers: Sequence[Word]) -> bool:
    return numbers[-1].bottom - _SAME_LINE < word.bottom < numbers[0].bottom + _SAME_LINE


def _count(numbers: Sequence[Word], beside: Sequence[Word]) -> bool:
    heights: list[float] = []  # of the lines, from the lowest up
    for height in sorted(word.bottom for word in beside):
        if not heights or height - heights[-1] > _SAME_LINE:
            heights.append(height)
    lines = [bisect_left(heights, number.bottom - _SAME_LINE) for number in numbers]
    steps = [
        (above - below, int(low.text) - int(high.text))
        for (above, below), (high, low) in zip(itertools.pairwise(lines), itertools.pairwise(numbers), strict=True)
    ]
    return sum(0 < lines_on == numbers_on for lines_on, numbers_on in steps) > _SHARE * len(steps)
