"""What work takes, and whether two kinds of it can be told apart by that, also on a machine that is busy with something else."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

STRONG = 0.75
"""How often a value of one side has to exceed one of the other (0.5: a coin): the effect size of Mann and Whitney."""
YARDSTICK_SECONDS = 0.03
"""What the yardstick takes at most on a quiet machine."""


def processor_seconds(work: Callable[[], object], rounds: int = 1) -> float:
    """What this process works for it in the quickest of some rounds: what else the machine does is not counted."""
    return min(_spent(work, time.process_time) for _ in range(rounds))


def quiet_seconds(work: Callable[[], object], rounds: int = 5) -> float:
    """What it would take by the clock on a quiet machine, in the quickest of some rounds.

    For work of which another process does a part. A fixed piece of work, done in turn with it, tells how slow the machine is.
    """
    yardstick, taken = taken_in_turn(
        rounds, lambda _: _spent(_yardstick, time.perf_counter), lambda _: _spent(work, time.perf_counter)
    )
    return min(taken) / _slower(yardstick)


def slowness(rounds: int = 5) -> float:
    """How many times longer than a quiet machine this one takes at the moment; a limit in seconds is meant for a quiet one."""
    return _slower([_spent(_yardstick, time.perf_counter) for _ in range(rounds)])


def _slower(yardstick: Sequence[float]) -> float:
    return max(1.0, min(yardstick) / YARDSTICK_SECONDS)


def _yardstick() -> int:
    return sum(number * number % 7 for number in range(200_000))


def _spent(work: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return clock() - began


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
