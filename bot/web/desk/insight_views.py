"""What one plot of the insights is made of: title, summary, drawing, legend, and a table with the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional, Union

from bot.core.plots import Bar, Label, Line, Point, Tick

Cell = Union[str, int, float, None]


@dataclass(frozen=True)
class Table:
    """The numbers behind a plot, as a person reads them and as a file has them."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


@dataclass(frozen=True)
class LegendItem:
    """What a series is drawn like, what it is called, and how much it is in all."""

    series: str
    label: str
    words: str = ""


@dataclass(frozen=True)
class MarkLine:
    """A turn of the promotion in a plot: a line with a letter that a list explains."""

    x: str
    letter: str


@dataclass(frozen=True)
class TimePlot:
    """Days from left to right: columns, lines or points."""

    bars: Sequence[Bar]
    """One for each column of days; without parts where lines or points are drawn."""
    readings: Sequence[str]
    """What is said of each column under the pointer."""
    ticks: Sequence[Tick]
    labels: Sequence[Label]
    marks: Sequence[MarkLine]
    lines: Sequence[Line] = ()
    points: Sequence[Point] = ()
    open_column: Optional[int] = None
    """The place of the column that is not over."""


@dataclass(frozen=True)
class BarRow:
    """One bar of a list: its name, how long it is, and its value in words."""

    name: str
    width: str
    words: str
    note: str = ""


@dataclass(frozen=True)
class IntervalRow:
    """One interval of a list on a common scale."""

    name: str
    low: str
    """Empty where not even the interval can be told."""
    high: str
    words: str
    at: Optional[str] = None
    """Where the value itself lies; None where it is not known well enough to be drawn."""
    note: str = ""
    is_open: bool = False
    """The interval goes on beyond the scale."""


@dataclass(frozen=True)
class ScaleTick:
    """A number under a list of intervals."""

    x: str
    anchor: str
    label: str


@dataclass(frozen=True)
class View:
    """One plot with everything that says the same in other ways."""

    name: str
    title: str
    summary: str
    table: Table
    plot: Optional[TimePlot] = None
    legend: Sequence[LegendItem] = ()
    bars: Sequence[BarRow] = ()
    intervals: Sequence[IntervalRow] = ()
    scale: Sequence[ScaleTick] = ()
    notes: Sequence[str] = field(default=())
    nothing: str = ""
    """What is said instead of a drawing where there is nothing to draw."""


def scale_ticks(ticks: Sequence[tuple[float, str]]) -> list[ScaleTick]:
    """Numbers at shares of the width; the first and the last stay within it."""
    return [
        ScaleTick(f"{100 * at:g}%", "start" if at <= 0 else "end" if at >= 1 else "middle", label)
        for at, label in ticks
    ]
