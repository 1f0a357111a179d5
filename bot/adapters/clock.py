"""What day it is: the real day in the promotion's time zone, or a fixed one for demonstrations and tests."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """The real time in one time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        return datetime.now(self._zone)

    def today(self) -> date:
        return self.now().date()


class FixedClock:
    """One fixed day; the time of day runs on, so that limits per quarter of an hour work."""

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        self._day = day
        self._zone = zone

    def now(self) -> datetime:
        time_of_day = datetime.now(self._zone).time()
        return datetime.combine(self._day, time_of_day, self._zone)

    def today(self) -> date:
        return self._day
