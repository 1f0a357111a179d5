"""What working on tickets needs of the outside world: the queue, the tickets' histories, and the news about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.mails import Mail
from bot.core.ticket_deadlines import Cutoffs
from bot.core.ticket_queue import QueueFilter, StateGroup, Whose
from bot.core.ticket_work import Colleague, EventKind, Progress, TicketEvent
from bot.core.tickets import Ticket, TicketState


@dataclass(frozen=True)
class Place:
    """Where a ticket stands in the queue: the next page begins after it."""

    created_at: datetime
    reference: str


@dataclass(frozen=True)
class QueueRow:
    """A ticket as the queue shows it."""

    reference: str
    version: int
    topic: str
    name: str
    company: str
    beginning: str
    """The first words of the message."""
    created_at: datetime
    progress: Progress
    has_undelivered_mail: bool = False
    """A mail to the customer or to customer service was given up."""

    @property
    def place(self) -> Place:
        return Place(self.created_at, self.reference)


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue."""

    rows: tuple[QueueRow, ...]
    before: Place | None = None
    """There are tickets before this place."""
    after: Place | None = None
    """There are tickets after this place."""


@dataclass(frozen=True)
class QueueCounts:
    """How many tickets each choice would show, the other choices staying as they are."""

    groups: Mapping[StateGroup, int]
    whose: Mapping[Whose, int]
    late: int


@dataclass(frozen=True)
class Question:
    """What is asked of the queue, by whom, and what counts as late now."""

    wanted: QueueFilter
    agent: str
    cutoffs: Cutoffs


class Queue(Protocol):
    """The tickets of the promotion, by age."""

    def page(
        self, question: Question, most: int, *, after: Place | None = None, before: Place | None = None
    ) -> QueuePage:
        """So many tickets at most, after or before a place or from the start. Raises ``Unavailable``."""

    def counts(self, question: Question) -> QueueCounts:
        """Raises ``Unavailable``."""

    def arrived(self, question: Question, since: int) -> int:
        """How many of the tickets asked for were opened by events after this position. Raises ``Unavailable``."""


@dataclass(frozen=True)
class Thread:
    """The mails to the customer so far, which an answer follows on."""

    subject: str = ""
    """The first mail's; empty if there was none."""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class WorkedTicket:
    """A ticket with all that has become of it; ``version`` grows with every change."""

    reference: str
    version: int
    ticket: Ticket
    progress: Progress
    events: tuple[TicketEvent, ...] = ()
    """In the order in which they happened."""
    thread: Thread = field(default_factory=Thread)


@dataclass(frozen=True)
class Change:
    """One change of a ticket: how far it comes, what is noted of it, and the mail that leaves by it."""

    progress: Progress
    events: tuple[TicketEvent, ...]
    """The mail belongs to the last one."""
    mail: Mail | None = None


class TicketWork(Protocol):
    """Tickets as agents work on them."""

    def find(self, reference: str) -> WorkedTicket | None:
        """The ticket, or None. Raises ``Unavailable``."""

    def change(self, kept: WorkedTicket, change: Change, at: datetime) -> bool:
        """Keep all of a change or nothing.

        False if the ticket was changed since it was read, or the key of an event was used before. Raises ``Unavailable``.
        """


@dataclass(frozen=True)
class News:
    """An event as the queue is told of it: nothing the customer wrote."""

    position: int
    reference: str
    kind: EventKind
    by: Colleague | None
    state: TicketState
    assignee: Colleague | None
    """State and assignee as they are now."""


class QueueNews(Protocol):
    """The events of all tickets of the promotion, in the order in which they are kept."""

    def last(self) -> int:
        """The latest position; 0 without any. Raises ``Unavailable``."""

    def since(self, position: int, most: int) -> Sequence[News]:
        """The events after a position, so many at most. Raises ``Unavailable``."""
