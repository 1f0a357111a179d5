"""Dates are found however they are written."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.content_dates import Day, find_dates


@pytest.mark.parametrize(
    "written",
    [
        "December 31st 2023", "31 December 2023", "31st of December, 2023", "Dec. 31, 2023", "2023-12-31", "31.12.2023",
        "31/12/23", "12/31/2023",
        "Sunday 31 December 2023", "the end of 2023", "end of December 2023", "31 dec '23", "December the 31st, 2023",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(written: str) -> None:
    (found,) = find_dates(f"This is {written}, nothing else.")
    assert found.day.in_year(1999) == date(2023, 12, 31)


def test_a_day_without_a_year_takes_the_one_it_is_given() -> None:
    (found,) = find_dates("until 22 May")
    assert found.day.in_year(2025) == date(2025, 5, 22)


@pytest.mark.parametrize(
    "text",
    ["You may 3 times a day", "fax 0049 7031 7632 5563", "kr 3.150", "45 calendar days", "version 1.2.3"],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert find_dates(text) == []


def test_a_day_that_no_calendar_has_is_still_found() -> None:
    (found,) = find_dates("31 June 2023")
    assert found.day == Day(6, 31, 2023)
    assert found.day.in_year(2023) is None


def test_a_wrong_weekday_is_noticed() -> None:
    wrong, right = find_dates("Friday 31 December 2023, Sunday 31 December 2023")
    assert wrong.day.weekday_is_wrong
    assert not right.day.weekday_is_wrong
