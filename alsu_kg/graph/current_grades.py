"""The rule of current grades, written down once.

Of all assessments of one treatment in one category, the current ones are found so:

1. An assessment that its own source has replaced (``superseded``) is never current.
2. What the reviewers publish themselves (article, page of the review, list of grades, its abstract) goes before other
   people's copies (``third-party``); a user's own ``document`` counts as the reviewers' words.
3. Of the dated ones left, the latest date wins. An undated one can be placed neither before nor after it, so it stays
   beside it.
4. If more than one letter is left, all that are left are current: the sources disagree and nobody may choose.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from alsu_kg.model.review import SourceKind


class Dated(NamedTuple):
    """What the rule looks at in one assessment."""

    superseded: bool
    source_kind: SourceKind | None
    as_of: str | None


def find_current(assessments: Sequence[Dated]) -> list[bool]:
    """Say for each assessment of one treatment and category whether it is current.

    >>> site, copy = Dated(False, "grade-list", None), Dated(False, "third-party", "2021-10")
    >>> find_current([copy, site])
    [False, True]
    """
    standing = [a for a in assessments if not a.superseded]
    own_words = any(_is_own(a) for a in standing)
    newest = latest(a.as_of for a in standing if a.as_of and _is_own(a) == own_words)
    return [not a.superseded and _is_own(a) == own_words and a.as_of in (None, newest) for a in assessments]


def _is_own(assessment: Dated) -> bool:
    return assessment.source_kind != "third-party"


def _date_order(as_of: str) -> tuple[int, ...]:
    """Order dates of different exactness by their latest possible day: ``2021`` after ``2021-10``.

    A year stands for its whole span, so it is neither surely before nor after a day in it; taking its end keeps the rule
    total and never hides an assessment that may be the newest.
    """
    parts = [int(part) for part in as_of.split("-")]
    return tuple(parts + [99] * (3 - len(parts)))


def latest(dates: Iterable[str]) -> str | None:
    """Give the latest of ``dates`` in the order of the rule, or ``None`` if there is none.

    >>> latest(["2020-08-20", "2021-10"])
    '2021-10'
    """
    return max(dates, key=_date_order, default=None)
