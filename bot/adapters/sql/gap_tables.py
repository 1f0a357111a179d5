"""The desk database's tables for what was decided about gaps: dismissals, proposals, and the tries of these."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.desk_tables import desk_metadata

gap_dismissals = Table(
    "gap_dismissals",
    desk_metadata,
    Column("promotion", String(100), primary_key=True),
    Column("phrase", String(16), primary_key=True),
    Column("text", Text, nullable=False),
    # Not foreign keys: decisions stay, whatever becomes of the agent.
    Column("agent_id", String(40), nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
)

proposals = Table(
    "proposals",
    desk_metadata,
    Column("number", Integer, primary_key=True),
    Column("promotion", String(100), nullable=False),
    Column("change", JSON, nullable=False),
    Column("agent_id", String(40), nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("group_phrase", String(16), nullable=False),
    Column("group_text", Text, nullable=False),
    Column("taken", JSON, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Index("ix_proposals_promotion", "promotion", "number"),
)

proposal_tries = Table(
    "proposal_tries",
    desk_metadata,
    Column("id", Integer, primary_key=True),
    Column("proposal", ForeignKey("proposals.number", ondelete="CASCADE"), nullable=False),
    Column("state", String(20), nullable=False),
    # 1 while the try runs, empty otherwise: no two rows can have it.
    Column("running", Integer),
    Column("progress", Text, nullable=False),
    Column("agent_id", String(40), nullable=False),
    Column("agent_name", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("began_at", UtcDateTime),
    Column("heard_of_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("problem", Text, nullable=False),
    Column("result", JSON(none_as_null=True)),
    UniqueConstraint("running", name="uq_proposal_tries_running"),
    Index("ix_proposal_tries_proposal", "proposal", "id"),
    Index("ix_proposal_tries_state", "state", "id"),
)
