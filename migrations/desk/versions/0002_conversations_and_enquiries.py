"""Conversations with their messages, buttons and verdicts, and the enquiries they led to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _conversations()
    _messages()
    _enquiries()


def downgrade() -> None:
    for table in ("enquiries", "feedback", "offered_buttons", "messages", "conversations"):
        op.drop_table(table)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("session_hash", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("promotion", sa.String(100), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("session_hash", name="uq_conversations_session_hash"),
        sa.UniqueConstraint("reference", name="uq_conversations_reference"),
    )
    op.create_index("ix_conversations_last_seen_at", "conversations", ["last_seen_at"])


def _messages() -> None:
    op.create_table(
        "messages",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reply", sa.JSON),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_messages"),
        sa.UniqueConstraint("id", name="uq_messages_id"),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_messages_conversations", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_messages_conversation_id", "messages", ["conversation_id", "position"])
    op.create_table(
        "offered_buttons",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("command", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offered_buttons"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["messages.id"], name="fk_offered_buttons_messages", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_offered_buttons_message_id", "offered_buttons", ["message_id", "position"])
    op.create_table(
        "feedback",
        sa.Column("message_id", sa.String(40), nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_feedback"),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_feedback_messages", ondelete="CASCADE"),
    )


def _enquiries() -> None:
    op.create_table(
        "enquiries",
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("promotion", sa.String(100), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("company", sa.Text, nullable=False),
        sa.Column("claim_reference", sa.String(40), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("transcript", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_enquiries"),
        sa.UniqueConstraint("year", "number", name="uq_enquiries_year_number"),
        sa.UniqueConstraint("conversation_id", "form", name="uq_enquiries_conversation_id_form"),
    )
    op.create_index("ix_enquiries_email", "enquiries", ["email"])
    op.create_index("ix_enquiries_created_at", "enquiries", ["created_at"])
