"""The desk database's tables for programs of others: keys of the API, and messages of a help desk that were taken."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, String, Table, Text, UniqueConstraint

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata

api_keys = Table(
    "api_keys",
    desk_metadata,
    Column("id", String(40), primary_key=True),
    Column("name", Text, nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_used_on", Date),
    Column("revoked_at", UtcDateTime),
    UniqueConstraint("key_hash", name="uq_api_keys_key_hash"),
)

taken_messages = Table(
    "taken_messages",
    desk_metadata,
    Column("account", BigInteger, primary_key=True, autoincrement=False),
    Column("message", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation", BigInteger, nullable=False),
    Column("taken_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Index("ix_taken_messages_taken_at", "taken_at"),
)
