"""Candidate validation: from features to the probability that the reference means the record.

The model is a few hundred small decision trees (gradient boosting), kept as LightGBM's own text format: readable, no
pickle; the first line holds the two numbers of the calibration. ``alsu_kg.train_linker`` makes it from the labelled
references; the features are explained in ``similarity``.
"""

from collections.abc import Callable, Sequence
from typing import Final

import lightgbm
import numpy

from alsu_kg.linking.calibration import Calibration, calibrate
from alsu_kg.linking.similarity import FEATURES

Validate = Callable[[Sequence[Sequence[float]]], list[float]]
"""Rows of features, in the order of ``FEATURES``, to probabilities between 0 and 1."""

_CALIBRATION: Final = "calibration"


def write_validator(trees: str, calibration: Calibration) -> str:
    """Give the text of a validator, as ``read_validator`` reads it."""
    return f"{_CALIBRATION} {calibration.slope} {calibration.offset}\n{trees}"


def read_validator(model: str) -> Validate:
    """Read a validator; raises ``ValueError`` if it has no calibration or if its columns are not ``FEATURES``."""
    head, _, trees = model.partition("\n")
    name, *numbers = head.split()
    if name != _CALIBRATION or len(numbers) != 2:
        raise ValueError("the validator has no calibration: train it again with alsu_kg.train_linker")
    calibration = Calibration(*map(float, numbers))
    booster = lightgbm.Booster(model_str=trees)
    if tuple(booster.feature_name()) != FEATURES:
        raise ValueError("the validator was trained with other features: train it again with alsu_kg.train_linker")

    def validate(rows: Sequence[Sequence[float]]) -> list[float]:
        if not rows:
            return []
        table = numpy.asarray(rows, dtype=numpy.float32)
        return calibrate(numpy.asarray(booster.predict(table, num_threads=1)).tolist(), calibration)

    return validate
