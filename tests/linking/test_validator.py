"""The validator as it comes with the package: calibrated, monotone where a reader would be, and its calibration by itself."""

import random

import pytest

from alsu_kg.linker import load_validator
from alsu_kg.linking.calibration import Calibration, Judgement, calibrate, fit_calibration
from alsu_kg.linking.candidate_validation import read_validator
from alsu_kg.linking.similarity import FEATURES
from alsu_kg.linking.training import MORE_IS_BETTER, MORE_IS_WORSE

STEPS = (-1.0, -0.5, 0.0, 0.4, 0.7, 1.0)


@pytest.mark.parametrize("feature", sorted(MORE_IS_BETTER | MORE_IS_WORSE))
def test_better_agreement_never_speaks_against_a_record(feature: str) -> None:
    chance = random.Random(3)
    validate, place = load_validator(), FEATURES.index(feature)
    for _ in range(40):
        row = [chance.choice(STEPS) for _ in FEATURES]
        found = validate([[*row[:place], value, *row[place + 1 :]] for value in STEPS])
        assert found == sorted(found, reverse=feature in MORE_IS_WORSE)


def test_calibration_recovers_the_share_that_is_right() -> None:
    chance = random.Random(5)
    judgements = []
    for _ in range(4000):
        said = chance.uniform(0.05, 0.95)
        likely = calibrate([said], Calibration(slope=1.5, offset=0.6))[0]
        judgements.append(Judgement([said], [chance.random() < likely], 1.0))
    found = fit_calibration(judgements)
    assert found.slope == pytest.approx(1.5, abs=0.15)
    assert found.offset == pytest.approx(0.6, abs=0.15)


def test_calibration_does_not_depend_on_the_order_of_equal_candidates() -> None:
    one = [Judgement([0.9, 0.9, 0.1], [True, False, False], 1.0)] * 5 + [Judgement([0.6], [False], 1.0)]
    other = [Judgement([0.9, 0.9, 0.1], [False, True, False], 1.0)] * 5 + [Judgement([0.6], [False], 1.0)]
    assert fit_calibration(one) == fit_calibration(other)


def test_validator_without_calibration_is_refused() -> None:
    with pytest.raises(ValueError, match="train it again"):
        read_validator("tree\nversion=v4\n")
