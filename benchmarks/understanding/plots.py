"""Draws what tables cannot show: risk by coverage, how honest the probabilities are, and what is mistaken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import matplotlib  # type: ignore[import-untyped]

matplotlib.use("Agg")  # no screen is needed

from matplotlib import pyplot
from matplotlib.axes import Axes  # type: ignore[import-untyped]

from benchmarks.understanding.comparison import chosen_of
from benchmarks.understanding.experiment import Outcome
from benchmarks.understanding.measures import calibration_error, reliability, risk_by_coverage
from benchmarks.understanding.model import CHOSEN
from benchmarks.understanding.verdicts import Verdicts
from bot.core.evaluation import LabelledQuestion

PAIRS = 20
BINS = 10
SHOWN_FROM = 0.2
"""Below this coverage a curve hangs on a handful of questions."""
SHOWN_RISK = 0.3


def draw_all(outcomes: Sequence[Outcome], questions: Sequence[LabelledQuestion], folder: Path) -> list[Path]:
    """Every plot as PNG; the files written."""
    verdicts = chosen_of(outcomes).verdicts
    return [
        _risk_coverage(outcomes, questions, folder / "risk_coverage.png"),
        _reliability(verdicts, folder / "reliability.png"),
        _confusion(confusions(verdicts, questions), folder / "confusion.png"),
    ]


def confusions(verdicts: Verdicts, questions: Sequence[LabelledQuestion]) -> list[tuple[str, int]]:
    """What was taken for what how often, the most frequent first."""
    mistaken = Counter(
        f"{question.labels[0]} → {label}"
        for question, label, is_right in zip(questions, verdicts.chosen, verdicts.first)
        if not is_right and not question.is_stranger
    )
    return mistaken.most_common(PAIRS)


def _risk_coverage(outcomes: Sequence[Outcome], questions: Sequence[LabelledQuestion], file: Path) -> Path:
    axes = _axes("Risk by coverage", "share of all questions answered, the surest first", "share of wrong answers")
    colours = pyplot.get_cmap("tab20")
    for number, outcome in enumerate(outcomes):
        is_chosen = outcome.variant.name == CHOSEN
        coverage, risk = risk_by_coverage(outcome.verdicts.confidence, outcome.verdicts.first)
        colour, width, order = ("black", 2.4, 3) if is_chosen else (colours(number % 20), 1.0, 2)
        axes.plot(coverage, risk, label=outcome.variant.name, color=colour, linewidth=width, zorder=order)
    answerable = sum(not question.is_stranger for question in questions) / len(questions)
    axes.axvline(answerable, color="grey", linestyle="--", linewidth=1, label="as many as have an answer")
    axes.set(xlim=(SHOWN_FROM, 1), ylim=(0, SHOWN_RISK))
    axes.legend(fontsize=7, ncol=2, loc="upper left")
    return _saved(axes, file)


def _reliability(verdicts: Verdicts, file: Path) -> Path:
    error = calibration_error(verdicts.confidence, verdicts.first, BINS)
    axes = _axes(
        f"{CHOSEN}: calibration error {error:.3f}",
        "probability of the best label",
        "share that was right (and how many there are)",
    )
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", linewidth=1)
    parts = reliability(verdicts.confidence, verdicts.first, BINS)
    axes.plot([said for said, _, _ in parts], [was for _, was, _ in parts], color="black", marker="o")
    for said, was, count in parts:
        axes.annotate(str(count), (said, was), textcoords="offset points", xytext=(6, -12), fontsize=8)
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    return _saved(axes, file)


def _confusion(pairs: Sequence[tuple[str, int]], file: Path) -> Path:
    axes = _axes(f"{CHOSEN}: what was asked → what was understood", "questions", "")
    axes.barh([pair for pair, _ in pairs][::-1], [times for _, times in pairs][::-1], color="black")
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.tick_params(axis="y", labelsize=7)
    return _saved(axes, file)


def _axes(title: str, below: str, beside: str) -> Axes:
    _, axes = pyplot.subplots(figsize=(8, 5.5))
    axes.set(title=title, xlabel=below, ylabel=beside)
    axes.grid(alpha=0.3)
    axes.set_axisbelow(True)
    return axes


def _saved(axes: Axes, file: Path) -> Path:
    axes.figure.tight_layout()
    axes.figure.savefig(file, dpi=120)
    pyplot.close(axes.figure)
    return file
