"""Tickets as agents work on them, in the desk database: each change with its history and its mail in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine, RowMapping
from sqlalchemy.exc import IntegrityError

from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.outbox import add_to_outbox, progress_of
from bot.adapters.sql.ticket_events import add_events, colleague_of, event_of
from bot.adapters.sql.ticket_tables import outbox, ticket_events, tickets, uploads
from bot.adapters.sql.tickets import ticket_of
from bot.adapters.sql.uploads import file_of
from bot.core.mails import MailKind
from bot.core.ticket_work import EventKind, Progress, TicketEvent
from bot.core.tickets import TicketState
from bot.services.queue_ports import Change, Thread, WorkedTicket

_TO_THE_CUSTOMER = (MailKind.CONFIRMATION.value, MailKind.ANSWER.value)


class SqlTicketWork:
    """The ``TicketWork`` port over SQL, for the tickets of one promotion."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def find(self, reference: str) -> WorkedTicket | None:
        own = select(tickets).where(tickets.c.reference == reference, tickets.c.promotion == self._promotion)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            # First: should the rest be newer, its version is told to be old, and nothing is written over it.
            row = connection.execute(own).mappings().first()
            return _worked(connection, row) if row else None

    def change(self, kept: WorkedTicket, change: Change, at: datetime) -> bool:
        with told_as_unavailable("desk"):
            try:
                with self._engine.begin() as connection:
                    return _changed(connection, kept, change, at)
            except IntegrityError:  # the key of the form was used meanwhile
                return False


def progress_columns(progress: Progress) -> dict[str, object]:
    """How far a ticket is, as its row has it."""
    return {
        "state": progress.state.value,
        "turn_since": progress.turn_since,
        "assignee_id": progress.assignee.id if progress.assignee else None,
        "assignee_name": progress.assignee.name if progress.assignee else None,
        "first_answered_at": progress.first_answered_at,
        "resolved_at": progress.resolved_at,
    }


def ticket_progress(row: RowMapping) -> Progress:
    """How far the ticket of a row is."""
    return Progress(
        state=TicketState(row["state"]),
        turn_since=row["turn_since"],
        assignee=colleague_of(row["assignee_id"], row["assignee_name"]),
        first_answered_at=row["first_answered_at"],
        resolved_at=row["resolved_at"],
    )


def _changed(connection: Connection, kept: WorkedTicket, change: Change, at: datetime) -> bool:
    version = kept.version + 1
    own = update(tickets).where(tickets.c.reference == kept.reference, tickets.c.version == kept.version)
    columns = progress_columns(change.progress)
    if not connection.execute(own.values(version=version, changed_at=at, **columns)).rowcount:
        return False
    # Mails are due by the real time, whatever day the desk acts on.
    mails = [change.mail] if change.mail else []
    numbers = add_to_outbox(connection, kept.reference, mails, datetime.now(timezone.utc))
    add_events(connection, kept.reference, version, change.events, mail=numbers[0] if numbers else None)
    return True


def _worked(connection: Connection, row: RowMapping) -> WorkedTicket:
    reference = row["reference"]
    files = select(uploads).where(uploads.c.ticket == reference).order_by(uploads.c.position)
    sent = select(outbox).where(outbox.c.ticket == reference).order_by(outbox.c.id)
    history = select(ticket_events).where(ticket_events.c.ticket == reference).order_by(ticket_events.c.position)
    mails = list(connection.execute(sent).mappings())
    return WorkedTicket(
        reference=reference,
        version=row["version"],
        ticket=ticket_of(row, [file_of(file) for file in connection.execute(files).mappings()]),
        progress=ticket_progress(row),
        events=tuple(_with_mails(event, mails) for event in connection.execute(history).mappings()),
        thread=_thread(mails),
    )


def _with_mails(event: RowMapping, mails: Sequence[RowMapping]) -> TicketEvent:
    """The event with the mails that left by it: the automatic ones when the ticket was opened, an answer by its number."""
    if event["kind"] == EventKind.OPENED.value:
        own = [mail for mail in mails if mail["kind"] != MailKind.ANSWER.value]
    else:
        own = [mail for mail in mails if mail["id"] == event["mail"]]
    return replace(event_of(event), mails=tuple(map(progress_of, own)))


def _thread(mails: Sequence[RowMapping]) -> Thread:
    to_the_customer = [mail for mail in mails if mail["kind"] in _TO_THE_CUSTOMER]
    if not to_the_customer:
        return Thread()
    subject = to_the_customer[0]["subject"]
    return Thread(subject.removeprefix("Re: "), tuple(mail["message_id"] for mail in to_the_customer))
