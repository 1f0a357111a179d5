"""Dates are read as they are meant, ambiguous ones stay open, and numbers that are no dates are left alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.dates import FoundDate, find_dates

TODAY = date(2023, 12, 15)  # a Friday
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SWEDISH = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
DANISH = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip


def only(text: str, today: date = TODAY) -> FoundDate:
    found = find_dates(text, today)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2023-10-05", (2023, 10, 5)), ("2023/10/05", (2023, 10, 5)), ("05.10.2023", (2023, 10, 5)),
        ("5.10.23", (2023, 10, 5)),
        ("25/10/2023", (2023, 10, 25)), ("10/25/2023", (2023, 10, 25)), ("7-7-2023", (2023, 7, 7)),
        ("12/6-2023", (2023, 6, 12)),
        ("the 2nd of October", (2023, 10, 2)), ("October 2", (2023, 10, 2)), ("2 oct 2023", (2023, 10, 2)),
        ("October 2nd, 2023", (2023, 10, 2)), ("Sept. 1st", (2023, 9, 1)), ("the 3rd of june this year", (2023, 6, 3)),
        ("3 june last year", (2022, 6, 3)), ("first of june", (2023, 6, 1)),
        ("on the twenty-first of August", (2023, 8, 21)),
        ("2nd Oct '23", (2023, 10, 2)), ("3-june-2023", (2023, 6, 3)), ("on may 5", (2023, 5, 5)),
        ("5 May at Dustin", (2023, 5, 5)),
        ("27.9.", (2023, 9, 27)), ("d. 27.9. hos os", (2023, 9, 27)), ("bought 27/9", (2023, 9, 27)),
        ("27. september", (2023, 9, 27)),
        ("d. 3. juni", (2023, 6, 3)), ("den 3 juni", (2023, 6, 3)), ("3. maj 2023", (2023, 5, 3)),
        ("12 mai", (2023, 5, 12)),
        ("12 november i fjor", (2022, 11, 12)), ("3. juni i år", (2023, 6, 3)),
        ("on Tuesday, 5 September 2023", (2023, 9, 5)), ("Tues 5 sept", (2023, 9, 5)),
        ("tirsdag den 5. september", (2023, 9, 5)),
        ("yesterday", (2023, 12, 14)), ("today", (2023, 12, 15)), ("i går", (2023, 12, 14)), ("igår", (2023, 12, 14)),
        ("the day before yesterday", (2023, 12, 13)), ("3 days ago", (2023, 12, 12)), ("two weeks ago", (2023, 12, 1)),
        ("a week ago", (2023, 12, 8)), ("for to uger siden", (2023, 12, 1)), ("för tre dagar sedan", (2023, 12, 12)),
        ("last Tuesday", (2023, 12, 12)), ("on Monday", (2023, 12, 11)), ("on Friday", (2023, 12, 8)),
        ("Tuesday last week", (2023, 12, 5)), ("tirsdag i sidste uge", (2023, 12, 5)), ("i mandags", (2023, 12, 11)),
        ("2 setpember", (2023, 9, 2)), ("5th octobre 2023", (2023, 10, 5)), ("novemeber 7th", (2023, 11, 7)),
        ("9 agust", (2023, 8, 9)),
    ],
)  # fmt: skip
def test_a_date_is_read_as_it_is_meant(typed: str, meant: tuple[int, int, int]) -> None:
    assert only(f"we got it {typed}").value == date(*meant)


@pytest.mark.parametrize("typed", ["5/10/2023", "5-10-23", "10/5/2023", "05/10/23"])
def test_two_orders_of_day_and_month_are_both_kept(typed: str) -> None:
    found = only(f"bought {typed}, ok?")
    assert found.value is None
    assert found.is_ambiguous
    assert found.readings == (date(2023, 5, 10), date(2023, 10, 5))
    assert found.text == typed


@pytest.mark.parametrize(
    "typed", ["31 June", "2023-13-45", "31.06.2023", "30 February 2023", "45 october", "29 feb 2023"]
)
def test_an_impossible_date_is_found_without_a_reading(typed: str) -> None:
    found = only(typed)
    assert found.is_impossible
    assert not found.is_ambiguous


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("in october", (2023, 10)), ("in May", (2023, 5)), ("during Sept 2023", (2023, 9)),
        ("october 2023", (2023, 10)),
        ("i juni", (2023, 6)), ("i oktober i fjor", (2022, 10)), ("in october last year", (2022, 10)),
        ("August", (2023, 8)),
        ("last month", (2023, 11)), ("10/2023", (2023, 10)), ("in june 3 monitors", (2023, 6)),
        ("at the end of november", (2023, 11)),
        ("in setpember", (2023, 9)),
    ],
)  # fmt: skip
def test_a_month_without_a_day_is_a_month(typed: str, month: tuple[int, int]) -> None:
    found = only(typed)
    assert (found.value, found.readings, found.month) == (None, (), month)
    assert not found.is_impossible


@pytest.mark.parametrize(
    "typed",
    [
        "6", "kr 3.150", "3.150 kr", "2.500,00", "40AY0090EU", "4X30M56887", "version 3.6.21",
        "firmware 1.2.23", "LEN-12-10-23",
        "T27h-30 2 docks", "15.6 inch", '15.6"', "24/7", "2/3 of them", "192.168.10.23", "a screen of 15.6.",
        "about two weeks ago",
        "not tuesdays", "how many may I claim, may 15 products fit", "all 5 may be claimed", "10 members",
        "remember 12 items",
        "number 5", "I got 2 marks", "2023", "within 45 days", "for 2 months", "1st of the 5th", "x4",
        "USB 3.2", "next week",
    ],
)  # fmt: skip
def test_other_numbers_are_no_dates(typed: str) -> None:
    assert find_dates(typed, TODAY) == []


def test_a_period_is_two_dates() -> None:
    found = find_dates("May 22nd 2023 to November 30th 2023", TODAY)
    assert [day.value for day in found] == [date(2023, 5, 22), date(2023, 11, 30)]


def test_taken_spans_hold_no_dates() -> None:
    assert find_dates("len 12-10-23", TODAY, taken=[(0, 12)]) == []


@pytest.mark.parametrize(
    ("today", "typed", "meant"),
    [
        (date(2024, 2, 27), "30 november", date(2023, 11, 30)),
        (date(2023, 12, 15), "31 december", date(2023, 12, 31)),
        (date(2023, 12, 15), "10 january", date(2024, 1, 10)),
        (date(2024, 3, 1), "29 feb", date(2024, 2, 29)),
        (date(2024, 1, 2), "yesterday", date(2024, 1, 1)),
        (date(2024, 1, 3), "tuesday last week", date(2023, 12, 26)),
    ],
)
def test_a_day_without_year_lies_in_the_last_eleven_months_or_just_ahead(today: date, typed: str, meant: date) -> None:
    assert only(typed, today).value == meant


def test_a_leap_day_that_never_comes_near_is_impossible() -> None:
    assert only("29 february", date(2023, 6, 1)).is_impossible


days = st.dates(date(2022, 1, 1), date(2024, 12, 31))
full_spellings = st.sampled_from(
    [
        lambda day: day.isoformat(),
        lambda day: f"{day:%Y/%m/%d}",
        lambda day: f"{day:%d.%m.%Y}",
        lambda day: f"{day.day}.{day.month}.{day:%y}",
        lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        lambda day: f"the {day.day}th of {MONTHS[day.month - 1].title()}, {day.year}",
        lambda day: f"{MONTHS[day.month - 1][:3].title()} {day.day}, {day.year}",
        lambda day: f"d. {day.day}. {DANISH[day.month - 1]} {day.year}",
        lambda day: f"den {day.day} {SWEDISH[day.month - 1]} {day.year}",
        lambda day: f"{day.day}/{day.month}-{day.year}",
    ]
)


@given(days, full_spellings, st.sampled_from(["", "we bought it on ", "købt ", "2 docks, "]))
def test_every_full_spelling_comes_back_as_the_same_day(day: date, spell, before: str) -> None:  # noqa: ANN001
    assert only(before + spell(day)).value == day


@given(st.integers(0, 330), days)
def test_a_day_of_the_last_months_needs_no_year(back: int, today: date) -> None:
    day = today - timedelta(days=back)
    assert only(f"{day.day} {MONTHS[day.month - 1]}", today).value == day
    assert only(f"{day.day}. {DANISH[day.month - 1]}", today).value == day


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for found in find_dates(text, TODAY):
        assert text[found.start : found.end] == found.text
