"""What a variant of the matcher is: a name, a sentence on it, and how it learns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from benchmarks.understanding.material import Material
from benchmarks.understanding.timed_encoder import TimedEncoder
from bot.matching.calibration import Scores

CHOSEN = "ridge"
"""The variant that the desk uses."""


class Model(Protocol):
    """What a variant has learnt."""

    @property
    def labels(self) -> list[str]:
        """The columns of its scores."""
        ...

    def scores(self, texts: Sequence[str]) -> Scores:
        """A row for each text and a column for each label; the best one of a row tells how sure the model is."""
        ...

    def size(self) -> int:
        """How many bytes it takes, the encoder apart."""
        ...


Learn = Callable[[Material, TimedEncoder], Model]


@dataclass(frozen=True)
class Variant:
    """One way to understand questions."""

    name: str
    about: str
    learn: Learn
    is_slow: bool = False
    """Run only if asked for."""
