"""A clock that stands still until it is told to move."""

from __future__ import annotations

from datetime import date, datetime, timedelta


class FakeClock:
    """The ``Clock`` port, standing still until it is told to move."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()

    def move(self, by: timedelta) -> None:
        self._now += by
