"""Everything the desk database holds about persons: one entry for each of its tables, to export from and to erase from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, insert, or_, select
from sqlalchemy.engine import Connection, Engine

from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.audited_persons import AuditEntries
from bot.adapters.sql.conversation_tables import conversations, feedback, messages, offered_buttons
from bot.adapters.sql.desk_tables import lookup_attempts, lookup_details
from bot.adapters.sql.gap_tables import gap_dismissals, proposal_tries, proposals
from bot.adapters.sql.identify_person import belongs_to, identify_person
from bot.adapters.sql.lookups import attempt_hash
from bot.adapters.sql.mentions import Mentions
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.quoted_words import QuotedWords
from bot.adapters.sql.removals import note_removals
from bot.adapters.sql.ticket_tables import outbox, ticket_events, tickets, uploads
from bot.core.erased_names import erased_name
from bot.core.keys import derive_key
from bot.services.privacy_ports import Mention, OpenRecords, Person, PersonalData, Place, Record

Where = Callable[[Person], Any]
_SESSIONS = ("session_hash", "earlier_session_hash")


class PersonalRows:
    """The ``PersonalData`` port over the rows of one table that belong to a person."""

    def __init__(self, connection: Connection, table: Table, where: Where, *, left_out: Collection[str] = ()) -> None:
        self.name = table.name
        self._connection = connection
        self._table = table
        self._where = where
        self._left_out = left_out
        """Columns that say nothing about a person: keyed hashes, and what the program knows its rows by."""

    def export(self, person: Person) -> Sequence[Record]:
        columns = [column for column in self._table.columns if column.name not in self._left_out]
        own = select(*columns).where(self._where(person)).order_by(*self._table.primary_key)
        return [dict(row) for row in self._connection.execute(own).mappings()]

    def erase(self, person: Person) -> int:
        erased: int = self._connection.execute(delete(self._table).where(self._where(person))).rowcount
        return erased


def personal_data(connection: Connection, secret: str) -> Sequence[PersonalData]:
    """Every kind of personal data in the desk database; rows that others refer to come after those.

    A new table that can hold something of a customer gets its line here.
    """

    def rows(table: Table, where: Where, *left_out: str) -> PersonalData:
        return PersonalRows(connection, table, where, left_out=left_out)

    def attempted(person: Person) -> Any:
        email_hash = attempt_hash(secret.encode(), "email", person.email)
        own = lookup_attempts.c.conversation.in_(list(person.conversations))
        return or_(own, lookup_attempts.c.email_hash == email_hash)

    return (
        AuditEntries(connection, _audit_key(secret)),
        rows(feedback, lambda person: feedback.c.message_id.in_(_said_in(person))),
        rows(offered_buttons, lambda person: offered_buttons.c.message_id.in_(_said_in(person)), "command"),
        rows(messages, lambda person: messages.c.conversation_id.in_(list(person.conversations))),
        rows(conversations, lambda person: conversations.c.id.in_(list(person.conversations)), *_SESSIONS),
        rows(lookup_details, lambda person: lookup_details.c.conversation.in_(list(person.conversations))),
        rows(lookup_attempts, attempted, "reference_hash", "email_hash", "turn"),
        rows(ticket_events, lambda person: ticket_events.c.ticket.in_(person.tickets), "key"),
        rows(outbox, lambda person: outbox.c.ticket.in_(person.tickets), "claim"),
        rows(uploads, lambda person: belongs_to(list(person.tickets), person.conversations), "form", "digest"),
        rows(tickets, lambda person: tickets.c.reference.in_(person.tickets), "form", "searched"),
        QuotedWords(connection, gap_dismissals, "text"),
        QuotedWords(connection, proposals, "group_text", "change"),
        QuotedWords(connection, proposal_tries, "result", "progress", "problem"),
    )


class SqlOpenRecords:
    """The ``OpenRecords`` port over one transaction."""

    def __init__(self, connection: Connection, secret: str) -> None:
        self.kinds = personal_data(connection, secret)
        self._connection = connection
        self._secret = secret

    def identify(self, email: str) -> Person:
        return identify_person(self._connection, email, self._secret.encode())

    def mentions(self, email: str) -> Sequence[Mention]:
        return Mentions(self._connection, email).all()

    def still(self, email: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
        return Mentions(self._connection, email).still(mentions) if mentions else []

    def note_removals(self, place: Place, keys: Collection[str]) -> None:
        note_removals(self._connection, place, keys)

    def note(self, by: str, action: str, email: str, at: datetime, *, is_erased: bool) -> None:
        subject = erased_name(_audit_key(self._secret), email) if is_erased else email
        entry = {"at": at, "agent_id": "", "agent_name": by, "action": action, "subject": subject}
        self._connection.execute(insert(audit).values(**entry, why="command line"))


class SqlPersonalRecords:
    """The ``PersonalRecords`` port over SQL."""

    def __init__(self, engine: Engine, secret: str) -> None:
        self._engine = engine
        self._secret = secret

    @contextmanager
    def opened(self, *, keep: bool = True) -> Iterator[OpenRecords]:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            yield SqlOpenRecords(connection, self._secret)
            if keep:
                connection.commit()


def _said_in(person: Person) -> Any:
    return select(messages.c.id).where(messages.c.conversation_id.in_(list(person.conversations)))


def _audit_key(secret: str) -> str:
    return derive_key(secret, "erased name")
