"""The desk database's tables for tickets, their files, and the mails about them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata

LONG_AGO = "1970-01-01 00:00:00+00:00"
"""Stands for a moment that nobody has noted."""
AUTOMATIC = text("kind IN ('support', 'confirmation')")
"""The mails that a ticket has once; agents may answer it as often as they like."""

tickets = Table(
    "tickets",
    desk_metadata,
    Column("reference", String(20), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("promotion", String(100), nullable=False),
    # Not a foreign key: a ticket outlives the conversation that led to it.
    Column("conversation_id", String(40), nullable=False),
    Column("form", String(64), nullable=False),
    Column("state", String(30), nullable=False),
    # Grows with every change: who changes a ticket says which version was read.
    Column("version", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", String(320), nullable=False),
    Column("company", Text, nullable=False),
    Column("claim_reference", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Column("transcript", JSON, nullable=False),
    Column("lines_left_out", Integer, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("assignee_id", String(40)),
    # Kept beside the id: the history can be read when the agent is gone.
    Column("assignee_name", Text),
    Column("turn_since", UtcDateTime, nullable=False, server_default=LONG_AGO),
    Column("first_answered_at", UtcDateTime),
    Column("resolved_at", UtcDateTime),
    # What the ticket is found by, in one plain spelling.
    Column("searched", Text, nullable=False, server_default=""),
    UniqueConstraint("year", "number", name="uq_tickets_year_number"),
    UniqueConstraint("form", name="uq_tickets_form"),
    Index("ix_tickets_email", "email"),
    Index("ix_tickets_queue", "promotion", "state", "created_at", "reference"),
    Index("ix_tickets_work", "promotion", "state", "assignee_id", "turn_since"),
    Index("ix_tickets_created_at", "created_at"),
)

uploads = Table(
    "uploads",
    desk_metadata,
    Column("position", Integer, primary_key=True),
    Column("id", String(40), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("form", String(64), nullable=False),
    # Empty while the form is being filled in.
    Column("ticket", ForeignKey("tickets.reference", ondelete="CASCADE")),
    Column("name", Text, nullable=False),
    Column("media_type", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    # Of what was sent, before it was made safe: knows the same file when it comes again.
    Column("digest", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("id", name="uq_uploads_id"),
    UniqueConstraint("form", "digest", name="uq_uploads_form_digest"),
    Index("ix_uploads_ticket", "ticket"),
    Index("ix_uploads_created_at", "created_at"),
)

outbox = Table(
    "outbox",
    desk_metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", String(200), nullable=False),
    Column("ticket", ForeignKey("tickets.reference", ondelete="CASCADE"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("recipient", String(320), nullable=False),
    Column("reply_to", String(320), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    # The ids of the mails it follows on, separated by blanks.
    Column("thread", Text, nullable=False, server_default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("refusals", Integer, nullable=False),
    Column("claim", String(40)),
    Column("claimed_until", UtcDateTime),
    # Set right before the text is given away, cleared when it was surely not accepted.
    Column("handed_over_at", UtcDateTime),
    # How often a try ended without an answer after that: so often the mail may have arrived before.
    Column("answers_missing", Integer, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("given_up_at", UtcDateTime),
    Column("problem", Text, nullable=False),
    UniqueConstraint("message_id", name="uq_outbox_message_id"),
    Index("uq_outbox_ticket_kind", "ticket", "kind", unique=True, sqlite_where=AUTOMATIC, postgresql_where=AUTOMATIC),
    Index("ix_outbox_ticket", "ticket"),
    Index("ix_outbox_due_at", "sent_at", "given_up_at", "due_at"),
)

ticket_events = Table(
    "ticket_events",
    desk_metadata,
    # Grows through all tickets, and a later commit never has a smaller one: see keep_in_order.
    Column("position", Integer, primary_key=True),
    Column("ticket", ForeignKey("tickets.reference", ondelete="CASCADE"), nullable=False),
    # The ticket's version by this event.
    Column("version", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String(30), nullable=False),
    # Not foreign keys: the history outlives the agents.
    Column("agent_id", String(40)),
    Column("agent_name", Text),
    Column("to_id", String(40)),
    Column("to_name", Text),
    Column("text", Text, nullable=False),
    Column("state_before", String(30)),
    Column("state_after", String(30)),
    # A form sent twice is one event.
    Column("key", String(64)),
    Column("mail", ForeignKey("outbox.id", ondelete="SET NULL")),
    UniqueConstraint("key", name="uq_ticket_events_key"),
    Index("ix_ticket_events_ticket", "ticket", "position"),
    Index("ix_ticket_events_mail", "mail"),
    # A position that was removed is never given again: listeners would miss what comes under it.
    sqlite_autoincrement=True,
)
