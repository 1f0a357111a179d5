"""How long things take while some of them are not over yet: quantiles that do not leave the unfinished ones out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Wait:
    """One wait: its length so far, and whether it is over."""

    length: timedelta
    is_over: bool


def within(waits: Sequence[Wait], share: float) -> timedelta | None:
    """The time within which this share of the waits is over; None while that many are not, or for no wait at all.

    The estimate of Kaplan and Meier: who still waits counts as waiting for at least as long as until now. Leaving such
    waits out would make slow work look fast, since what takes long is what is not over yet.
    """
    if not 0 < share < 1:
        raise ValueError(f"{share} is no share between 0 and 1")
    still = 1.0
    ends = sorted({wait.length for wait in waits if wait.is_over})
    for end in ends:
        ending = sum(1 for wait in waits if wait.is_over and wait.length == end)
        still *= 1 - ending / sum(1 for wait in waits if wait.length >= end)
        if still <= 1 - share + 1e-9:
            return end
    return None


@dataclass(frozen=True)
class Spread:
    """The middle half of some waits; None for what so few are over that it cannot be said yet."""

    over: int
    waiting: int
    quarter: timedelta | None
    median: timedelta | None
    three_quarters: timedelta | None

    @property
    def count(self) -> int:
        return self.over + self.waiting


def spread_of(waits: Sequence[Wait]) -> Spread:
    """Median and quartiles of waits, those among them that are not over reckoned in."""
    over = sum(wait.is_over for wait in waits)
    return Spread(over, len(waits) - over, within(waits, 0.25), within(waits, 0.5), within(waits, 0.75))
