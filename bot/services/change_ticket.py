"""Changes a ticket once for each form, and never over somebody else's change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.ticket_work import EventKind, TicketEvent
from bot.core.tickets import TicketState, is_ticket_reference
from bot.services.ports import InvalidInput
from bot.services.queue_desk import Asked, QueueDesk
from bot.services.queue_ports import Change, WorkedTicket


class UnknownTicket(InvalidInput):
    """There is no such ticket."""

    def __init__(self, reference: str) -> None:
        super().__init__(f"there is no ticket {reference}")


class ChangedMeanwhile(InvalidInput):
    """Somebody else has changed the ticket since it was looked at; ``kept`` is how it stands, ``since`` what happened."""

    def __init__(self, kept: WorkedTicket, looked_at: int) -> None:
        super().__init__(f"somebody else has changed {kept.reference} meanwhile; look at it again")
        self.kept = kept
        self.since = tuple(event for event in kept.events if event.version > looked_at)


@dataclass(frozen=True)
class Meant:
    """What tells one form's event from another's under the same key: what was edited after it was sent is not done yet."""

    kind: EventKind
    words: str = ""
    after: TicketState | None = None
    to: str = ""
    """An agent's id."""

    def is_done_by(self, event: TicketEvent) -> bool:
        """Whether this is the event that was meant."""
        if (event.kind, event.text) != (self.kind, self.words):
            return False
        return self.after in (None, event.after) and self.to in ("", event.to.id if event.to else None)


def change_ticket(desk: QueueDesk, asked: Asked, meant: Meant, make: Callable[[WorkedTicket], Change]) -> bool:
    """Keep the change that ``make`` makes of the ticket as it was looked at; False for a form that was done before.

    Raises ``UnknownTicket``, ``ChangedMeanwhile``, ``Unavailable``, and what ``make`` raises.
    """
    kept = find_ticket(desk, asked.reference)
    if kept.version == asked.version:
        if desk.work.change(kept, make(kept), desk.clock.now()):
            return True
        kept = find_ticket(desk, asked.reference)
    own = [event for event in kept.events if event.key == asked.key and event.by == asked.by]
    if not any(map(meant.is_done_by, own)):
        raise ChangedMeanwhile(kept, asked.version)
    return False


def find_ticket(desk: QueueDesk, reference: str) -> WorkedTicket:
    """The ticket as it stands. Raises ``UnknownTicket``, ``Unavailable``."""
    kept = desk.work.find(reference) if is_ticket_reference(reference) else None
    if kept is None:
        raise UnknownTicket(reference)
    return kept
