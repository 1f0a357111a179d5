"""Keeps those who work from waiting for an outside system that has just failed."""

from __future__ import annotations

import time
from collections.abc import Callable


class CircuitBreaker:
    """Closed while all goes well. A failure opens it; after a pause it lets one try through, and the outcome decides."""

    def __init__(self, pause_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._pause = pause_seconds
        self._clock = clock
        self._try_at: float | None = None

    @property
    def is_closed(self) -> bool:
        return self._try_at is None

    def lets_through(self) -> bool:
        """Whether to try now. While it is open it says so once in each pause: that one tries for all."""
        if self._try_at is None:
            return True
        if self._clock() < self._try_at:
            return False
        self._try_at = self._clock() + self._pause
        return True

    def note_success(self) -> bool:
        """Whether it was open until now."""
        was_open, self._try_at = self._try_at is not None, None
        return was_open

    def note_failure(self) -> bool:
        """Whether it was closed until now."""
        was_closed, self._try_at = self._try_at is None, self._clock() + self._pause
        return was_closed
