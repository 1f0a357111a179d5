"""The histories of tickets in the desk database, and the news they are to whoever watches the queue."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, select, text
from sqlalchemy.engine import Connection, Engine, RowMapping

from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_tables import ticket_events as table
from bot.adapters.sql.ticket_tables import tickets
from bot.core.ticket_work import Colleague, EventKind, TicketEvent
from bot.core.tickets import TicketState
from bot.services.queue_ports import News

_LOCK = 7_305_404
"""Its neighbours are those of migrations and of the outbox's worker."""

# Such a lock belongs to the database; two desks may share one, each in a schema of its own.
_TAKE = "SELECT pg_advisory_xact_lock(CAST(:lock AS integer), hashtext(current_schema()))"


def keep_in_order(connection: Connection) -> None:
    """From here to the end of the transaction no other one numbers tickets or events.

    PostgreSQL gives out numbers before the transactions that take them are over. Under this lock they become visible in
    their order: who has read up to one event has missed nothing before it. Whoever holds it must wait for nobody who
    may wait for it. SQLite has one writer at a time anyhow.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(_TAKE), {"lock": _LOCK})


def add_events(
    connection: Connection, ticket: str, version: int, events: Sequence[TicketEvent], mail: int | None = None
) -> None:
    """Keep what happened, at the end of the transaction that made it so; a mail belongs to the last event."""
    keep_in_order(connection)
    for event in events:
        of_event = mail if event is events[-1] else None
        connection.execute(insert(table).values(ticket=ticket, version=version, mail=of_event, **_columns(event)))


def event_of(row: RowMapping) -> TicketEvent:
    """The event that a row tells of, without its mails."""
    return TicketEvent(
        kind=EventKind(row["kind"]),
        at=row["at"],
        by=colleague_of(row["agent_id"], row["agent_name"]),
        text=row["text"],
        before=TicketState(row["state_before"]) if row["state_before"] else None,
        after=TicketState(row["state_after"]) if row["state_after"] else None,
        to=colleague_of(row["to_id"], row["to_name"]),
        key=row["key"] or "",
        position=row["position"],
        version=row["version"],
    )


def colleague_of(id: str | None, name: str | None) -> Colleague | None:
    """The agent whom two columns name, if they do."""
    return Colleague(id, name or "") if id else None


class SqlQueueNews:
    """The ``QueueNews`` port over SQL, for the tickets of one promotion."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def last(self) -> int:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return int(connection.execute(select(func.max(table.c.position))).scalar_one() or 0)

    def since(self, position: int, most: int) -> Sequence[News]:
        now = (tickets.c.state, tickets.c.assignee_id, tickets.c.assignee_name)
        events = (
            select(table.c.position, table.c.ticket, table.c.kind, table.c.agent_id, table.c.agent_name, *now)
            .join(tickets, tickets.c.reference == table.c.ticket)
            .where(table.c.position > position, tickets.c.promotion == self._promotion)
            .order_by(table.c.position)
            .limit(most)
        )
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return [_news(row) for row in connection.execute(events).mappings()]


def _columns(event: TicketEvent) -> dict[str, object]:
    return {
        "at": event.at,
        "kind": event.kind.value,
        "agent_id": event.by.id if event.by else None,
        "agent_name": event.by.name if event.by else None,
        "to_id": event.to.id if event.to else None,
        "to_name": event.to.name if event.to else None,
        "text": event.text,
        "state_before": event.before.value if event.before else None,
        "state_after": event.after.value if event.after else None,
        "key": event.key or None,
    }


def _news(row: RowMapping) -> News:
    return News(
        position=row["position"],
        reference=row["ticket"],
        kind=EventKind(row["kind"]),
        by=colleague_of(row["agent_id"], row["agent_name"]),
        state=TicketState(row["state"]),
        assignee=colleague_of(row["assignee_id"], row["assignee_name"]),
    )
