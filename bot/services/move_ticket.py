"""Moves a ticket to another state, by the rules and not over somebody else's change."""

from __future__ import annotations

from bot.core.ticket_work import EventKind, TicketEvent
from bot.core.tickets import TicketState
from bot.services.change_ticket import Meant, change_ticket
from bot.services.queue_desk import Asked, QueueDesk
from bot.services.queue_ports import Change, WorkedTicket


def move_ticket(desk: QueueDesk, asked: Asked, state: TicketState) -> None:
    """Resolve a ticket, open it again, take it for spam, or whatever else its state allows.

    Raises ``ForbiddenTransition``, ``UnknownTicket``, ``ChangedMeanwhile``, ``Unavailable``.
    """

    def change(kept: WorkedTicket) -> Change:
        at = desk.clock.now()
        moved = TicketEvent(EventKind.STATE, at, asked.by, before=kept.progress.state, after=state, key=asked.key)
        return Change(kept.progress.moved_to(state, at), (moved,))

    change_ticket(desk, asked, Meant(EventKind.STATE, after=state), change)
