"""Calibration: from what the trees say to how often they are right (Platt 1999, two numbers, one map for all references).

The trees are trained on pairs, among them copies with changes that life has less often; a decision takes the best of
several candidates. So the map is fitted on decisions: on cross-validated probabilities, against whether the best candidate was
the work meant. Each set of references counts the same, however many strings it has.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy
import numpy.typing

Numbers = numpy.typing.NDArray[numpy.float64]

_SLOPES: Final = numpy.arange(0.5, 2.01, 0.05)
_OFFSETS: Final = numpy.arange(-1.0, 3.01, 0.1)
_LEAST: Final = 1e-6
"""Probability below which nothing was measured, so that one wrong label does not decide the map."""


class Calibration(NamedTuple):
    """The map of log odds: ``slope`` times them, plus ``offset``."""

    slope: float = 1.0
    offset: float = 0.0


class Judgement(NamedTuple):
    """The candidates of one reference: what the trees say of each, which are right, and how much the reference counts."""

    probabilities: Sequence[float]
    right: Sequence[bool]
    weight: float


def calibrate(probabilities: Sequence[float], calibration: Calibration) -> list[float]:
    """Map probabilities.

    >>> [round(value, 2) for value in calibrate([0.5, 0.9, 1.0], Calibration(slope=1.0, offset=1.0))]
    [0.73, 0.96, 1.0]
    """
    odds = numpy.exp(calibration.offset) * _odds(numpy.asarray(probabilities, dtype=numpy.float64)) ** calibration.slope
    return [float(value) for value in odds / (1 + odds)]


def fit_calibration(judgements: Sequence[Judgement]) -> Calibration:
    """Find the map under which the outcomes of the decisions are likeliest; works of a reference compete for it.

    >>> sure = [Judgement([0.8], [True], 1.0)] * 19 + [Judgement([0.8], [False], 1.0)]
    >>> round(calibrate([0.8], fit_calibration(sure))[0], 2)
    0.95
    """
    found = [judgement for judgement in judgements if judgement.probabilities]
    odds = numpy.zeros((len(found), max(len(judgement.probabilities) for judgement in found)))
    share = numpy.zeros(len(found))
    for place, judgement in enumerate(found):
        odds[place, : len(judgement.probabilities)] = _odds(numpy.asarray(judgement.probabilities, dtype=numpy.float64))
        best = max(judgement.probabilities)
        tied = [right for right, value in zip(judgement.right, judgement.probabilities, strict=True) if value == best]
        share[place] = sum(tied) / len(tied)
    weight = numpy.asarray([judgement.weight for judgement in found])
    tries = ((slope, offset) for slope in _SLOPES for offset in _OFFSETS)
    slope, offset = min(tries, key=lambda pair: _surprise(odds, share, weight, Calibration(*pair)))
    return Calibration(round(float(slope), 2), round(float(offset), 2))


def _surprise(odds: Numbers, share: Numbers, weight: Numbers, calibration: Calibration) -> float:
    """Give the negative log likelihood that the best candidate is right as often as it is."""
    mapped = numpy.exp(calibration.offset) * odds**calibration.slope
    likely = numpy.clip(mapped.max(axis=1) / (1 + mapped.sum(axis=1)), _LEAST, 1 - _LEAST)
    return float(-(weight * (share * numpy.log(likely) + (1 - share) * numpy.log(1 - likely))).sum())


def _odds(probabilities: Numbers) -> Numbers:
    held = numpy.clip(probabilities, 1e-9, 1 - 1e-9)
    odds: Numbers = held / (1 - held)
    return odds
