"""Measures of a linker, as Crossref's evaluations define them, with bootstrap intervals.

Precision is over links made, recall over references whose work is in the pool, F1 their harmonic mean.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one labelled reference: is its work there, was a link made, was it right, and how sure."""

    has_work: bool
    linked: bool
    right: bool
    score: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall, F1, and links made for references whose work is not there."""

    precision: float
    recall: float
    f1: float
    false_links: int
    links_without_work: int


def score(outcomes: Sequence[Outcome]) -> Scores:
    """Score outcomes; a measure with nothing to count is 1 (precision of no links) or 0 (recall of no works).

    >>> score([Outcome(True, True, True, 0.9), Outcome(False, True, False, 0.6), Outcome(True, False, False, 0.1)])
    Scores(precision=0.5, recall=0.5, f1=0.5, false_links=1, links_without_work=1)
    """
    links = [o for o in outcomes if o.linked]
    right = sum(o.right for o in links)
    works = sum(o.has_work for o in outcomes)
    precision = right / len(links) if links else 1.0
    recall = right / works if works else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Scores(precision, recall, f1, len(links) - right, sum(not o.has_work for o in links))


def interval(
    outcomes: Sequence[Outcome], measure: Callable[[Sequence[Outcome]], float], *, rounds: int = 200, seed: int = 1
) -> tuple[float, float]:
    """Give the 95 % bootstrap interval of a measure over references.

    >>> interval([Outcome(True, True, True, 1.0)] * 9, lambda o: score(o).f1)
    (1.0, 1.0)
    """
    chance = random.Random(seed)  # noqa: S311 - resampling, not a secret
    values = sorted(measure(chance.choices(outcomes, k=len(outcomes))) for _ in range(rounds))
    return values[int(0.025 * rounds)], values[min(int(0.975 * rounds), rounds - 1)]


def calibration_error(outcomes: Sequence[Outcome], *, bins: int = 10) -> float:
    """Give the expected calibration error: how far probability and share of right candidates differ, over equal bins.

    Each outcome's ``score`` is the probability of its best candidate and ``right`` whether that is the work meant.

    >>> calibration_error([Outcome(True, True, True, 0.95)] * 19 + [Outcome(True, True, False, 0.95)])
    0.0
    """
    boxes: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        boxes.setdefault(min(int(outcome.score * bins), bins - 1), []).append(outcome)
    gaps = (abs(sum(o.score for o in box) - sum(o.right for o in box)) for box in boxes.values())
    return round(sum(gaps) / max(len(outcomes), 1), 12)


def recall_at_precision(outcomes: Sequence[Outcome], precision: float) -> float:
    """Give the highest recall that some threshold on ``score`` reaches at this precision or better.

    >>> recall_at_precision([Outcome(True, True, True, 0.9), Outcome(True, True, False, 0.5)], 0.999)
    0.5
    """
    works = sum(o.has_work for o in outcomes)
    best, right = 0.0, 0
    for count, outcome in enumerate(sorted(outcomes, key=lambda o: -o.score), start=1):
        right += outcome.right
        if right >= precision * count:
            best = max(best, right / works if works else 0.0)
    return best
