"""The days that insights are about: which they are, and how they are put together into columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum
from zoneinfo import ZoneInfo

PRESETS = {"7d": 7, "30d": 30, "90d": 90}
"""The last so many days, today among them."""
ALL = "all"
LONGEST_DAYS = 1100
EARLIEST = date(1970, 1, 1)
"""Days long before it have no beginning in UTC that could be told."""
DAILY_UP_TO = 35
WEEKLY_UP_TO = 400
_DAY = timedelta(days=1)


class Step(Enum):
    """How many days one column stands for."""

    DAY = 1
    WEEK = 7
    """From Monday to Sunday."""
    MONTH = 31

    @property
    def coarser(self) -> Step:
        return Step.WEEK if self is Step.DAY else Step.MONTH


class InvalidPeriod(ValueError):
    """What was asked for is no period; the message says what to write."""


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def since(self, zone: ZoneInfo) -> datetime:
        """The moment at which the first day begins, in UTC."""
        return begin_of(self.first, zone)

    def until(self, zone: ZoneInfo) -> datetime:
        """The moment at which the last day is over, in UTC."""
        return begin_of(self.last + _DAY, zone)


def begin_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins in a time zone, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(timezone.utc)


@dataclass(frozen=True)
class Column:
    """The days that one column of a plot stands for."""

    first: date
    last: date
    is_over: bool = True
    """False for the column that ends today: more can still come."""
    is_whole: bool = True
    """False for a week or month of which the period takes only a part."""

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def read_period(text: str, today: date, earliest: date | None) -> Period:
    """``7d``, ``30d``, ``90d``, ``all`` or ``2023-11-01..2023-11-30``; days to come are left out.

    ``earliest`` is the first day of which anything is known. Raises ``InvalidPeriod``.
    """
    text = text.strip()
    if text in PRESETS:
        return Period(today - (PRESETS[text] - 1) * _DAY, today)
    if text == ALL:
        return Period(max(min(earliest or today, today), today - (LONGEST_DAYS - 1) * _DAY), today)
    first, last = _ends(text)
    if last < first:
        raise InvalidPeriod("The first day lies after the last one.")
    if first < EARLIEST:
        raise InvalidPeriod(f"Nothing was asked before {EARLIEST.year}.")
    if first > today:
        raise InvalidPeriod("These days are still to come.")
    period = Period(first, min(last, today))
    if period.days > LONGEST_DAYS:
        raise InvalidPeriod(f"At most {LONGEST_DAYS:,} days can be looked at together.")
    return period


def _ends(text: str) -> tuple[date, date]:
    parts = text.split("..")
    # Python's own reader of dates takes more than people write; what it takes changes from version to version.
    if len(parts) == 2 and all(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", part) for part in parts):
        try:
            return date.fromisoformat(parts[0]), date.fromisoformat(parts[1])
        except ValueError:
            pass
    raise InvalidPeriod("Please choose a first and a last day, for example 2023-11-01..2023-11-30.")


def step_for(period: Period) -> Step:
    """The step that makes neither too many columns nor too few."""
    if period.days <= DAILY_UP_TO:
        return Step.DAY
    return Step.WEEK if period.days <= WEEKLY_UP_TO else Step.MONTH


def columns_of(period: Period, today: date, step: Step) -> list[Column]:
    """The period in days, weeks or months; the first and the last one cut off where the period begins and ends."""
    return [
        Column(
            first=max(first, period.first),
            last=min(last, period.last),
            is_over=min(last, period.last) < today,
            is_whole=first >= period.first and (last <= period.last or period.last == today),
        )
        for first, last in _whole_ones(period, step)
    ]


def _whole_ones(period: Period, step: Step) -> Iterator[tuple[date, date]]:
    day = _begin_of_step(period.first, step)
    while day <= period.last:
        following = _begin_of_step(day + step.value * _DAY, step)
        yield day, following - _DAY
        day = following


def _begin_of_step(day: date, step: Step) -> date:
    if step is Step.WEEK:
        return day - day.weekday() * _DAY
    return day.replace(day=1) if step is Step.MONTH else day
