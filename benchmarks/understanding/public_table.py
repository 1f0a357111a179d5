"""The variants on public sets, by the rules under which others report them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.understanding.material import Material
from benchmarks.understanding.model import CHOSEN, Model, Variant
from benchmarks.understanding.public_sets import Examples, PublicSet, few_for_each, read_banking, read_clinc
from benchmarks.understanding.table import percent
from benchmarks.understanding.timed_encoder import TimedEncoder
from benchmarks.understanding.verdicts import Flags
from bot.core.floors import Floor
from bot.matching.calibration import Scores

STRANGE = "oos"
"""What CLINC150 calls a text of no label."""
FEW, DRAWS = 10, 5
PUBLIC_VARIANTS = ("ridge", "ridge-exact", "logistic", "logistic-meaning")
HEADINGS = (
    "variant",
    "CLINC150 in scope",
    "CLINC150 out-of-scope recall",
    "BANKING77",
    f"BANKING77, {FEW} for each label",
)


@dataclass(frozen=True)
class PublicRow:
    """One variant on the public sets."""

    variant: str
    clinc_in_scope: float
    clinc_recall: float
    banking: float
    banking_few: float
    banking_few_deviation: float

    def shares(self) -> tuple[float, ...]:
        """The means in the order of ``HEADINGS``, from 0 to 1."""
        return (self.clinc_in_scope, self.clinc_recall, self.banking, self.banking_few)

    def cells(self) -> tuple[str, ...]:
        """The row in words, under ``HEADINGS``."""
        *shares, _ = self.shares()
        few = f"{percent(self.banking_few)} ± {percent(self.banking_few_deviation)}"
        return (self.variant, *map(percent, shares), few)


def measure_public(variants: Sequence[Variant], folder: Path, encoder: TimedEncoder) -> list[PublicRow]:
    """A row for each variant; raises ``InvalidInput`` if the sets cannot be read."""
    clinc, banking = read_clinc(folder), read_banking(folder)
    return [_row(variant, clinc, banking, encoder) for variant in variants]


def below_floors(rows: Sequence[PublicRow], floors: Sequence[Floor]) -> list[str]:
    """A sentence for every bound that the chosen variant does not keep, or that was not measured."""
    measured = next((dict(zip(HEADINGS[1:], row.shares())) for row in rows if row.variant == CHOSEN), {})
    return [
        f"{floor.figure}: {measured[floor.figure]:.1%}, has to be at least {floor.at_least:.1%}"
        if floor.figure in measured
        else f"{floor.figure}: not measured; give the sets with --public"
        for floor in floors
        if floor.figure not in measured or not floor.holds(measured[floor.figure])
    ]


def by_the_papers_rule(
    validation: tuple[Scores, Flags, Flags], test: tuple[Scores, Flags, Flags]
) -> tuple[float, float]:
    """In-scope accuracy and out-of-scope recall; each part is how sure, which are right, and which are strange.

    Below a threshold a text counts as strange. It is the one with the highest accuracy over all of the validation set.
    """
    sure, right, strange = validation
    candidates = np.unique(sure)
    overall = [np.where(strange, sure < threshold, right & (sure >= threshold)).mean() for threshold in candidates]
    threshold = candidates[int(np.argmax(overall))]
    sure, right, strange = test
    answered = sure >= threshold
    return float((right & answered)[~strange].mean()), float((~answered)[strange].mean())


def _row(variant: Variant, clinc: PublicSet, banking: PublicSet, encoder: TimedEncoder) -> PublicRow:
    in_scope, recall = by_the_papers_rule(*_asked_of_clinc(variant, clinc, encoder))
    few = [_accuracy(variant, few_for_each(banking.train, FEW, seed), banking.test, encoder) for seed in range(DRAWS)]
    full = _accuracy(variant, banking.train, banking.test, encoder)
    return PublicRow(variant.name, in_scope, recall, full, float(np.mean(few)), float(np.std(few, ddof=1)))


def _asked_of_clinc(
    variant: Variant, clinc: PublicSet, encoder: TimedEncoder
) -> tuple[tuple[Scores, Flags, Flags], tuple[Scores, Flags, Flags]]:
    model = variant.learn(Material(clinc.train), encoder)
    return _asked(model, clinc.validation), _asked(model, clinc.test)


def _asked(model: Model, examples: Examples) -> tuple[Scores, Flags, Flags]:
    scores = model.scores([text for text, _ in examples])
    truth = _labels(examples)
    return scores.max(axis=1), np.array(model.labels)[scores.argmax(axis=1)] == truth, truth == STRANGE


def _accuracy(variant: Variant, train: Examples, test: Examples, encoder: TimedEncoder) -> float:
    _, right, _ = _asked(variant.learn(Material(train), encoder), test)
    return float(right.mean())


def _labels(examples: Examples) -> npt.NDArray[np.str_]:
    return np.array([label for _, label in examples])
