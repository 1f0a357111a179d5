"""What becomes of a ticket at the desk: whose turn it is, who has it, and everything that has happened to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.core.mails import MailProgress
from bot.core.tickets import ForbiddenTransition, TicketState, check_move

AFTER_AN_ANSWER = (TicketState.WAITING, TicketState.RESOLVED)
"""Where an answer leaves a ticket, by the agent's choice."""


class EventKind(str, Enum):
    """What has happened to a ticket."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    RELEASED = "released"
    NOTE = "note"
    ANSWERED = "answered"
    STATE = "state"


@dataclass(frozen=True)
class Colleague:
    """An agent as a ticket remembers them: by id, and by the name they had then."""

    id: str
    name: str


@dataclass(frozen=True)
class TicketEvent:
    """One thing that happened; without ``by`` the customer or the desk itself has done it."""

    kind: EventKind
    at: datetime
    by: Colleague | None = None
    text: str = ""
    """The words of a note or an answer, as they were typed."""
    before: TicketState | None = None
    after: TicketState | None = None
    """The states before and after it, where it changed the state."""
    to: Colleague | None = None
    """Who has the ticket by it."""
    key: str = ""
    """Names the form it was sent with: the same form is done once."""
    position: int = 0
    """Grows through all tickets' events in the order in which they are kept; 0 before that."""
    version: int = 1
    """The ticket's version by it."""
    mails: tuple[MailProgress, ...] = ()
    """The mails that left because of it, and how far they are."""


@dataclass(frozen=True)
class Progress:
    """How far a ticket has come."""

    state: TicketState
    turn_since: datetime
    """Since when it is the turn of whose turn it is: of the desk, or of the customer while it waits for them."""
    assignee: Colleague | None = None
    first_answered_at: datetime | None = None
    resolved_at: datetime | None = None
    """Empty again once it was opened anew."""

    def assigned_to(self, colleague: Colleague) -> Progress:
        """A new ticket is open as soon as somebody has it."""
        state = TicketState.OPEN if self.state is TicketState.NEW else self.state
        return replace(self, state=state, assignee=colleague)

    def released(self) -> Progress:
        """Nobody has it; it stays in its state."""
        return replace(self, assignee=None)

    def moved_to(self, state: TicketState, at: datetime) -> Progress:
        """Raises ``ForbiddenTransition`` naming the states it can go to."""
        check_move(self.state, state)
        return self._in(state, at)

    def answered(self, state: TicketState, at: datetime, by: Colleague) -> Progress:
        """An answer takes up a ticket of any state but spam, and gives it to who answers if nobody has it.

        Raises ``ForbiddenTransition``.
        """
        if self.state is TicketState.SPAM or state not in AFTER_AN_ANSWER:
            raise ForbiddenTransition(f"a ticket that is {self.state.value} cannot be {state.value} by an answer")
        first = self.first_answered_at or at
        return replace(self._in(state, at), first_answered_at=first, assignee=self.assignee or by)

    def _in(self, state: TicketState, at: datetime) -> Progress:
        """Whoever has waited for the desk waits on when the ticket is looked at, or was taken for spam by mistake."""
        is_unsettled = self.state in (TicketState.NEW, TicketState.OPEN, TicketState.SPAM)
        goes_on = is_unsettled and state in (TicketState.OPEN, TicketState.SPAM)
        return replace(
            self,
            state=state,
            turn_since=self.turn_since if goes_on else at,
            resolved_at=at if state is TicketState.RESOLVED else None,
        )
