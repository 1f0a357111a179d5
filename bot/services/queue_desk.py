"""Everything the ticket queue works with, and how a change of a ticket is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.agents import Agent
from bot.core.ticket_deadlines import Deadlines
from bot.core.ticket_work import Colleague
from bot.services.compose_answer import AnswerComposer
from bot.services.console_ports import Audit
from bot.services.ports import Clock
from bot.services.queue_ports import Queue, QueueNews, TicketWork
from bot.services.ticket_ports import FileStore


@dataclass(frozen=True)
class QueueDesk:
    """The ports and rules of the queue."""

    queue: Queue
    work: TicketWork
    news: QueueNews
    files: FileStore
    composer: AnswerComposer
    audit: Audit
    clock: Clock
    deadlines: Deadlines
    topics: Sequence[str]
    """What a ticket can be about."""
    team: Callable[[], Sequence[Agent]]
    """Everybody who can be given a ticket. Raises ``Unavailable``."""


@dataclass(frozen=True)
class Asked:
    """What an agent asks for: which ticket, in which version it was looked at, and the form's own name."""

    agent: Agent
    reference: str
    version: int
    key: str
    """The same form sent twice is done once."""

    @property
    def by(self) -> Colleague:
        return Colleague(self.agent.id, self.agent.name)
