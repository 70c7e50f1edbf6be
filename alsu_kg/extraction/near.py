"""Searching near letters that every match holds: they are found much faster than a pattern is tried at every character."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from alsu_kg.extraction.stems import tree_pattern


class Started(NamedTuple):
    """A pattern that ignores case, and what stands in small letters where a match of it starts, which may be ``at_edge`` of a word.

    In the latter case ``starts`` starts with the character before that word.
    """

    pattern: re.Pattern[str]
    starts: re.Pattern[str]
    at_edge: bool


def started(pattern: str, words: str) -> Started:
    r"""Make a pattern that ignores case; its matches all start at the edge of a word, with the letters of one of ``words``.

    >>> started(r"\bwarned (?:of|about)|\bwas told", "warn|was").starts.pattern
    '[^a-z0-9_]wa(?:rn|s)'
    """
    starts = f"[^a-z0-9_]{tree_pattern(words.split('|'))}"
    return Started(re.compile(pattern, re.IGNORECASE), re.compile(starts), at_edge=True)


def started_anywhere(pattern: str, starts: str, flags: re.RegexFlag = re.IGNORECASE) -> Started:
    r"""Make a pattern whose matches may start within a word, each with what the pattern ``starts`` says of small letters.

    >>> started_anywhere(r"grades?\b", "grade").at_edge
    False
    """
    return Started(re.compile(pattern, flags), re.compile(starts), at_edge=False)


def search_started(
    sought: Started, text: str, lower: str, start: int = 0, end: int | None = None
) -> re.Match[str] | None:
    r"""Search ``text``, which is ``lower`` in small letters, from ``start`` to ``end`` as the pattern by itself would.

    >>> search_started(started(r"\bwarned (?:of|about)", "warn"), "Unwarned. Warned of", "unwarned. warned of")[0]
    'Warned of'
    """
    return next(find_started(sought, text, lower, start, end), None)


def find_started(
    sought: Started, text: str, lower: str, start: int = 0, end: int | None = None
) -> Iterator[re.Match[str]]:
    r"""Find all that ``finditer`` of the pattern finds in ``text``, which is ``lower`` in small letters.

    >>> [match[0] for match in find_started(started(r"\bits? \w+", "it"), "It was. Its end", "it was. its end")]
    ['It was', 'Its end']
    """
    pattern, starts, at_edge = sought
    end = len(text) if end is None else end
    if len(lower) != len(text):  # some letter has no single one in small letters
        yield from pattern.finditer(text, start, end)
        return
    for place in starts.finditer(f" {lower}", start, end + 1) if at_edge else starts.finditer(lower, start, end):
        at = place.start()
        if at >= start and (match := pattern.match(text, at, end)):
            yield match
            start = match.end()


def at_words(*patterns: str) -> re.Pattern[str]:
    r"""Make a pattern of ``patterns``, which each start with a small letter, that finds them in any case where a word starts.

    It is for text *with a space before it*: a match starts with what stands before the word, so that the engine passes by the
    rest of each word. So a match starts where the word does in the text itself, and ends one further on than there.

    >>> found = at_words(r"warned (?:of|about)", "war").search(" Unwarned. Warned of")
    >>> found[0], "Unwarned. Warned of"[found.start() : found.end() - 1]
    (' Warned of', 'Warned of')
    """
    return after_gap(*by_first_letter(*patterns))


def after_gap(letters: str, pattern: str) -> re.Pattern[str]:
    r"""Make a pattern as ``at_words`` of one whose matches start with one of ``letters``, as they stand in a set.

    >>> after_gap("0-9", r"\d+ mg").search(" of 5 mg").span()
    (3, 8)
    """
    return re.compile(rf"[^a-zA-Z0-9_](?=[{letters}])\b(?i:{pattern})")


def by_first_letter(*patterns: str) -> tuple[str, str]:
    """Give the letters, in both cases, that ``patterns`` start with, and one pattern of them all, sorted by these.

    >>> by_first_letter("in", "of", "is")
    ('iIoO', '(?:(?-i:[iI])(?:n|s)|(?-i:[oO])(?:f))')
    """
    by_letter: dict[str, list[str]] = {}
    for pattern in patterns:
        by_letter.setdefault(pattern[0], []).append(pattern[1:])
    letters = [f"{letter}{letter.upper()}" for letter in by_letter]
    ways = [f"(?-i:[{cases}])(?:{'|'.join(rest)})" for cases, rest in zip(letters, by_letter.values(), strict=True)]
    return "".join(letters), f"(?:{'|'.join(ways)})"


def find_words(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    r"""Find all that a pattern of ``at_words`` finds in ``text``, also where one starts right behind the one before.

    >>> [match[0] for match in find_words(at_words(r"in\s"), "In in it")]
    [' In ', ' in ']
    """
    spaced, at = f" {text}", 0
    while match := pattern.search(spaced, at):
        yield match
        at = match.end() - 1


def search_near(
    pattern: re.Pattern[str], stems: Sequence[str], text: str, before: int, start: int = 0
) -> re.Match[str] | None:
    """Search ``text`` from ``before`` characters before the first of ``stems`` on; nothing if it holds none of them.

    Every match of ``pattern`` must hold one of ``stems``, at most ``before`` characters after its start.

    >>> search_near(re.compile(r"[bB]oxed warning"), ("arning",), "It has a boxed warning.", 12)[0]
    'boxed warning'
    """
    first = len(text)
    for stem in stems:
        at = text.find(stem, start, first)
        if at >= 0:
            first = at
    return pattern.search(text, max(start, first - before)) if first < len(text) else None
