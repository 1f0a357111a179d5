"""The table: a row for each variant, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.understanding.comparison import Figures, chosen_of, figures, strangers
from benchmarks.understanding.experiment import Outcome
from benchmarks.understanding.measures import Estimate
from benchmarks.understanding.model import CHOSEN
from bot.core.evaluation import LabelledQuestion

NOTHING = "–"
HEADINGS = (
    "variant",
    "first choice right, %",
    f"less {CHOSEN}, points",
    "among three, %",
    "strangers refused, %",
    "AUROC",
    "training, s",
    "message, ms",
    "with encoder, ms",
    "model, MB",
)
_MEGABYTE = 1e6


@dataclass(frozen=True)
class Row:
    """One variant with its figures."""

    outcome: Outcome
    figures: Figures
    encoder_ms: float

    def cells(self) -> tuple[str, ...]:
        """The row in words, under ``HEADINGS``."""
        own, cost = self.figures, self.outcome.cost
        is_chosen = self.outcome.variant.name == CHOSEN
        return (
            self.outcome.variant.name,
            percent_with_interval(own.first),
            NOTHING if is_chosen else points_with_interval(own.ahead),
            percent_with_interval(own.among_three),
            percent(own.refused),
            NOTHING if math.isnan(own.auroc) else f"{own.auroc:.3f}",
            f"{cost.training_seconds:.0f}",
            f"{cost.message_ms:.1f}",
            f"{cost.message_ms + self.encoder_ms:.1f}",
            f"{cost.bytes / _MEGABYTE:.1f}",
        )


def rows(outcomes: Sequence[Outcome], questions: Sequence[LabelledQuestion], encoder_ms: float) -> list[Row]:
    """A row for each variant, in the order they were run."""
    chosen = chosen_of(outcomes)
    return [Row(outcome, figures(outcome, chosen, questions), encoder_ms) for outcome in outcomes]


def by_kind(outcomes: Sequence[Outcome], questions: Sequence[LabelledQuestion]) -> list[tuple[str, ...]]:
    """The first choice right for each kind of question with an answer: headings, then a row for each variant."""
    strange = strangers(questions)
    places: dict[str, list[int]] = {}
    for place, question in enumerate(questions):
        if not strange[place]:
            places.setdefault(question.kind, []).append(place)
    headings = ("variant", *(f"{kind} ({len(own)})" for kind, own in places.items()))
    shares = [
        (outcome.variant.name, *(percent(outcome.verdicts.first[own].mean()) for own in places.values()))
        for outcome in outcomes
    ]
    return [headings, *shares]


def percent(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{100 * value:.1f}"


def percent_with_interval(estimate: Estimate) -> str:
    return f"{percent(estimate.value)} ({percent(estimate.low)} to {percent(estimate.high)})"


def points_with_interval(estimate: Estimate) -> str:
    """A difference in points of a hundred, with its sign."""
    value, low, high = (
        f"{100 * number:+.1f}".replace("-", "−") for number in (estimate.value, estimate.low, estimate.high)
    )
    return f"{value} ({low} to {high})"


def as_markdown(headings: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table with the figures to the right."""
    rule = "|---|" + "---:|" * (len(headings) - 1)
    return "\n".join([_line(headings), rule, *(_line(cells) for cells in lines)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
