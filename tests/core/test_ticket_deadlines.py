"""December 2023: the 11th is a Monday."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ticket_deadlines import Deadlines, Lateness, working_days_before
from bot.core.tickets import TicketState

ZONE = ZoneInfo("Europe/Copenhagen")
DEADLINES = Deadlines(answer_working_days=2, close_waiting_days=14)


def december(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2023, 12, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "days", "earlier"),
    [
        (december(13), 2, december(11)),
        (december(12), 2, december(8)),
        (december(11), 2, december(7)),
        (december(11), 1, december(8)),
        # On a weekend it is as late as on Friday's last moment.
        (december(16, 23), 1, december(15, 0)),
        (december(17, 23), 2, december(14, 0)),
        (december(15), 5, december(8)),
        (december(15), 12, datetime(2023, 11, 29, 10, tzinfo=ZONE)),
        (december(14), 0, december(14)),
    ],
)
def test_working_days_are_counted_back_from_monday_to_friday(now: datetime, days: int, earlier: datetime) -> None:
    assert working_days_before(now, days) == earlier


def test_a_change_to_summer_time_does_not_move_the_hour() -> None:
    assert working_days_before(datetime(2023, 3, 27, 9, tzinfo=ZONE), 1) == datetime(2023, 3, 24, 9, tzinfo=ZONE)


@given(
    now=st.datetimes(datetime(2023, 1, 1), datetime(2024, 12, 31)),
    later=st.timedeltas(timedelta(0), timedelta(days=9)),
    days=st.integers(0, 30),
)
def test_what_is_overdue_once_stays_so(now: datetime, later: timedelta, days: int) -> None:
    moment = now.replace(tzinfo=ZONE)
    assert working_days_before(moment, days) <= working_days_before(moment + later, days) <= moment + later


@pytest.mark.parametrize(
    ("arrived", "now", "is_late"),
    [
        (december(11), december(13, 9, 59), False),
        (december(11), december(13, 10, 1), True),
        (december(14, 16), december(17, 16), False),
        (december(14, 16), december(18, 15), False),
        (december(14, 16), december(18, 17), True),
        # What came on a weekend counts from Monday morning.
        (december(16), december(19, 23), False),
        (december(16), december(20, 1), True),
    ],
)
@pytest.mark.parametrize("state", [TicketState.NEW, TicketState.OPEN])
def test_a_ticket_is_overdue_after_two_working_days(
    arrived: datetime, now: datetime, is_late: bool, state: TicketState
) -> None:
    lateness = DEADLINES.cutoffs(now).lateness(state, arrived)
    assert lateness is (Lateness.OVERDUE if is_late else Lateness.NOTHING)


def test_what_waits_for_the_customer_is_to_be_closed_after_two_weeks() -> None:
    cutoffs = DEADLINES.cutoffs(december(20))
    assert cutoffs.lateness(TicketState.WAITING, december(6, 11)) is Lateness.NOTHING
    assert cutoffs.lateness(TicketState.WAITING, december(6, 9)) is Lateness.TO_BE_CLOSED


@pytest.mark.parametrize("state", [TicketState.RESOLVED, TicketState.SPAM])
def test_what_is_settled_is_never_late(state: TicketState) -> None:
    assert DEADLINES.cutoffs(december(20)).lateness(state, datetime(2020, 1, 1, tzinfo=ZONE)) is Lateness.NOTHING
