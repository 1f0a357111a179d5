"""Tickets in the desk database, numbered through within a year, each with its files and mails in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timezone

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection, Engine, RowMapping
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql import Select

from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.outbox import add_to_outbox
from bot.adapters.sql.ticket_events import add_events, keep_in_order
from bot.adapters.sql.ticket_tables import tickets, uploads
from bot.adapters.sql.uploads import file_of
from bot.core.conversations import TranscriptLine
from bot.core.mails import Mail
from bot.core.ticket_queue import searched_text
from bot.core.ticket_work import EventKind, TicketEvent
from bot.core.tickets import GivenAnswer, Ticket, TicketFile, TicketState, ticket_reference
from bot.services.ports import Unavailable
from bot.services.ticket_ports import KeptTicket

ATTEMPTS = 20
"""How often a number is drawn anew because another ticket took it in the same moment."""
_AS_THEY_ARE = ("promotion", "topic", "name", "email", "company", "claim_reference", "message", "lines_left_out")


class SqlTickets:
    """The ``Tickets`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, ticket: Ticket, form: str, mails: Callable[[str], Sequence[Mail]]) -> str:
        with told_as_unavailable("desk"):
            for _ in range(ATTEMPTS - 1):
                try:
                    return self._open_once(ticket, form, mails)
                except IntegrityError:
                    continue
            return self._open_once(ticket, form, mails)

    def sent_as(self, form: str) -> str | None:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            return _sent_as(connection, form)

    def of_conversation(self, conversation: str, since: datetime) -> list[KeptTicket]:
        own = (tickets.c.created_at >= since, tickets.c.conversation_id == conversation)
        return self._kept(select(tickets).where(*own).order_by(tickets.c.year, tickets.c.number))

    def find(self, reference: str) -> KeptTicket | None:
        return next(iter(self._kept(select(tickets).where(tickets.c.reference == reference))), None)

    def _kept(self, wanted: Select) -> list[KeptTicket]:
        """The tickets with their files; raises ``Unavailable``."""
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            rows = connection.execute(wanted).mappings().all()
            references = [row["reference"] for row in rows]
            files = select(uploads).where(uploads.c.ticket.in_(references)).order_by(uploads.c.position)
            attached = [(row["ticket"], file_of(row)) for row in connection.execute(files).mappings()]
        return [
            KeptTicket(name, row["version"], ticket_of(row, [file for ticket, file in attached if ticket == name]))
            for name, row in zip(references, rows)
        ]

    def _open_once(self, ticket: Ticket, form: str, mails: Callable[[str], Sequence[Mail]]) -> str:
        """Raises ``IntegrityError`` if the number, or this very form, was taken meanwhile."""
        with self._engine.begin() as connection:
            keep_in_order(connection)
            reference = _sent_as(connection, form)
            if reference is not None:
                return reference
            reference = _insert(connection, ticket, form)
            _attach(connection, ticket, form, reference)
            add_to_outbox(connection, reference, mails(reference), datetime.now(timezone.utc))
            add_events(connection, reference, 1, [TicketEvent(EventKind.OPENED, ticket.at)])
            return reference


def _sent_as(connection: Connection, form: str) -> str | None:
    sent = select(tickets.c.reference).where(tickets.c.form == form)
    reference: str | None = connection.execute(sent).scalars().first()
    return reference


def _insert(connection: Connection, ticket: Ticket, form: str) -> str:
    year = ticket.at.year
    last = connection.execute(select(func.max(tickets.c.number)).where(tickets.c.year == year)).scalar_one()
    number = (last or 0) + 1
    reference = ticket_reference(year, number)
    connection.execute(
        insert(tickets).values(
            reference=reference,
            year=year,
            number=number,
            conversation_id=ticket.conversation,
            form=form,
            state=ticket.state.value,
            version=1,
            transcript=[asdict(line) for line in ticket.transcript],
            answers=[asdict(answer) for answer in ticket.answers],
            created_at=ticket.at,
            changed_at=ticket.at,
            turn_since=ticket.at,
            searched=searched_text(reference, ticket),
            **{name: getattr(ticket, name) for name in _AS_THEY_ARE},
        )
    )
    return reference


def _attach(connection: Connection, ticket: Ticket, form: str, reference: str) -> None:
    """The files go from the form to the ticket; raises ``Unavailable`` if one is gone."""
    if not ticket.files:
        return
    own = update(uploads).where(
        uploads.c.form == form,
        uploads.c.ticket.is_(None),
        uploads.c.id.in_([file.id for file in ticket.files]),
    )
    if connection.execute(own.values(ticket=reference)).rowcount != len(ticket.files):
        raise Unavailable("the files of this form were changed while it was sent; send it once more")


def ticket_of(row: RowMapping, files: Sequence[TicketFile]) -> Ticket:
    """The ticket that a row tells of."""
    return Ticket(
        conversation=row["conversation_id"],
        at=row["created_at"],
        transcript=tuple(TranscriptLine(**line) for line in row["transcript"]),
        answers=tuple(GivenAnswer(**answer) for answer in row["answers"]),
        files=tuple(files),
        state=TicketState(row["state"]),
        **{name: row[name] for name in _AS_THEY_ARE},
    )
