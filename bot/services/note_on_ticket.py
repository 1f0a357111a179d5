"""Notes something on a ticket for the other agents; the customer never sees it."""

from __future__ import annotations

from bot.core.ticket_work import EventKind, TicketEvent
from bot.services.change_ticket import Meant, change_ticket
from bot.services.queue_desk import Asked, QueueDesk
from bot.services.queue_ports import Change
from bot.services.written_words import written_words


def note_on_ticket(desk: QueueDesk, asked: Asked, typed: str) -> None:
    """Keep the words in the ticket's history.

    Raises ``UnusableWords``, ``UnknownTicket``, ``ChangedMeanwhile``, ``Unavailable``.
    """
    words = written_words(typed)
    noted = TicketEvent(EventKind.NOTE, desk.clock.now(), asked.by, words, key=asked.key)
    change_ticket(desk, asked, Meant(EventKind.NOTE, words), lambda kept: Change(kept.progress, (noted,)))
