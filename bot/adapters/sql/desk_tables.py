"""The desk database's tables for claim look-ups; every other table of that database joins the same metadata."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table

from bot.adapters.sql.claims_tables import NAMES
from bot.adapters.sql.column_types import UtcDateTime

desk_metadata = MetaData(naming_convention=NAMES)

lookup_details = Table(
    "lookup_details",
    desk_metadata,
    Column("conversation", String(100), primary_key=True),
    Column("reference", String(40)),
    Column("email", String(320)),
    Column("verified_reference", String(40)),
    Column("kept_at", UtcDateTime, nullable=False),
    Index("ix_lookup_details_kept_at", "kept_at"),
)

lookup_attempts = Table(
    "lookup_attempts",
    desk_metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(100), nullable=False),
    Column("reference_hash", String(64), nullable=False),
    Column("email_hash", String(64), nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Column("attempted_at", UtcDateTime, nullable=False),
    # Of the message it was made for; one that is taken twice is one attempt.
    Column("turn", String(40)),
    Index("uq_lookup_attempts_turn", "conversation", "turn", "reference_hash", "email_hash", unique=True),
    Index("ix_lookup_attempts_conversation", "conversation", "attempted_at"),
    Index("ix_lookup_attempts_reference_hash", "reference_hash", "attempted_at"),
    Index("ix_lookup_attempts_email_hash", "email_hash", "attempted_at"),
    Index("ix_lookup_attempts_attempted_at", "attempted_at"),
)
