"""Ticks and points of a plot lie where they should."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.periods import Column, Period, columns_of, step_for
from bot.core.plots import (
    FEW_LABELS,
    HEIGHT,
    MANY_LABELS,
    DayAxis,
    bars,
    height_of,
    interval_points,
    labels,
    line,
    percent,
    ticks_up_to,
    time_ticks_up_to,
)

LAST = date(2023, 12, 15)
LENGTHS = st.integers(1, 1100)


def period_of(days: int) -> Period:
    return Period(LAST - timedelta(days=days - 1), LAST)


def columns_for(days: int) -> list[Column]:
    period = period_of(days)
    return columns_of(period, LAST, step_for(period))


def share(written: str) -> float:
    assert written.endswith("%")
    return float(written[:-1]) / 100


@given(st.integers(0, 10**9), st.integers(2, 8))
def test_ticks_are_round_reach_the_highest_and_are_few(highest: int, about: int) -> None:
    ticks = ticks_up_to(highest, about)
    steps = {after - before for before, after in zip(ticks, ticks[1:])}
    (step,) = steps
    assert ticks[0] == 0
    assert ticks[-1] >= max(1, highest)
    assert ticks[-1] - step < max(1, highest)
    assert 2 <= len(ticks) <= about + 1
    assert str(step).rstrip("0") in ("1", "2", "5")


@given(st.timedeltas(timedelta(), timedelta(days=2000)))
def test_times_have_round_ticks_too(longest: timedelta) -> None:
    ticks = time_ticks_up_to(longest)
    assert ticks[0] == timedelta()
    assert ticks[-1] >= max(longest, timedelta(hours=1))
    assert 2 <= len(ticks) <= 5


@given(LENGTHS)
def test_days_fill_the_width_evenly(days: int) -> None:
    axis = DayAxis(period_of(days))
    assert axis.begin(axis.period.first) == 0
    assert axis.end(axis.period.last) == 1
    assert abs(axis.end(axis.period.first) - 1 / days) < 1e-9


@given(LENGTHS, st.data())
def test_columns_stand_side_by_side_and_their_parts_on_one_another(days: int, data: st.DataObject) -> None:
    columns = columns_for(days)
    values = st.lists(st.integers(0, 500), min_size=3, max_size=3)
    stacks = [[(str(place), value) for place, value in enumerate(data.draw(values))] for _ in columns]
    top = ticks_up_to(max(sum(value for _, value in stack) for stack in stacks))[-1]

    drawn = bars(DayAxis(period_of(days)), columns, stacks, top)

    end = 0.0
    for bar, stack in zip(drawn, stacks):
        assert abs(share(bar.begin) - end) < 0.0001
        end = share(bar.begin) + share(bar.room)
        assert share(bar.begin) <= share(bar.x) and share(bar.x) + share(bar.width) <= end + 0.0001
        assert [part.series for part in bar.segments] == [series for series, value in stack if value]
        lower = HEIGHT
        for part in bar.segments:
            assert abs(part.y + part.height - lower) < 0.02
            assert -0.01 <= part.y <= lower
            lower = part.y
        assert abs(HEIGHT - lower - HEIGHT * sum(value for _, value in stack) / top) < 0.02
    assert abs(end - 1) < 0.0001


@given(LENGTHS)
def test_dates_are_few_enough_to_be_read(days: int) -> None:
    columns = columns_for(days)
    named = labels(DayAxis(period_of(days)), columns, [str(column.first) for column in columns])
    assert 1 <= len([label for label in named if not label.is_minor]) <= FEW_LABELS
    assert len(named) <= MANY_LABELS
    assert named[0].text == str(columns[0].first) and not named[0].is_minor
    places = [share(label.x) for label in named]
    assert places == sorted(places)


def test_a_line_goes_through_its_values_and_is_tentative_towards_today() -> None:
    columns = columns_for(4)
    drawn = line(DayAxis(period_of(4)), columns, "messages", [0, 10, 5, 2], 10)
    assert [point.y for point in drawn.points] == [HEIGHT, 0, HEIGHT / 2, 0.8 * HEIGHT]
    assert [point.x for point in drawn.points] == ["12.5%", "37.5%", "62.5%", "87.5%"]
    assert [stroke.is_tentative for stroke in drawn.strokes] == [False, False, True]


def test_a_share_of_too_few_is_an_interval_without_a_point_and_of_none_nothing() -> None:
    columns = columns_for(3)
    points = interval_points(DayAxis(period_of(3)), columns, [(0.25, 0.75, 0.5), None, (0.0, 1.0, None)])
    assert [(point.low, point.high, point.is_known) for point in points] == [(135.0, 45.0, True), (180.0, 0.0, False)]


def test_numbers_are_written_as_short_as_they_can_be() -> None:
    assert [percent(value) for value in (0, 1 / 3, 0.5, 1)] == ["0%", "33.333%", "50%", "100%"]
    assert height_of(1, 3) == 120
