"""Shares of small numbers, with what chance leaves open about them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959964
"""Of the normal distribution, for 95 of 100 intervals to hold the true share."""
ENOUGH = 10
"""From how many cases on a share is named at all: with fewer, its interval takes up about half of the scale or more."""


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole``; raises ``ValueError`` unless 0 <= part <= whole."""

    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError(f"{self.part} of {self.whole} is no share")

    @property
    def value(self) -> float:
        """Between 0 and 1; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there are enough cases to name the share."""
        return self.whole >= ENOUGH

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval: where the true share lies, with 95 % confidence; all of the scale for no case.

        Unlike the textbook's, it stays within 0 and 1 and is sound for few cases and for shares near the ends.
        """
        if not self.whole:
            return 0.0, 1.0
        count, spread = self.whole, Z * Z / self.whole
        middle = (self.value + spread / 2) / (1 + spread)
        reach = Z * sqrt(self.value * (1 - self.value) / count + spread / (4 * count)) / (1 + spread)
        # At the ends the sum is 0 or 1 but for rounding.
        low = 0.0 if self.part == 0 else max(0.0, middle - reach)
        high = 1.0 if self.part == self.whole else min(1.0, middle + reach)
        return low, high
