"""Candidate validation: from features to the probability that the reference means the record.

The model is a few hundred small decision trees (gradient boosting), kept as LightGBM's own text format: readable, no
pickle. ``alsu_kg.train_linker`` makes it from the labelled references; ``docs`` of the features are in ``similarity``.
"""

from collections.abc import Callable, Sequence

import lightgbm
import numpy

from alsu_kg.linking.similarity import FEATURES

Validate = Callable[[Sequence[Sequence[float]]], list[float]]
"""Rows of features, in the order of ``FEATURES``, to probabilities between 0 and 1."""


def read_validator(model: str) -> Validate:
    """Read a validator from LightGBM's text format; raises ``ValueError`` if its columns are not ``FEATURES``."""
    booster = lightgbm.Booster(model_str=model)
    if tuple(booster.feature_name()) != FEATURES:
        raise ValueError("the validator was trained with other features: train it again with alsu_kg.train_linker")

    def validate(rows: Sequence[Sequence[float]]) -> list[float]:
        if not rows:
            return []
        table = numpy.asarray(rows, dtype=numpy.float32)
        return [float(value) for value in booster.predict(table, num_threads=1)]

    return validate
