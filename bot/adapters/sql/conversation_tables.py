"""The desk database's tables for conversations and verdicts on replies."""

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
    Column("earlier_session_hash", String(64)),
    Column("reference", String(20), nullable=False),
    Column("promotion", String(100), nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    UniqueConstraint("session_hash", name="uq_conversations_session_hash"),
    UniqueConstraint("reference", name="uq_conversations_reference"),
    Index("ix_conversations_last_seen_at", "last_seen_at"),
    Index("ix_conversations_earlier_session_hash", "earlier_session_hash"),
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
