"""Turns a classifier's scores into honest ones, and sets the thresholds of the three bands from them.

Both rest on predictions for phrases the classifier had not seen (cross-validation over the training phrases), never on
a set by which the result is judged.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

Scores = npt.NDArray[np.float64]

ANSWER_PRECISION = 0.9
"""Of the unseen phrases answered at the answer threshold, at least this share is answered rightly."""
SUGGEST_COVERAGE = 0.985
"""Of the unseen phrases that have an answer, at least this share is not turned away."""
SUGGESTION_SHARE = 0.25
"""A runner-up is worth suggesting if its score is at least this share of the best one's."""


@dataclass(frozen=True)
class Calibration:
    """The temperature of the scores and the thresholds of the bands."""

    temperature: float
    answer: float
    suggest: float
    margin: float

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def soften(log_scores: Scores, temperature: float) -> Scores:
    """Probabilities from log-scores at a temperature; rows sum to one (Guo et al. 2017)."""
    scaled = log_scores / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    exponentials = np.exp(scaled)
    softened: Scores = exponentials / exponentials.sum(axis=1, keepdims=True)
    return softened


def calibrate(log_scores: Scores, truth: npt.NDArray[np.int64], stranger: int | None) -> Calibration:
    """Temperature by likelihood, thresholds by the precision and coverage above.

    ``log_scores`` and ``truth`` are held-out predictions and column indexes; ``stranger`` is the column of out-of-scope
    phrases, which count as wrong wherever they are answered.
    """
    temperature = _temperature(log_scores, truth)
    scores = soften(log_scores, temperature)
    if stranger is not None:
        scores[:, stranger] = 0.0
    best = scores.argmax(axis=1)
    confidence = scores.max(axis=1)
    answerable = truth != stranger if stranger is not None else np.ones(len(truth), dtype=bool)
    right = answerable & (best == truth)
    suggest = float(np.quantile(confidence[answerable], 1 - SUGGEST_COVERAGE))
    return Calibration(
        temperature=temperature,
        answer=max(_threshold_for_precision(confidence, right), suggest),
        suggest=suggest,
        margin=0.05,
    )


def _temperature(log_scores: Scores, truth: npt.NDArray[np.int64]) -> float:
    def loss(temperature: float) -> float:
        own = soften(log_scores, temperature)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(own, 1e-12)).mean())

    return float(minimize_scalar(loss, bounds=(0.2, 5.0), method="bounded").x)


def _threshold_for_precision(confidence: Scores, right: npt.NDArray[np.bool_]) -> float:
    """The lowest confidence at and above which the share of right answers reaches ``ANSWER_PRECISION``."""
    order = np.argsort(-confidence)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(precision >= ANSWER_PRECISION)
    return float(confidence[order[enough[-1]]]) if len(enough) else float(confidence.max())
