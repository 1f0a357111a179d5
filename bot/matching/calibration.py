"""Turns a classifier's scores into honest probabilities, and sets the thresholds of the three bands from them.

Both rest on texts the classifier had not seen: labelled development questions where there are any, else held-out
phrases. What is held out flatters, because whoever wrote a phrase wrote its neighbours too.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

Scores = npt.NDArray[np.float64]

ANSWER_RISK = 0.02
"""Of the unseen questions that are answered, at most this share may be answered wrongly."""
REFUSED_SHARE = 0.015
"""Of the unseen questions that have an answer, at most this share may be turned away."""
_TEMPERATURES = (0.02, 5.0)
_UNLIKELY = 1e-12
_NEVER = 2.0
"""No probability reaches it: where nothing can be promised, nothing is answered outright."""


@dataclass(frozen=True)
class Calibration:
    """The temperature of the scores and the thresholds of the bands."""

    temperature: float
    answer: float
    """The probability from which the best label is answered."""
    familiar: float
    """How many times as likely as the strangers' label the best one has to be, so that it is at least suggested."""

    def as_dict(self) -> dict[str, float]:
        return asdict(self)


def soften(scores: Scores, temperature: float) -> Scores:
    """Probabilities from scores at a temperature; rows sum to one (Guo et al. 2017)."""
    scaled = scores / temperature
    scaled = scaled - scaled.max(axis=1, keepdims=True)
    exponentials = np.exp(scaled)
    softened: Scores = exponentials / exponentials.sum(axis=1, keepdims=True)
    return softened


def calibrate(scores: Scores, right: npt.NDArray[np.bool_], stranger: int | None) -> Calibration:
    """Temperature by likelihood, thresholds by the risk and the share above.

    ``right`` marks the labels that are right for each row of ``scores``; ``stranger`` is the column of out-of-scope
    texts, which count as wrong wherever they are answered.
    """
    temperature = _temperature(scores, right)
    probabilities = soften(scores, temperature)
    strange = np.zeros(len(scores))
    answerable = np.ones(len(scores), dtype=bool)
    if stranger is not None:
        strange = probabilities[:, stranger].copy()
        answerable = ~right[:, stranger]
        probabilities[:, stranger] = 0.0
    best = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    familiarity = confidence / np.maximum(strange, _UNLIKELY)
    good = answerable & right[np.arange(len(best)), best]
    asked = confidence >= strange
    return Calibration(
        temperature=temperature,
        answer=_threshold_for_risk(confidence[asked], good[asked]),
        familiar=min(1.0, _share_below(familiarity[answerable])),
    )


def _temperature(scores: Scores, right: npt.NDArray[np.bool_]) -> float:
    def loss(temperature: float) -> float:
        own = (soften(scores, temperature) * right).sum(axis=1)
        return float(-np.log(np.maximum(own, _UNLIKELY)).mean())

    return float(minimize_scalar(loss, bounds=_TEMPERATURES, method="bounded").x)


def _share_below(familiarity: Scores) -> float:
    """The familiarity below which at most ``REFUSED_SHARE`` of further questions lie; 0 where there are too few to tell."""
    place = int(REFUSED_SHARE * (len(familiarity) + 1))
    return float(np.sort(familiarity)[place - 1]) if place else 0.0


def _threshold_for_risk(confidence: Scores, good: npt.NDArray[np.bool_]) -> float:
    """The lowest confidence from which on the risk stays within ``ANSWER_RISK``.

    The one wrong answer added to those seen makes the bound hold for the next question (conformal risk control,
    Angelopoulos et al. 2022).
    """
    order = np.argsort(-confidence)
    answered = np.arange(1, len(order) + 1)
    risk = (np.cumsum(~good[order]) + 1) / (answered + 1)
    ends_a_tie = np.append(np.diff(confidence[order]) < 0, True)[: len(order)]
    low_enough = np.flatnonzero((risk <= ANSWER_RISK) & ends_a_tie)
    return float(confidence[order[low_enough[-1]]]) if len(low_enough) else _NEVER
