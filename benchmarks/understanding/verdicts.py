"""What a model makes of labelled questions: its first choices, how sure it is, and how strange each question seems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core.evaluation import LabelledQuestion
from bot.core.intents import DIALOGUE_MOVES, OUT_OF_SCOPE
from bot.matching.calibration import Scores, calibrate, soften

Flags = npt.NDArray[np.bool_]
SHOWN = 3


@dataclass(frozen=True)
class Verdicts:
    """One value for each question."""

    chosen: list[str]
    """The best label, strangers' and moves within a conversation left out."""
    first: Flags
    """Whether it is right."""
    among_three: Flags
    confidence: Scores
    """Its probability."""
    familiarity: Scores
    """How far it is ahead of the strangers' label; where there is none, its score by itself."""


def right_labels(questions: Sequence[LabelledQuestion], labels: Sequence[str]) -> Flags:
    """Which labels are right for which question."""
    return np.array([[question.accepts(label) for label in labels] for question in questions])


def temperature_of(scores: Scores, questions: Sequence[LabelledQuestion], labels: Sequence[str]) -> float:
    """What turns a model's scores into probabilities, set by the development questions as the desk does it."""
    stranger = labels.index(OUT_OF_SCOPE) if OUT_OF_SCOPE in labels else None
    return calibrate(scores, right_labels(questions, labels), stranger).temperature


def judge(scores: Scores, questions: Sequence[LabelledQuestion], labels: Sequence[str], temperature: float) -> Verdicts:
    """The verdicts of a model with these labels."""
    answers = [place for place, label in enumerate(labels) if label not in DIALOGUE_MOVES | {OUT_OF_SCOPE}]
    own = scores[:, answers]
    best_first = np.argsort(-own, axis=1, kind="stable")
    right = np.take_along_axis(right_labels(questions, labels)[:, answers], best_first, axis=1)
    strange = scores[:, labels.index(OUT_OF_SCOPE)] if OUT_OF_SCOPE in labels else np.zeros(len(scores))
    return Verdicts(
        chosen=[labels[answers[place]] for place in best_first[:, 0]],
        first=right[:, 0],
        among_three=right[:, :SHOWN].any(axis=1),
        confidence=soften(scores, temperature)[:, answers].max(axis=1),
        familiarity=own.max(axis=1) - strange,
    )
