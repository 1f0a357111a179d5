"""From an address to everything in the desk database that is kept about whoever has it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection, Row

from bot.adapters.sql.conversation_tables import messages
from bot.adapters.sql.desk_tables import lookup_attempts, lookup_details
from bot.adapters.sql.lookups import attempt_hash
from bot.adapters.sql.ticket_tables import tickets, uploads
from bot.adapters.sql.uploads import file_of
from bot.core.email_addresses import comparable_email
from bot.services.privacy_ports import Person

PROVED = "a claim was looked up in it with this address and its reference"
TYPED = "this address was given in it for a look-up, which does not prove who gave it"


def identify_person(connection: Connection, email: str, secret: bytes) -> Person:
    """Addresses are compared as the program compares them, which no database can: all are read through."""
    email = comparable_email(email)
    own_tickets = _tickets(connection, email)
    conversations, given = _looked_up(connection, email, secret)
    conversations |= {row.conversation_id: f"ticket {ticket} came from it" for ticket, row in own_tickets.items()}
    written = {row.claim_reference for row in own_tickets.values()} | given
    called = {name for row in own_tickets.values() for name in (row.name, row.company)}
    files = select(uploads).where(belongs_to(list(own_tickets), conversations)).order_by(uploads.c.position)
    return Person(
        email=email,
        tickets=tuple(own_tickets),
        conversations=conversations,
        files=tuple(file_of(row) for row in connection.execute(files).mappings()),
        written_references=frozenset(written - {""}),
        called=frozenset(called - {""}),
        sayings=_said_by_nobody_else(connection, list(conversations)),
    )


def belongs_to(own_tickets: list[str], conversations: Mapping[str, str]) -> object:
    """The condition for files of these tickets, and for those that were never sent in these conversations."""
    unsent = and_(uploads.c.ticket.is_(None), uploads.c.conversation_id.in_(list(conversations)))
    return or_(uploads.c.ticket.in_(own_tickets), unsent)


def _tickets(connection: Connection, email: str) -> dict[str, Row]:
    """By reference: where they came from, and what was written in them."""
    written = ("reference", "email", "conversation_id", "claim_reference", "name", "company")
    columns = [tickets.c[name] for name in written]
    every_one = select(*columns).order_by(tickets.c.created_at, tickets.c.reference)
    rows = connection.execute(every_one.execution_options(stream_results=True)).yield_per(1000)
    return {row.reference: row for row in rows if comparable_email(row.email) == email}


def _said_by_nobody_else(connection: Connection, own: list[str]) -> frozenset[str]:
    said = select(messages.c.text).where(messages.c.reply.is_(None))
    by_them = set(connection.execute(said.where(messages.c.conversation_id.in_(own))).scalars())
    others = said.where(messages.c.text.in_(list(by_them)), messages.c.conversation_id.not_in(own))
    return frozenset(by_them - set(connection.execute(others).scalars()) - {""})


def _looked_up(connection: Connection, email: str, secret: bytes) -> tuple[dict[str, str], set[str]]:
    """The conversations in which the address was given, with what that proves, and the references given with it."""
    columns = (lookup_details.c.conversation, lookup_details.c.email, lookup_details.c.reference)
    details = connection.execute(select(*columns).where(lookup_details.c.email.is_not(None))).all()
    own = [row for row in details if comparable_email(row.email) == email]
    attempts = select(lookup_attempts.c.conversation, lookup_attempts.c.succeeded).where(
        lookup_attempts.c.email_hash == attempt_hash(secret, "email", email)
    )
    conversations = {row.conversation: TYPED for row in own}
    for row in connection.execute(attempts.order_by(lookup_attempts.c.id)):
        if row.succeeded or row.conversation not in conversations:
            conversations[row.conversation] = PROVED if row.succeeded else TYPED
    return conversations, {row.reference for row in own if row.reference}
