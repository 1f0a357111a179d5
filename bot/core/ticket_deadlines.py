"""How long a ticket may wait: for the desk in working days, for the customer in days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import Enum

from bot.core.tickets import TicketState

TURN_OF_THE_DESK = (TicketState.NEW, TicketState.OPEN)
_SATURDAY = 5


class Lateness(str, Enum):
    """What is due with a ticket."""

    NOTHING = ""
    OVERDUE = "overdue"
    """The customer has waited too long for the desk."""
    TO_BE_CLOSED = "to_be_closed"
    """The desk has waited long enough for the customer."""


@dataclass(frozen=True)
class Cutoffs:
    """The moments that decide now what is late."""

    overdue: datetime
    """What waits for the desk since before this moment is overdue."""
    to_be_closed: datetime
    """What waits for the customer since before this moment is to be closed."""

    def lateness(self, state: TicketState, turn_since: datetime) -> Lateness:
        """What is due with a ticket of this state, whose turn began then."""
        if state in TURN_OF_THE_DESK and turn_since < self.overdue:
            return Lateness.OVERDUE
        if state is TicketState.WAITING and turn_since < self.to_be_closed:
            return Lateness.TO_BE_CLOSED
        return Lateness.NOTHING


@dataclass(frozen=True)
class Deadlines:
    """How long is too long."""

    answer_working_days: int
    """From Monday to Friday, in the promotion's time zone; public holidays are not known."""
    close_waiting_days: int

    def cutoffs(self, now: datetime) -> Cutoffs:
        """The moments for now, which is a moment in the promotion's time zone."""
        return Cutoffs(
            overdue=working_days_before(now, self.answer_working_days),
            to_be_closed=now - timedelta(days=self.close_waiting_days),
        )


def working_days_before(moment: datetime, days: int) -> datetime:
    """The moment so many working days earlier, by the clock on the wall; no time passes on a weekend."""
    earlier = moment
    if earlier.weekday() >= _SATURDAY:
        earlier = datetime.combine(
            earlier.date() - timedelta(days=earlier.weekday() - _SATURDAY), time(), moment.tzinfo
        )
    weeks, rest = divmod(days, 5)
    for _ in range(rest):
        earlier -= timedelta(days=1)
        while earlier.weekday() >= _SATURDAY:
            earlier -= timedelta(days=1)
    return earlier - timedelta(weeks=weeks)
