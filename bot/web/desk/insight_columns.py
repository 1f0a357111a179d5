"""What all plots with days from left to right have: columns, dates, the turns of the promotion, a table by days."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from bot.core.periods import Step
from bot.core.phase_marks import PhaseMark
from bot.core.plots import DayAxis, Line, Point, Tick, bars, height_of, labels, percent, ticks_up_to
from bot.services.measure_desk import Insights
from bot.web.desk.insight_views import Cell, MarkLine, Table, TimePlot
from bot.web.desk.insight_words import column_label, column_note, column_words, mark_words

Stack = Sequence[tuple[str, int]]
"""The parts of a column by series, from the bottom up."""


def lettered(marks: Sequence[PhaseMark]) -> list[tuple[str, Sequence[PhaseMark]]]:
    """The marks of each day under one letter."""
    days = sorted({mark.day for mark in marks})
    return [(letter, [mark for mark in marks if mark.day == day]) for letter, day in zip(ascii_uppercase, days)]


def mark_list(marks: Sequence[PhaseMark]) -> list[tuple[str, str]]:
    """What each letter in the plots stands for."""
    return [(letter, "; ".join(map(mark_words, group))) for letter, group in lettered(marks)]


def stacked_plot(insights: Insights, stacks: Sequence[Stack], words: dict[str, str]) -> TimePlot:
    """Parts on one another for each column; ``words`` says what each series is called in a sentence."""
    totals = [sum(value for _, value in stack) for stack in stacks]
    parts = [", ".join(f"{value:,} {words[series]}" for series, value in stack if value) for stack in stacks]
    return day_plot(
        insights,
        ticks_up_to(max(totals, default=0)),
        readings=[part or "none" for part in parts],
        stacks=stacks,
    )


def day_plot(
    insights: Insights,
    values: Sequence[int],
    *,
    readings: Sequence[str],
    stacks: Sequence[Stack] = (),
    ticks: Sequence[Tick] = (),
    lines: Sequence[Line] = (),
    points: Sequence[Point] = (),
) -> TimePlot:
    """The plot with everything that all of them have; ``values`` are the numbers on its scale."""
    axis, columns = DayAxis(insights.period), insights.columns
    open_ones = [place for place, column in enumerate(columns) if not column.is_over]
    return TimePlot(
        bars=bars(axis, columns, stacks or [()] * len(columns), values[-1]),
        readings=[f"{column_words(column)}: {reading}" for column, reading in zip(columns, readings)],
        ticks=ticks or [Tick(height_of(value, values[-1]), f"{value:,}") for value in values],
        labels=labels(
            axis, columns, [column_label(column, is_month=insights.step is Step.MONTH) for column in columns]
        ),
        marks=[
            MarkLine(percent(axis.end(group[0].day) if group[0].is_at_the_end else axis.begin(group[0].day)), letter)
            for letter, group in lettered(insights.marks)
        ],
        open_column=open_ones[0] if open_ones else None,
        lines=lines,
        points=points,
    )


def day_table(insights: Insights, headings: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Table:
    """The rows with the days they are of."""
    days = [
        (column.first.isoformat(), column.last.isoformat(), *row, column_note(column))
        for column, row in zip(insights.columns, rows)
    ]
    return Table(("From", "To", *headings, "Note"), days)
