"""Words that state a relation, and words that show how surely: rows of the lexicon, and what they say of a text."""

import re
from collections.abc import Callable, Sequence
from typing import Final, cast

import msgspec

from alsu_kg.model.review import Polarity, Predicate, Status

_ADVICE: Final = "advice"


class PredicateWords(msgspec.Struct, frozen=True):
    """Words that state a relation; ``pattern`` is for text in lower case (``lower_case``).

    They hold one of ``hints`` and start with one of ``leads``, if that is sure.

    Unless ``looks_ahead``, what they match in a part of a text they match in the whole of it.
    """

    pattern: re.Pattern[str]
    predicate: Predicate
    polarity: Polarity
    voice: str
    hints: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    looks_ahead: bool = True


class Cue(msgspec.Struct, frozen=True):
    """Words that show how a source states something; ``hints`` and ``leads`` as of relation words."""

    kind: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


Candidate = tuple[int, int, PredicateWords, re.Match[str] | None]
"""Where relation words may start in a sentence, their position in the lexicon, themselves, and their match if no clause ends it."""
Row = tuple[int, PredicateWords, Callable[[str, int], re.Match[str] | None]]
"""The position of relation words in the lexicon, themselves, and the ``match`` of their pattern, to save looking it up."""
StartedCue = tuple[int, int, Cue]
"""The position of a cue in the lexicon, where it may start, itself: such cues are sorted as they decide."""


def lower_case(text: str) -> str:
    """Give a text in lower case, character by character: places in it are those in the text.

    >>> lower_case("Foo slows A"), len(lower_case("\u0130"))
    ('foo slows a', 1)
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join([c.lower() if len(c.lower()) == 1 else c for c in text])


def candidates_at(lower: str, start: int, rows: Sequence[Row]) -> list[Candidate]:
    """Give those of the ``rows`` of relation words that may stand at ``start`` of a sentence in lower case.

    >>> words = PredicateWords(re.compile("slows"), "affects", "decreases", "active", looks_ahead=False)
    >>> rows = [(0, words, words.pattern.match)]
    >>> [order for _, order, _, _ in candidates_at("a slows b", 2, rows)], candidates_at("a slows b", 0, rows)
    ([0], [])
    """
    found: list[Candidate] = []
    for order, words, match_at in rows:
        match = match_at(lower, start)
        if match is not None or words.looks_ahead:
            found.append((start, order, words, match))
    return found


def status_at(text: str, started: Sequence[StartedCue], span: tuple[int, int]) -> tuple[Status, bool]:
    """Give how the clause at ``span`` of ``text`` states what it says, and whether it only advises.

    ``started`` are the cues that may start in ``text``. The first in the order of the lexicon decides, where negation words
    come last. Who recommends or waits for something does not claim what he names
    on the way.

    >>> cues = (Cue("hypothesised", re.compile("may")), Cue("advice", re.compile("endorse")))
    >>> status_at("It may, we endorse", [(0, 3, cues[0]), (1, 11, cues[1])], (0, 18))
    ('hypothesised', True)
    """
    start, end = span
    words = text[start:end] if started else ""
    said = None
    advises = False
    for _, at, cue in started:
        if start <= at < end:
            if cue.kind == _ADVICE:
                advises = advises or cue.pattern.match(words, at - start) is not None
            elif said is None and cue.pattern.match(words, at - start):
                said = cue.kind
    if said is None:
        return "asserted", advises
    return "negated" if said == "negation" else cast(Status, said), advises
