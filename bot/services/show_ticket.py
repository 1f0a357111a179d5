"""Shows a ticket, or one of its files, to an agent; who has seen it is noted."""

from __future__ import annotations

from pathlib import Path

from bot.core.agents import Agent
from bot.core.tickets import TicketFile
from bot.services.change_ticket import UnknownTicket, find_ticket
from bot.services.queue_desk import QueueDesk
from bot.services.queue_ports import WorkedTicket


def show_ticket(desk: QueueDesk, agent: Agent, reference: str) -> WorkedTicket:
    """The ticket as it stands. Raises ``UnknownTicket``, and ``Unavailable``, also if it cannot be noted who sees it."""
    kept = find_ticket(desk, reference)
    desk.audit.note(agent, "ticket_seen", reference, "queue", desk.clock.now())
    return kept


def show_file(desk: QueueDesk, agent: Agent, reference: str, id: str) -> tuple[TicketFile, Path]:
    """A file of this ticket and where it lies. Raises ``UnknownTicket`` if the ticket has no such file, ``Unavailable``."""
    file = next((file for file in find_ticket(desk, reference).ticket.files if file.id == id), None)
    if file is None:
        raise UnknownTicket(reference)
    desk.audit.note(agent, "ticket_file_seen", f"{reference} {file.name}", "queue", desk.clock.now())
    return file, desk.files.path(id)
