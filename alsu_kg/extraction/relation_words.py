"""Words that state a relation, and words that show how surely: rows of the lexicon, and what they say of a text."""

import re
from collections.abc import Sequence
from typing import Final, TypeVar, cast

import msgspec

from alsu_kg.model.review import Polarity, Predicate, Status

_T = TypeVar("_T")
_ADVICE: Final = "advice"
Starts = Sequence[tuple[int, int]]
"""Places in a text, each with the position of what may start there among relation words and cues."""


class PredicateWords(msgspec.Struct, frozen=True):
    """Words that state a relation. They hold one of ``hints`` and start with one of ``leads``, if that is sure."""

    pattern: re.Pattern[str]
    predicate: Predicate
    polarity: Polarity
    voice: str
    hints: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


class Cue(msgspec.Struct, frozen=True):
    """Words that show how a source states something; ``hints`` and ``leads`` as of relation words."""

    kind: str
    pattern: re.Pattern[str]
    hints: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


def started_at(things: Sequence[_T], starts: Starts, first: int) -> list[tuple[int, int, _T]]:
    """Give those of ``things`` that may start at ``starts``, which are counted from ``first`` on: where, which, what.

    >>> started_at(["may", "not"], [(3, 3), (7, 1)], 2)
    [(3, 1, 'not')]
    """
    end = first + len(things)
    return [(at, order - first, things[order - first]) for at, order in starts if first <= order < end]


def status_at(text: str, started: Sequence[tuple[int, int, Cue]], span: tuple[int, int]) -> tuple[Status, bool]:
    """Give how the clause at ``span`` of ``text`` states what it says, and whether it only advises.

    ``started`` are the cues that may start in ``text``. The first in the order of the lexicon decides, where negation words
    come last. Who recommends or waits for something does not claim what he names
    on the way.

    >>> cues = (Cue("hypothesised", re.compile("may")), Cue("advice", re.compile("endorse")))
    >>> status_at("It may, we endorse", [(3, 0, cues[0]), (11, 1, cues[1])], (0, 18))
    ('hypothesised', True)
    """
    start, end = span
    likely = [(order, at - start, cue) for at, order, cue in started if start <= at < end]
    if not likely:
        return "asserted", False
    words = text[start:end]
    said = None
    advises = False
    likely.sort()
    for _, at, cue in likely:
        if (not advises if cue.kind == _ADVICE else said is None) and cue.pattern.match(words, at):
            if cue.kind == _ADVICE:
                advises = True
            else:
                said = cue.kind
    return "negated" if said == "negation" else cast(Status, said or "asserted"), advises
