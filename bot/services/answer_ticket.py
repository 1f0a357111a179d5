"""Answers a ticket by mail: the mail, the history and the new state are kept together or not at all."""

from __future__ import annotations

from bot.core.ticket_work import EventKind, TicketEvent
from bot.core.tickets import TicketState
from bot.services.change_ticket import Meant, change_ticket
from bot.services.queue_desk import Asked, QueueDesk
from bot.services.queue_ports import Change, WorkedTicket
from bot.services.written_words import written_words


def answer_ticket(desk: QueueDesk, asked: Asked, typed: str, state: TicketState) -> None:
    """Send the words to the customer, once, and leave the ticket in ``state``.

    Raises ``UnusableWords``, ``ForbiddenTransition``, ``UnknownTicket``, ``ChangedMeanwhile``, ``Unavailable``.
    """
    words = written_words(typed)

    def change(kept: WorkedTicket) -> Change:
        at = desk.clock.now()
        progress = kept.progress.answered(state, at, asked.by)
        answered = TicketEvent(
            EventKind.ANSWERED, at, asked.by, words, before=kept.progress.state, after=state, key=asked.key
        )
        taken = TicketEvent(EventKind.ASSIGNED, at, asked.by, to=asked.by)
        events = (answered,) if kept.progress.assignee else (taken, answered)
        return Change(progress, events, desk.composer(kept, words))

    if change_ticket(desk, asked, Meant(EventKind.ANSWERED, words, after=state), change):
        desk.audit.note(asked.agent, "ticket_answered", asked.reference, "queue", desk.clock.now())
