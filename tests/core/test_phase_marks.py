"""Which dates of the promotion are marked, and how."""

from __future__ import annotations

from datetime import date

from bot.core.periods import Period
from bot.core.phase_marks import Turn, phase_marks
from tests.promotions import lenovo_like, undisputed


def test_every_reading_of_a_date_is_marked_and_said_to_be_one() -> None:
    marks = phase_marks(lenovo_like(), Period(date(2023, 11, 1), date(2024, 2, 1)))
    assert [(mark.day, mark.turn, mark.is_disputed) for mark in marks] == [
        (date(2023, 11, 30), Turn.PURCHASES_END, True),
        (date(2023, 12, 31), Turn.PURCHASES_END, True),
        (date(2023, 12, 31), Turn.CLAIMS_END, True),
        (date(2024, 1, 31), Turn.CLAIMS_END, True),
    ]


def test_only_what_lies_in_the_period_is_marked() -> None:
    assert phase_marks(lenovo_like(), Period(date(2023, 12, 1), date(2023, 12, 30))) == []
    (begin,) = phase_marks(undisputed(), Period(date(2025, 3, 3), date(2025, 3, 3)))
    assert (begin.turn, begin.is_disputed, begin.is_at_the_end) == (Turn.PURCHASES_BEGIN, False, False)
