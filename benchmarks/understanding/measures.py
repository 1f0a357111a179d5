"""Figures with what chance there is in them: shares with bootstrap intervals, and how well strangers are told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import bootstrap
from sklearn.metrics import roc_auc_score

from benchmarks.understanding.verdicts import Flags
from bot.matching.calibration import Scores

RESAMPLES = 1_000
SURENESS = 0.95
REFUSED_SHARE = 0.03
"""Of the questions that have an answer, at most this share may be refused."""


@dataclass(frozen=True)
class Estimate:
    """A share or a difference of shares, with its interval."""

    value: float
    low: float
    high: float


def share(hits: Flags) -> Estimate:
    """The share of hits; the interval is over questions drawn anew."""
    return _mean(hits.astype(np.float64))


def difference(hits: Flags, others: Flags) -> Estimate:
    """How much more often it hits than another does on the same questions, both drawn anew together."""
    return _mean(hits.astype(np.float64) - others)


def _mean(values: Scores) -> Estimate:
    drawn = bootstrap(
        (values,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=RESAMPLES,
        confidence_level=SURENESS,
        method="percentile",
        random_state=0,  # every variant is judged by the same draws
    )
    return Estimate(float(values.mean()), float(drawn.confidence_interval.low), float(drawn.confidence_interval.high))


def strangers_refused(familiarity: Scores, strange: Flags) -> float:
    """The share of strangers refused where not more than ``REFUSED_SHARE`` of the others are."""
    threshold = np.quantile(familiarity[~strange], REFUSED_SHARE, method="lower")
    return float((familiarity[strange] < threshold).mean())


def strangers_told(familiarity: Scores, strange: Flags) -> float:
    """How often a stranger seems stranger than a question with an answer does: the area under the ROC curve."""
    return float(roc_auc_score(strange, -familiarity))


def risk_by_coverage(confidence: Scores, right: Flags) -> tuple[Scores, Scores]:
    """The shares of questions answered, the surest first, and the share of wrong answers among them."""
    wrong = ~right[np.argsort(-confidence, kind="stable")]
    answered = np.arange(1, len(wrong) + 1)
    return answered / len(wrong), np.cumsum(wrong) / answered


def reliability(confidence: Scores, right: Flags, bins: int) -> list[tuple[float, float, int]]:
    """For each bin of like probabilities: their mean, the share that was right, and how many there are."""
    numbers = np.minimum((confidence * bins).astype(int), bins - 1)
    parts = [numbers == number for number in range(bins)]
    return [
        (float(confidence[part].mean()), float(right[part].mean()), int(part.sum())) for part in parts if part.any()
    ]


def calibration_error(confidence: Scores, right: Flags, bins: int) -> float:
    """How far probabilities are from the shares that were right, on average over the questions (Guo et al. 2017)."""
    parts = reliability(confidence, right, bins)
    return sum(count * abs(said - was) for said, was, count in parts) / len(right)
