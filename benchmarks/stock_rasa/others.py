"""How much of the machine others take while something is measured: figures of a busy machine are worth little."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.stock_rasa.usage import core_seconds

_IDLE = (3, 4)
"""Where ``/proc/stat`` counts a core that had nothing to do, or waited for a disk."""
_COUNTED = 8
"""The fields after these are part of the first ones."""


class Others:
    """Counts from the moment it is made; ``leaders`` are the processes that are measured, beside this one itself."""

    def __init__(self, leaders: Sequence[int]) -> None:
        self._leaders = leaders
        self._began = time.monotonic()
        self._taken = self._taken_so_far()

    def share(self) -> float:
        """The part of all cores' time that went to other processes, or to other machines on the same host."""
        available = (time.monotonic() - self._began) * (os.cpu_count() or 1)
        return max(0.0, self._taken_so_far() - self._taken) / available

    def _taken_so_far(self) -> float:
        own = time.process_time() + sum(core_seconds(leader) for leader in self._leaders)
        return _busy_seconds() - own


def _busy_seconds() -> float:
    first = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0].split()[1:]
    busy = sum(int(ticks) for place, ticks in enumerate(first[:_COUNTED]) if place not in _IDLE)
    return busy / os.sysconf("SC_CLK_TCK")
