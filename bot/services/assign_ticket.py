"""Gives a ticket to an agent, or takes it from whoever has it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.agents import Agent
from bot.core.ticket_work import Colleague, EventKind, TicketEvent
from bot.services.change_ticket import Meant, change_ticket
from bot.services.ports import InvalidInput
from bot.services.queue_desk import Asked, QueueDesk
from bot.services.queue_ports import Change, WorkedTicket


def assign_ticket(desk: QueueDesk, asked: Asked, to: str) -> None:
    """Give the ticket to the agent with this id; a new one is open by it.

    Raises ``InvalidInput`` for somebody who is not in the team, ``UnknownTicket``, ``ChangedMeanwhile``, ``Unavailable``.
    """
    colleague = _member(desk, to)

    def change(kept: WorkedTicket) -> Change:
        before, progress = kept.progress.state, kept.progress.assigned_to(colleague)
        event = TicketEvent(EventKind.ASSIGNED, desk.clock.now(), asked.by, to=colleague, key=asked.key)
        if progress.state is not before:
            event = replace(event, before=before, after=progress.state)
        return Change(progress, (event,))

    change_ticket(desk, asked, Meant(EventKind.ASSIGNED, to=to), change)


def release_ticket(desk: QueueDesk, asked: Asked) -> None:
    """Leave the ticket to whoever takes it next. Raises ``UnknownTicket``, ``ChangedMeanwhile``, ``Unavailable``."""

    def change(kept: WorkedTicket) -> Change:
        event = TicketEvent(EventKind.RELEASED, desk.clock.now(), asked.by, key=asked.key)
        return Change(kept.progress.released(), (event,))

    change_ticket(desk, asked, Meant(EventKind.RELEASED), change)


def _member(desk: QueueDesk, id: str) -> Colleague:
    found: Agent | None = next((agent for agent in desk.team() if agent.id == id and not agent.is_disabled), None)
    if found is None:
        raise InvalidInput("there is no such agent, or their account is disabled")
    return Colleague(found.id, found.name)
