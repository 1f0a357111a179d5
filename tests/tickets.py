"""Tickets for tests of the queue: opened as customers open them, over a real database, with agents to work on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.file_store import FolderStore
from bot.adapters.replies_file import read_wording
from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.audit import SqlAudit
from bot.adapters.sql.ticket_events import SqlQueueNews
from bot.adapters.sql.ticket_queue import SqlQueue
from bot.adapters.sql.ticket_work import SqlTicketWork
from bot.adapters.sql.tickets import SqlTickets
from bot.core.agents import Agent, Role
from bot.core.conversations import new_id
from bot.core.ticket_deadlines import Deadlines
from bot.core.tickets import Ticket
from bot.services.compose_answer import AnswerComposer
from bot.services.compose_mails import MailComposer
from bot.services.queue_desk import Asked, QueueDesk
from bot.services.queue_ports import WorkedTicket
from tests.fakes import FakeClock
from tests.promotions import lenovo_like

PROMOTION = lenovo_like()
NOW = datetime(2023, 12, 15, 10, 0, tzinfo=PROMOTION.time_zone)
"""A Friday."""
ANNA = Agent("anna-id", "anna@desk.example", "Anna Holm", Role.AGENT)
BO = Agent("bo-id", "bo@desk.example", "Bo Lund", Role.AGENT)
GONE = Agent("gone-id", "gone@desk.example", "Gone Away", Role.AGENT, is_disabled=True)
TICKET = Ticket(PROMOTION.key, "c1", "Ane Birk", "ane@birkvik.example", "Where is my money?", NOW, topic="My claim")
WORDING = read_wording(Path(__file__).parents[1] / "faq" / "replies")


@dataclass
class Desk:
    """A queue over a database, and how customers and agents use it."""

    engine: Engine
    folder: Path
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    team: Sequence[Agent] = (ANNA, BO, GONE)

    @property
    def queue(self) -> QueueDesk:
        return QueueDesk(
            queue=SqlQueue(self.engine, PROMOTION.key),
            work=SqlTicketWork(self.engine, PROMOTION.key),
            news=SqlQueueNews(self.engine, PROMOTION.key),
            files=FolderStore(self.folder),
            composer=AnswerComposer(WORDING, PROMOTION, "support@desk.test", "no-reply@desk.test"),
            audit=SqlAudit(self.engine),
            clock=self.clock,
            deadlines=Deadlines(2, 14),
            topics=("My claim", "Payment"),
            team=lambda: self.team,
        )

    def open(self, ago: timedelta = timedelta(0), **given: object) -> str:
        """A ticket that a customer opened so long ago; its reference."""
        ticket = replace(TICKET, **{"at": self.clock.now() - ago, **given})
        composer = MailComposer(WORDING, PROMOTION, "support@desk.test", "no-reply@desk.test")
        return SqlTickets(self.engine).open(ticket, new_id(), lambda reference: composer(reference, ticket))

    def find(self, reference: str) -> WorkedTicket:
        kept = self.queue.work.find(reference)
        assert kept is not None
        return kept

    def asked(self, agent: Agent, reference: str, version: int = 0, key: str = "") -> Asked:
        """What a form of this agent asks for, who has just looked at the ticket."""
        return Asked(agent, reference, version or self.find(reference).version, key or new_id())

    def audited(self) -> list[tuple[str, str, str]]:
        """Who did what to what, in order."""
        noted = select(audit.c.agent_name, audit.c.action, audit.c.subject).order_by(audit.c.position)
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(noted)]
