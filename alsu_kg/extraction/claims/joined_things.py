"""Things that are joined: ``A, B and C``, who does what a noun names, and whether there is less of all of them."""

import re
from collections.abc import Sequence

from alsu_kg.extraction.claims.things import BACK, Argument
from alsu_kg.extraction.claims.turns import less_of
from alsu_kg.extraction.terms import TermMatch

_BESIDE = re.compile(r"\b(?:like|unlike|than|besides|(?<!vels |sion )of|in|with|from)\s+(?:the\s+)?$", re.IGNORECASE)
# Of all that is listed behind it there is less: ``lowering A and B slows C``.
_LESS_OF_ALL = re.compile(
    r"\b(?:reducing|inhibiting|blocking|suppressing|lowering|decreasing|targeting(?: of)?"
    r"|(?:inhibition|blockade|antagonism|suppression|deficiency|depletion|absence|loss|lack) of"
    r"|(?:reduction|decrease|decline|drop|fall)s? (?:of|in))\s+(?:(?:the|both)\s+)*$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby\s+(?:the\s+)?$")
_JOINT = re.compile(
    r"(?:\s\w+)?(?:\s*\([^()]{0,40}\))?\s*(?:,|,?\s*(?P<word>and|or|nor|in combination with|combined with|together with|along with"
    r"|as well as|plus))\s+(?:the\s+|of\s+)*(?:(?:increased|reduced|abnormal"
    r"|impaired)\s+)?",
    re.IGNORECASE,
)


def to_lessened(text: str, things: Sequence[TermMatch]) -> list[Argument]:
    """Give the labels of ``things`` that are joined, and whether the sentence speaks of less of each, or of all.

    >>> from alsu_kg.extraction.terms import Term
    >>> things = [TermMatch(i, i + 1, Term(x, "process")) for i, x in ((8, "a"), (14, "b"))]
    >>> to_lessened("loss of a and b", things)
    [('a', True), ('b', True)]
    """
    first = things[0].start if len(things) > 1 else 0
    of_all = first > 0 and _LESS_OF_ALL.search(text, max(0, first - BACK), first) is not None
    lessened: list[Argument] = []
    for t in things:
        lessened.append((t.term.label, t.term.failing != (of_all or less_of(text, t))))  # noqa: PERF401 - faster for so few
    return lessened


def joined_left(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Take the last thing and those joined to it by commas, ``and``, ``or``, ``nor`` before it.

    >>> from alsu_kg.extraction.terms import Term
    >>> things = [TermMatch(i, i + 1, Term(x, "process")) for i, x in ((0, "a"), (3, "b"), (9, "c"))]
    >>> [t.term.label for t in joined_left("a, b and c fall", things)]
    ['a', 'b', 'c']
    """
    if len(things) < 2:
        return list(things)
    kept = list(things[-1:])
    for thing in reversed(things[:-1]):
        joint = _JOINT.fullmatch(text[thing.end : kept[0].start])
        if (
            joint is None
            or (len(kept) == 1 and joint["word"] is None)
            or (
                _BESIDE.search(before := text[max(0, thing.start - BACK) : thing.start])
                and not _LESS_OF_ALL.search(before)
            )
        ):
            break
        kept.insert(0, thing)
    return kept


def without_doers(text: str, things: Sequence[TermMatch]) -> list[TermMatch]:
    """Leave out who does what a noun names: of ``inhibition of A by B reduces C`` it is A that C depends on.

    >>> from alsu_kg.extraction.terms import Term
    >>> things = [TermMatch(i, i + 1, Term(x, "process")) for i, x in ((12, "a"), (17, "b"))]
    >>> [t.term.label for t in without_doers("blocking of a by b", things)]
    ['a']
    """
    kept = list(things)
    while len(kept) > 1 and _BY.search(text[kept[-2].end : kept[-1].start]):
        kept.pop()
    return kept
