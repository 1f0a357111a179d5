"""The median of times of which some are not over."""

from __future__ import annotations

from datetime import timedelta
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.waiting_times import Wait, spread_of, within

HOURS = st.integers(0, 100).map(lambda hours: timedelta(hours=hours))
WAITS = st.lists(st.builds(Wait, HOURS, st.booleans()), max_size=30)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


@given(st.lists(HOURS, min_size=1, max_size=30))
def test_where_all_are_over_it_is_the_ordinary_median(lengths: list[timedelta]) -> None:
    assert within([Wait(length, True) for length in lengths], 0.5) == median_low(lengths)


def test_what_still_waits_makes_the_median_later() -> None:
    over = [Wait(hours(1), True), Wait(hours(2), True), Wait(hours(3), True)]
    assert within(over, 0.5) == hours(2)
    assert within([*over, Wait(hours(50), False), Wait(hours(60), False)], 0.5) == hours(3)
    assert within([*over, *[Wait(hours(50), False)] * 4], 0.5) is None


def test_it_is_the_estimate_of_kaplan_and_meier() -> None:
    # By hand: after 1 h 5/6 still wait, after 3 h 5/6 · 3/4, after 5 h half of that, after 6 h nobody.
    waits = [(1, True), (2, False), (3, True), (4, False), (5, True), (6, True)]
    kept = [Wait(hours(length), is_over) for length, is_over in waits]
    assert within(kept, 1 - 5 / 6) == hours(1)
    assert within(kept, 0.37) == hours(3)
    assert within(kept, 0.5) == hours(5)
    assert within(kept, 0.7) == hours(6)


@given(WAITS)
def test_a_larger_share_never_takes_less_time(waits: list[Wait]) -> None:
    spread = spread_of(waits)
    reached = [time for time in (spread.quarter, spread.median, spread.three_quarters) if time is not None]
    assert reached == sorted(reached)
    assert [spread.quarter, spread.median, spread.three_quarters][: len(reached)] == reached
    assert spread.over + spread.waiting == len(waits)


def test_nothing_waits_for_nothing() -> None:
    assert spread_of([]).median is None
    with pytest.raises(ValueError):
        within([], 1.0)
