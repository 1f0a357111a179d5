"""The desk database's tables for who works at the desk, who is signed in, and what was done with personal data."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata

agents = Table(
    "agents",
    desk_metadata,
    Column("id", String(40), primary_key=True),
    Column("email", String(320), nullable=False),
    Column("name", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("sealed_secret", Text, nullable=False),
    # The time step of the last code that was used.
    Column("last_step", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("email", name="uq_agents_email"),
)

agent_sessions = Table(
    "agent_sessions",
    desk_metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("id", String(40), nullable=False),
    Column("agent", ForeignKey("agents.id", ondelete="CASCADE"), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("device", Text, nullable=False),
    Column("awaits_code", Boolean, nullable=False),
    UniqueConstraint("id", name="uq_agent_sessions_id"),
    Index("ix_agent_sessions_agent", "agent"),
    Index("ix_agent_sessions_last_seen_at", "last_seen_at"),
)

sign_in_links = Table(
    "sign_in_links",
    desk_metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("agent", ForeignKey("agents.id", ondelete="CASCADE"), nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("sets_password", Boolean, nullable=False),
    Index("ix_sign_in_links_agent", "agent"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    desk_metadata,
    Column("position", Integer, primary_key=True),
    Column("who", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_sign_in_attempts_who", "who", "at"),
    Index("ix_sign_in_attempts_at", "at"),
)

audit = Table(
    "audit",
    desk_metadata,
    Column("position", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    # Not a foreign key: what was done stays noted, whatever becomes of the agent.
    Column("agent_id", String(40), nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_audit_at", "at"),
    Index("ix_audit_agent_id", "agent_id", "position"),
    Index("ix_audit_subject", "subject", "position"),
)
