"""Agents, their sessions and links, and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _agents()
    _ways_in()
    _audit()


def downgrade() -> None:
    for table in ("audit", "sign_in_attempts", "sign_in_links", "agent_sessions", "agents"):
        op.drop_table(table)


def _agents() -> None:
    op.create_table(
        "agents",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("is_disabled", sa.Boolean, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("sealed_secret", sa.Text, nullable=False),
        sa.Column("last_step", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("email", name="uq_agents_email"),
        sa.PrimaryKeyConstraint("id", name="pk_agents"),
    )


def _ways_in() -> None:
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("agent", sa.String(40), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("awaits_code", sa.Boolean, nullable=False),
        sa.UniqueConstraint("id", name="uq_agent_sessions_id"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_agent_sessions"),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name="fk_agent_sessions_agents", ondelete="CASCADE"),
    )
    op.create_index("ix_agent_sessions_agent", "agent_sessions", ["agent"])
    op.create_index("ix_agent_sessions_last_seen_at", "agent_sessions", ["last_seen_at"])
    op.create_table(
        "sign_in_links",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("agent", sa.String(40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sets_password", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_in_links"),
        sa.ForeignKeyConstraint(["agent"], ["agents.id"], name="fk_sign_in_links_agents", ondelete="CASCADE"),
    )
    op.create_index("ix_sign_in_links_agent", "sign_in_links", ["agent"])
    op.create_table(
        "sign_in_attempts",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_sign_in_attempts"),
    )
    op.create_index("ix_sign_in_attempts_who", "sign_in_attempts", ["who", "at"])
    op.create_index("ix_sign_in_attempts_at", "sign_in_attempts", ["at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_id", sa.String(40), nullable=False),
        sa.Column("agent_name", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_agent_id", "audit", ["agent_id", "position"])
    op.create_index("ix_audit_subject", "audit", ["subject", "position"])
