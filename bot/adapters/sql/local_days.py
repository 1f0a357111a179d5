"""The day of a moment in a time zone, in SQL that SQLite and PostgreSQL both understand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Interval, case, func, literal

from bot.core.periods import Period, begin_of

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


def local_day(moment: Any, period: Period, zone: ZoneInfo, dialect: str) -> Any:
    """The day (``2023-12-15``) of a moment within the period or soon after it, as its clocks show it.

    SQLite knows no time zones, and PostgreSQL may know other ones than Python. So the moments at which clocks change are
    looked up here, and between them the database only adds hours.
    """
    changes = list(offset_changes(period, zone))
    until = [(moment < change, _shifted(moment, before, dialect)) for change, before, _ in changes]
    last = changes[-1][2] if changes else _offset(period.since(zone), zone)
    return case(*until, else_=_shifted(moment, last, dialect)) if until else _shifted(moment, last, dialect)


def offset_changes(period: Period, zone: ZoneInfo) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Every moment within the period at which clocks are changed, with their distance from UTC before and after it."""
    day = period.first
    while day <= period.last:
        begin, end = begin_of(day, zone), begin_of(day + _DAY, zone)
        before, after = _offset(begin, zone), _offset(end, zone)
        if before != after:
            yield _moment_of_change(begin, end, zone), before, after
        day += _DAY


def _moment_of_change(begin: datetime, end: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the new distance, by halving."""
    before = _offset(begin, zone)
    while end - begin > _SECOND:
        middle = (begin + (end - begin) / 2).replace(microsecond=0)
        begin, end = (middle, end) if _offset(middle, zone) == before else (begin, middle)
    return end


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _shifted(moment: Any, by: timedelta, dialect: str) -> Any:
    if dialect == "postgresql":
        local = func.timezone("UTC", moment) + literal(by, Interval)
        return func.to_char(local, "YYYY-MM-DD")
    return func.date(moment, f"{int(by.total_seconds()):+d} seconds")
