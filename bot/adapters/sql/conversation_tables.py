"""The desk database's tables for conversations, verdicts on replies, and enquiries."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata

conversations = Table(
    "conversations",
    desk_metadata,
    Column("id", String(40), primary_key=True),
    Column("session_hash", String(64), nullable=False),
    Column("reference", String(20), nullable=False),
    Column("promotion", String(100), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("session_hash", name="uq_conversations_session_hash"),
    UniqueConstraint("reference", name="uq_conversations_reference"),
    Index("ix_conversations_last_seen_at", "last_seen_at"),
)

messages = Table(
    "messages",
    desk_metadata,
    # Grows through all conversations: the order of what was said, and nothing to compute before adding.
    Column("position", Integer, primary_key=True),
    Column("id", String(40), nullable=False),
    Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("reply", JSON(none_as_null=True)),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("id", name="uq_messages_id"),
    Index("ix_messages_conversation_id", "conversation_id", "position"),
)

offered_buttons = Table(
    "offered_buttons",
    desk_metadata,
    Column("id", String(40), primary_key=True),
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("command", Text, nullable=False),
    Index("ix_offered_buttons_message_id", "message_id", "position"),
)

feedback = Table(
    "feedback",
    desk_metadata,
    Column("message_id", ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("helpful", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
)

enquiries = Table(
    "enquiries",
    desk_metadata,
    Column("reference", String(20), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("promotion", String(100), nullable=False),
    # Not a foreign key: an enquiry outlives the conversation that led to it.
    Column("conversation_id", String(40), nullable=False),
    Column("form", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("email", String(320), nullable=False),
    Column("company", Text, nullable=False),
    Column("claim_reference", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Column("transcript", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("year", "number", name="uq_enquiries_year_number"),
    UniqueConstraint("conversation_id", "form", name="uq_enquiries_conversation_id_form"),
    Index("ix_enquiries_email", "email"),
    Index("ix_enquiries_created_at", "created_at"),
)
