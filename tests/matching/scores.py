"""Scores of an imagined classifier, and what a calibration makes of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.matching.calibration import Calibration, Scores, soften

Right = npt.NDArray[np.bool_]
STRANGER = 0


def marked(truth: npt.ArrayLike, labels: int) -> Right:
    """Which label is right for each row, where each row has one."""
    right: Right = np.arange(labels) == np.asarray(truth)[:, None]
    return right


def scores_of(
    certainty: float, rows: int = 400, labels: int = 5, *, seed: int = 0, first: int = 0
) -> tuple[Scores, Right]:
    """Scores of a classifier that is right in most rows, and always ``certainty`` times as sure as it should be.

    No row has a label below ``first``.
    """
    random = np.random.default_rng(seed)
    truth = random.integers(first, labels, size=rows)
    raw = random.normal(0, 1, (rows, labels))
    raw[np.arange(rows), truth] += random.normal(2.5, 1, rows)
    scaled = raw * certainty
    return scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True)), marked(truth, labels)


def confidence_and_good(scores: Scores, right: Right, calibration: Calibration) -> tuple[Scores, Right]:
    """How sure the best label of each row is and whether it is right, where there is no strangers' label."""
    probabilities = soften(scores, calibration.temperature)
    return probabilities.max(axis=1), right[np.arange(len(right)), probabilities.argmax(axis=1)]


def answered_and_good(scores: Scores, right: Right, calibration: Calibration) -> tuple[Right, Right]:
    """Which rows are answered and which of them rightly, by the rule of the bands; column 0 is the strangers'."""
    best, strange, chosen = best_and_strange(scores, calibration)
    return (best >= calibration.answer) & (best >= strange), right[np.arange(len(right)), chosen]


def best_and_strange(scores: Scores, calibration: Calibration) -> tuple[Scores, Scores, npt.NDArray[np.int64]]:
    probabilities = soften(scores, calibration.temperature)
    strange = probabilities[:, STRANGER].copy()
    probabilities[:, STRANGER] = 0.0
    return probabilities.max(axis=1), strange, probabilities.argmax(axis=1)


def turned_away(scores: Scores, calibration: Calibration) -> Right:
    best, strange, _ = best_and_strange(scores, calibration)
    refused: Right = best / strange < calibration.familiar
    return refused
