"""Letters without which a pattern cannot match: a search for them costs little, and most texts hold none of them."""

import re
from collections.abc import Sequence
from typing import Final

_TOKEN: Final = re.compile(
    r"(?P<look>\(\?[!=])|(?P<group>\(\?:)|(?P<close>\))|(?P<either>\|)|(?P<repeat>[?*+]\??|\{[^}]*\})|(?P<letter>[a-z])"
    r"|(?P<other>\[[^\]]*\]|\\.|.)"
)
_FEWEST: Final = 3
_Tokens = Sequence[re.Match[str]]
_Hints = tuple[str, ...]


def find_hints(pattern: str) -> tuple[str, ...]:
    """Give runs of letters of which one must stand in any text that ``pattern`` matches; none where that cannot be told.

    Of the runs that a sequence needs the longest is given, of alternatives the runs of each. ``pattern`` has no groups but
    ``(?:``, ``(?=`` and ``(?!``.

    >>> find_hints("reduc(?:es|ed)(?! expression)"), find_hints("(?:is|are) (?:found|seen) in")
    (('reduc',), ('found', 'seen'))
    >>> find_hints("(?:(?:lead|led) to|causes?) (?:an? )?(?:rise|gain)s?"), find_hints("effects?|a(?:nd)?")
    (('rise', 'gain'), ())
    """
    return _alternatives(tuple(_TOKEN.finditer(pattern)), 0)[0]


def find_leads(pattern: str) -> tuple[str, ...]:
    """Give runs of letters with one of which any text that ``pattern`` matches starts; none where that cannot be told.

    A word boundary at the start of the pattern counts for nothing.

    >>> find_leads("reduc(?:es|ed)"), find_leads("(?:is |are )?(?:found|seen) in"), find_leads("a?b")
    (('reduc',), ('is', 'are', 'found', 'seen'), ())
    """
    runs = dict.fromkeys(_leads(tuple(_TOKEN.finditer(pattern.removeprefix(r"\b"))), 0)[0])
    return tuple(run for run in runs if not any(run != other and run.startswith(other) for other in runs))


def _leads(tokens: _Tokens, at: int) -> tuple[_Hints, int]:
    """Read alternatives from ``at`` to the bracket that closes them; give what they start with, and where that bracket is."""
    found: list[_Hints] = []
    while True:
        found.append(_first_letters(tokens, at))
        at = _sequence(tokens, at)[1]
        if at == len(tokens) or tokens[at].lastgroup == "close":
            break
        at += 1
    return (tuple(run for runs in found for run in runs) if all(found) else ()), at


def _first_letters(tokens: _Tokens, at: int) -> _Hints:
    """Give what one alternative starts with: letters, or a group and, where that may be left out, what follows it."""
    if at == len(tokens) or tokens[at].lastgroup not in ("letter", "group"):
        return ()
    if tokens[at].lastgroup == "letter":
        run = ""
        while at < len(tokens) and tokens[at].lastgroup == "letter" and not _is_repeated(tokens, at + 1):
            run, at = run + tokens[at][0], at + 1
        return (run,) if run else ()
    inner, close = _leads(tokens, at + 1)
    if not _may_be_left_out(tokens, close + 1):
        return inner
    rest = _first_letters(tokens, close + 2)
    return (*inner, *rest) if inner and rest else ()


def _alternatives(tokens: _Tokens, at: int) -> tuple[_Hints, int]:
    """Read alternatives from ``at`` to the bracket that closes them; give what they need, and where that bracket is."""
    found: list[_Hints] = []
    while True:
        needed, at = _sequence(tokens, at)
        found.append(needed)
        if at == len(tokens) or tokens[at].lastgroup == "close":
            break
        at += 1
    return (tuple(dict.fromkeys(hint for needed in found for hint in needed)) if all(found) else ()), at


def _sequence(tokens: _Tokens, at: int) -> tuple[_Hints, int]:
    """Read one alternative from ``at`` to its end; give the best of what it needs, and where it ends."""
    best: _Hints = ()
    run = ""
    while at < len(tokens) and tokens[at].lastgroup not in ("close", "either"):
        token, end = tokens[at], at + 1
        inner: _Hints = ()
        if token.lastgroup in ("group", "look"):
            inner, close = _alternatives(tokens, at + 1)
            end = close + 1
        is_needed = token.lastgroup != "look" and not _may_be_left_out(tokens, end)
        goes_on = token.lastgroup == "letter" and is_needed
        run += token[0] if goes_on else ""
        if not goes_on or _is_repeated(tokens, end):
            best, run = _better(best, (run,)), ""
        best = _better(best, inner if is_needed else ())
        at = end
    return _better(best, (run,)), at


def _is_repeated(tokens: _Tokens, at: int) -> bool:
    return at < len(tokens) and tokens[at].lastgroup == "repeat"


def _may_be_left_out(tokens: _Tokens, at: int) -> bool:
    return _is_repeated(tokens, at) and tokens[at][0].startswith(("?", "*", "{0", "{,"))


def _better(one: _Hints, other: _Hints) -> _Hints:
    """Give the runs of which the shortest is longer: fewer texts hold them; none if all are too short to tell anything."""
    length = min(map(len, other), default=0)
    return other if length >= _FEWEST and length > min(map(len, one), default=0) else one
