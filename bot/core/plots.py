"""The geometry of plots: scales, ticks, columns, lines and points, as numbers that a template only has to write down.

Across, everything is a share of the width, so that a drawing fits every screen while its letters keep their size; downwards it is
in pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from bot.core.periods import Column, Period

HEIGHT = 180.0
"""Of the field that is drawn in, in pixels."""
GAP = 0.12
"""The share of a column's room that stays free on each side of it."""
FEW_LABELS, MANY_LABELS = 4, 10
"""How many dates fit under a plot on a phone, and on a wide screen."""
NEAR_THE_EDGE = 0.04
"""From here to the right end a date would stand out on the right; on the left there is room under the scale."""
_HOURS = (1, 2, 4, 8, 12, 24, 48, 96, 7 * 24, 14 * 24, 28 * 24, 56 * 24, 112 * 24, 364 * 24)


def percent(share: float) -> str:
    """A share of the width as SVG writes it: ``12.5%``."""
    return f"{round(100 * share, 3):g}%"


def ticks_up_to(highest: int, about: int = 4) -> list[int]:
    """Round numbers from 0 to the highest or just above it, at most ``about`` of them beside the 0."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * about >= highest:
                top = max(1, ceil(highest / (step * factor)))
                return [place * step * factor for place in range(top + 1)]
        step *= 10


def time_ticks_up_to(longest: timedelta, about: int = 4) -> list[timedelta]:
    """Round times from nothing to the longest or just above it, in hours, days or weeks."""
    hours = longest / timedelta(hours=1)
    step = next((one for one in _HOURS if one * about >= hours), ceil(hours / about))
    return [timedelta(hours=step) * place for place in range(max(1, ceil(hours / step)) + 1)]


@dataclass(frozen=True)
class DayAxis:
    """The days of a period from left to right, each as wide as the others."""

    period: Period

    def begin(self, day: date) -> float:
        """Where a day begins, as a share of the width."""
        return (day - self.period.first).days / self.period.days

    def end(self, day: date) -> float:
        return self.begin(day + timedelta(days=1))

    def middle(self, column: Column) -> float:
        return (self.begin(column.first) + self.end(column.last)) / 2


@dataclass(frozen=True)
class Tick:
    """A line across the plot with its label; ``y`` in pixels from the top."""

    y: float
    label: str


@dataclass(frozen=True)
class Label:
    """A date under the plot; one that is minor is shown where there is room."""

    x: str
    anchor: str
    text: str
    is_minor: bool


@dataclass(frozen=True)
class Segment:
    """One part of a stacked column."""

    series: str
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    """One column: the room it has, the bar in it, and its parts from the bottom up."""

    begin: str
    room: str
    x: str
    width: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Stroke:
    """A piece of a line; tentative where it leads to a column that is not over."""

    x1: str
    y1: float
    x2: str
    y2: float
    is_tentative: bool


@dataclass(frozen=True)
class Point:
    """A value of a line, with the interval that chance leaves around it where there is one."""

    x: str
    y: float
    low: float
    high: float
    is_tentative: bool
    is_known: bool = True
    """False where there are too few cases to name the value: only its interval is drawn."""


@dataclass(frozen=True)
class Line:
    """One series as a line."""

    series: str
    strokes: tuple[Stroke, ...]
    points: tuple[Point, ...]


def height_of(value: float, top: float, height: float = HEIGHT) -> float:
    """How far from the top a value lies, in pixels; ``top`` is the value at the top."""
    return round(height * (1 - value / top), 2)


def bars(axis: DayAxis, columns: Sequence[Column], stacks: Sequence[Sequence[tuple[str, int]]], top: int) -> list[Bar]:
    """Stacked columns: for each the parts by series, from the bottom up; parts of nothing are left out."""
    return [_bar(axis, column, stack, top) for column, stack in zip(columns, stacks)]


def _bar(axis: DayAxis, column: Column, stack: Sequence[tuple[str, int]], top: int) -> Bar:
    begin = axis.begin(column.first)
    room = axis.end(column.last) - begin
    segments, below = [], 0
    for series, value in stack:
        if value:
            upper, lower = height_of(below + value, top), height_of(below, top)
            segments.append(Segment(series, upper, round(lower - upper, 2)))
        below += value
    inner = percent(begin + GAP * room), percent((1 - 2 * GAP) * room)
    return Bar(percent(begin), percent(room), *inner, tuple(segments))


def line(axis: DayAxis, columns: Sequence[Column], series: str, values: Sequence[float], top: float) -> Line:
    """One value for each column, joined."""
    points = [_point(axis, column, (value, value), value, top) for column, value in zip(columns, values)]
    strokes = [Stroke(one.x, one.y, two.x, two.y, two.is_tentative) for one, two in zip(points, points[1:])]
    return Line(series, tuple(strokes), tuple(points))


def interval_points(
    axis: DayAxis, columns: Sequence[Column], estimates: Sequence[tuple[float, float, float | None] | None]
) -> list[Point]:
    """Shares with their intervals (low, high, value), not joined; None for a column without any case."""
    return [
        _point(axis, column, (estimate[0], estimate[1]), estimate[2], 1.0)
        for column, estimate in zip(columns, estimates)
        if estimate is not None
    ]


def _point(axis: DayAxis, column: Column, interval: tuple[float, float], value: float | None, top: float) -> Point:
    low, high = (height_of(end, top) for end in interval)
    middle = percent(axis.middle(column))
    y = height_of(value, top) if value is not None else (low + high) / 2
    return Point(middle, y, low, high, is_tentative=not column.is_over, is_known=value is not None)


def labels(axis: DayAxis, columns: Sequence[Column], texts: Sequence[str]) -> list[Label]:
    """Evenly spaced dates: few for everybody, some more between them where there is room."""
    step = max(1, ceil(len(columns) / MANY_LABELS))
    few = step * max(1, ceil(len(columns) / FEW_LABELS / step))
    return [
        _label(axis.middle(column), text, is_minor=place % few != 0)
        for place, (column, text) in enumerate(zip(columns, texts))
        if place % step == 0
    ]


def _label(middle: float, text: str, *, is_minor: bool) -> Label:
    return Label(percent(middle), "end" if middle > 1 - NEAR_THE_EDGE else "middle", text, is_minor)
