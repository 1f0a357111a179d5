"""Periods as they are asked for in an address."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.periods import LONGEST_DAYS, InvalidPeriod, Period, Step, begin_of, columns_of, read_period, step_for

TODAY = date(2023, 12, 15)
PERIODS = st.builds(
    lambda last, days: Period(last - timedelta(days=days - 1), last),
    st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    st.integers(1, LONGEST_DAYS),
)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("7d", date(2023, 12, 9), TODAY),
        ("30d", date(2023, 11, 16), TODAY),
        ("90d", date(2023, 9, 17), TODAY),
        ("all", date(2023, 10, 2), TODAY),
        (" 2023-11-01..2023-11-30 ", date(2023, 11, 1), date(2023, 11, 30)),
        ("2023-12-10..2024-01-31", date(2023, 12, 10), TODAY),
        ("2023-12-15..2023-12-15", TODAY, TODAY),
    ],
)
def test_a_period_is_read(written: str, first: date, last: date) -> None:
    assert read_period(written, TODAY, date(2023, 10, 2)) == Period(first, last)


@pytest.mark.parametrize(
    "written",
    [
        "", "8d", "30D", "..", "2023-11-01", "2023-11-01..", "..2023-11-01", "2023-11-30..2023-11-01", "2023-02-30..2023-03-01",
        "2023-11-01..2023-11-02..2023-11-03", "20231101..20231130", "2023-W01-1..2023-W02-1", "2024-01-01..2024-01-31",
        "0001-01-01..2023-12-15", "0001-01-01..0001-01-02", "1969-12-31..1970-01-02", "9999-12-31..9999-12-31", "١٢٣٤-٠١-٠١..2023-12-15", "-1d", "all; DROP TABLE messages", "\x00", "ä" * 50,
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(InvalidPeriod):
        read_period(written, TODAY, None)


def test_all_begins_with_what_is_known_and_is_never_endless() -> None:
    assert read_period("all", TODAY, None) == Period(TODAY, TODAY)
    assert read_period("all", TODAY, date(2024, 3, 1)) == Period(TODAY, TODAY)
    assert read_period("all", TODAY, date(1990, 1, 1)).days == LONGEST_DAYS


@given(PERIODS, st.integers(0, 40))
def test_columns_are_all_days_of_the_period_once(period: Period, days_since: int) -> None:
    today = period.last + timedelta(days=days_since)
    for step in Step:
        columns = columns_of(period, today, step)
        days = [column.first + timedelta(days=day) for column in columns for day in range(column.days)]
        assert days == [period.first + timedelta(days=day) for day in range(period.days)]
        assert all(column.is_over == (column.last < today) for column in columns)
        assert all(column.days <= step.value for column in columns)
    assert len(columns_of(period, today, step_for(period))) <= 60


def test_weeks_begin_on_monday_and_say_what_is_missing_of_them() -> None:
    columns = columns_of(Period(date(2023, 11, 1), TODAY), TODAY, Step.WEEK)
    assert [column.first.weekday() for column in columns[1:]] == [0] * 6
    assert (columns[0].first, columns[0].last, columns[0].is_whole) == (date(2023, 11, 1), date(2023, 11, 5), False)
    assert (columns[-1].is_over, columns[-1].is_whole) == (False, True)
    cut = columns_of(Period(date(2023, 11, 1), date(2023, 12, 13)), TODAY, Step.WEEK)[-1]
    assert (cut.is_over, cut.is_whole) == (True, False)


def test_days_begin_by_the_clocks_of_their_zone() -> None:
    assert begin_of(date(2023, 12, 15), ZoneInfo("CET")) == datetime(2023, 12, 14, 23, tzinfo=timezone.utc)
    night = Period(date(2023, 3, 26), date(2023, 3, 26))
    zone = ZoneInfo("Europe/Copenhagen")
    assert night.until(zone) - night.since(zone) == timedelta(hours=23)
