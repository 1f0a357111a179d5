"""How figures of insights are said: counts, shares with what chance leaves open, times, days."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.insights import Outcome
from bot.core.periods import Column
from bot.core.phase_marks import PhaseMark, Turn
from bot.core.proportions import Share
from bot.core.wording import MONTHS, long_date

NO_BREAK = "\N{NO-BREAK SPACE}"
OUTCOMES = {
    Outcome.ANSWERED: "Answered",
    Outcome.LOOKED_UP: "Looked up",
    Outcome.SUGGESTED: "Offered a choice",
    Outcome.HANDED_OFF: "Handed off",
    Outcome.NONE: "No answer",
    Outcome.TALK: "Small talk",
}
REASONS = {
    "wrong": "Wrong",
    "out_of_date": "Out of date",
    "not_understood": "Not understood",
    "not_my_case": "Not my case",
}
_TURNS = {
    Turn.PURCHASES_BEGIN: "first day of purchases",
    Turn.PURCHASES_END: "last day of purchases",
    Turn.CLAIMS_END: "last day of claims",
}
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def counted(count: int, thing: str, things: str = "") -> str:
    """``1 ticket``, ``1,200 tickets``."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def percent_words(value: float) -> str:
    """``61 %``, kept on one line."""
    return f"{round(100 * value)}{NO_BREAK}%"


def share_words(share: Share) -> str:
    """The share with its interval, or only its counts where they are too few."""
    of = f"{share.part:,} of {share.whole:,}"
    if not share.whole:
        return "none yet"
    if not share.is_enough:
        return f"{of}: too few to judge"
    low, high = share.interval
    return f"{percent_words(share.value)} ({of}; likely {round(100 * low)} to {percent_words(high)})"


def time_words(length: timedelta) -> str:
    """``25 minutes``, ``7 hours``, ``2.5 days``; as exact as it is useful."""
    if length < _HOUR:
        return counted(round(length / _MINUTE), "minute")
    if length < 2 * _DAY:
        return counted(round(length / _HOUR), "hour")
    return f"{round(length / _DAY, 1):g} days"


def tick_words(length: timedelta) -> str:
    """A round time under a scale: ``0``, ``4 h``, ``2 d``."""
    if not length:
        return "0"
    return f"{length / _DAY:g} d" if length >= 2 * _DAY else f"{length / _HOUR:g} h"


def short_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def column_label(column: Column, *, is_month: bool) -> str:
    """What stands under a column: its first day, or its month."""
    return f"{MONTHS[column.first.month - 1][:3]} {column.first:%y}" if is_month else short_day(column.first)


def column_words(column: Column) -> str:
    """The days of a column, and whether more can come."""
    days = short_day(column.first)
    if column.last != column.first:
        days = f"{days} – {short_day(column.last)}"
    return days if column.is_over else f"{days} (not over)"


def column_note(column: Column) -> str:
    """What keeps a column from being compared with its neighbours."""
    notes = ["" if column.is_over else "not over yet", "" if column.is_whole else "only a part"]
    return ", ".join(filter(None, notes))


def mark_words(mark: PhaseMark) -> str:
    """``30 November 2023: last day of purchases, by one of the page's two readings``."""
    reading = ", by one reading of the page" if mark.is_disputed else ""
    return f"{long_date(mark.day)}: {_TURNS[mark.turn]}{reading}"
