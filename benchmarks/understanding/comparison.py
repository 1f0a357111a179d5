"""The figures of a variant beside the chosen one's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.understanding.experiment import Outcome
from benchmarks.understanding.measures import Estimate, difference, share, strangers_refused, strangers_told
from benchmarks.understanding.model import CHOSEN
from benchmarks.understanding.verdicts import Flags
from bot.core.evaluation import LabelledQuestion


@dataclass(frozen=True)
class Figures:
    """An outcome in figures; what needs strangers is not a number where there are none."""

    first: Estimate
    among_three: Estimate
    ahead: Estimate
    """The first choice's share less the chosen variant's."""
    refused: float
    auroc: float


def figures(outcome: Outcome, chosen: Outcome, questions: Sequence[LabelledQuestion]) -> Figures:
    """The figures of one variant beside the chosen one's."""
    strange = strangers(questions)
    own, others = outcome.verdicts, chosen.verdicts
    has_both = strange.any() and not strange.all()
    return Figures(
        first=share(own.first[~strange]),
        among_three=share(own.among_three[~strange]),
        ahead=difference(own.first[~strange], others.first[~strange]),
        refused=strangers_refused(own.familiarity, strange) if has_both else float("nan"),
        auroc=strangers_told(own.familiarity, strange) if has_both else float("nan"),
    )


def chosen_of(outcomes: Iterable[Outcome]) -> Outcome:
    """The outcome that the others are compared with."""
    return next(outcome for outcome in outcomes if outcome.variant.name == CHOSEN)


def strangers(questions: Sequence[LabelledQuestion]) -> Flags:
    return np.array([question.is_stranger for question in questions])
