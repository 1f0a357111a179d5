"""Being told to stop: a signal is noted, and looked for only where stopping does no harm.

An exception raised by a handler can be lost, because it comes in the middle of whatever runs just then (a callback of the
garbage collector, say), and an ``Event`` set by one waits for ever for a lock that the same thread holds.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STEP_SECONDS = 0.1


class StopSignals:
    """Whether one has come."""

    came = False

    def wait(self, seconds: float) -> None:
        """Let time pass, until one comes."""
        until = time.monotonic() + seconds
        while not self.came and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, STEP_SECONDS))

    def note(self, _number: int, _frame: FrameType | None) -> None:
        """The handler."""
        self.came = True


@contextmanager
def stop_signals(*numbers: signal.Signals) -> Iterator[StopSignals]:
    """Within the context these signals are noted; afterwards they do what they did before."""
    signals = StopSignals()
    before = {number: signal.signal(number, signals.note) for number in numbers}
    try:
        yield signals
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
