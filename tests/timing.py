"""Whether two kinds of work can be told apart by the time they take, also on a machine that is busy with something else."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

STRONG = 0.75
"""How often a value of one side has to exceed one of the other (0.5: a coin): the effect size of Mann and Whitney."""


def taken_in_turn(repeats: int, *kinds: Callable[[int], float]) -> list[list[float]]:
    """The seconds that each kind says it took, one kind after the other in each round: whatever disturbs, disturbs all."""
    rounds = [[kind(number) for kind in kinds] for number in range(repeats)]
    return [list(seconds) for seconds in zip(*rounds, strict=True)]


def tells_apart(first: Sequence[float], second: Sequence[float], seconds: float) -> bool:
    """Whether one side is nearly always slower, and by more than so many seconds: what somebody far away could measure."""
    apart = abs(statistics.median(first) - statistics.median(second)) > seconds
    return apart and not 1 - STRONG < _exceeds(first, second) < STRONG


def _exceeds(first: Sequence[float], second: Sequence[float]) -> float:
    """How often a value of the first exceeds one of the second; a tie counts half."""
    wins = sum((one > other) + (one == other) / 2 for one in first for other in second)
    return wins / (len(first) * len(second))
