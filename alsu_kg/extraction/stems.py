"""Stems: which of many runs of letters stand in a word, found in one go instead of one by one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

_first_letter = itemgetter(0)


def tree_pattern(words: Iterable[str]) -> str:
    """Give a pattern for the longest of ``words`` that stands at a place: a tree of their letters, so that few of them are tried.

    >>> tree_pattern(["in", "inhibit", "no"]), tree_pattern([])
    ('(?:in(?:hibit)?|no)', '(?!)')
    """
    return _tree(sorted({*words})) or "(?!)"


def _tree(words: Sequence[str]) -> str:
    """Write ``words``, which are in order: the empty one, if it is among them, is the first."""
    longer = words if not words or words[0] else words[1:]
    branches = [
        re.escape(letter) + _tree([word[1:] for word in group]) for letter, group in groupby(longer, _first_letter)
    ]
    if len(branches) <= 1 and len(longer) == len(words):
        return "".join(branches)
    return f"(?:{'|'.join(branches)}){'?' if len(longer) < len(words) else ''}" if branches else ""


def with_shorter(bits: Mapping[str, int]) -> dict[str, int]:
    """Give each stem the bits of all those that it starts with too: where it stands, they stand.

    >>> with_shorter({"in": 1, "inhibit": 2, "hi": 4})
    {'in': 1, 'inhibit': 3, 'hi': 4}
    """
    closed = {}
    for stem in bits:
        closed[stem] = 0
        for end in range(1, len(stem) + 1):
            closed[stem] |= bits.get(stem[:end], 0)
    return closed
