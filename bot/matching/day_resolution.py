"""Which day is meant when a date leaves its year, its weekday's week or its order of day and month open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

_LONGEST_LOOK_BACK = relativedelta(months=11)


@dataclass(frozen=True)
class DateMatch:
    """What one family of spellings found, before overlaps are settled; no days and no month: an impossible date."""

    start: int
    end: int
    days: tuple[date, ...] = ()
    month: tuple[int, int] | None = None
    is_weekday: bool = False


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None for one that does not exist (31 June)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def full_year(two_digits: str, today: date) -> int:
    """``23`` → 2023: the century that brings the year nearest to today."""
    century = today.year // 100 * 100
    return min(
        (century + offset + int(two_digits) for offset in (-100, 0, 100)),
        key=lambda year: abs(year - today.year),
    )


def recent_day(month: int, day: int, today: date) -> date | None:
    """A day without its year: the latest one not after today, for purchases lie in the past.

    If that is over 11 months ago, the next one is meant; None for 29 February where neither exists.
    """
    possible = [found for year in range(today.year - 1, today.year + 2) if (found := day_or_none(year, month, day))]
    past = [found for found in possible if today - _LONGEST_LOOK_BACK <= found <= today]
    if past:
        return past[-1]
    coming = [found for found in possible if today < found <= today + timedelta(days=32)]
    return coming[0] if coming else None


def recent_month(month: int, today: date) -> tuple[int, int]:
    """A month without its year: the latest one that has begun."""
    return (today.year if month <= today.month else today.year - 1, month)


def recent_weekday(weekday: int, today: date) -> date:
    """The last such day before today."""
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def weekday_of_last_week(weekday: int, today: date) -> date:
    """That day of the week before this one; weeks begin on Monday."""
    return today - timedelta(days=today.weekday() + 7 - weekday)


def coming_weekday(weekday: int, today: date) -> date:
    """The first such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
