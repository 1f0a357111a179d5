"""Enquiries become tickets with a state; beside them the customers' files and the mails to deliver."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEPT = (
    "reference, year, number, promotion, conversation_id, form, name, email, company, claim_reference, message, "
    "transcript, created_at"
)


def upgrade() -> None:
    _tickets()
    # A form's name was unique in its conversation, and is now of itself: what was sent already is named by its reference.
    op.execute(
        f"INSERT INTO tickets ({KEPT}, state, version, topic, lines_left_out, answers, changed_at) "
        f"SELECT {KEPT.replace(' form,', ' reference,')}, 'new', 1, '', 0, '[]', created_at FROM enquiries"
    )
    op.drop_table("enquiries")
    _uploads()
    _outbox()


def downgrade() -> None:
    """Tickets become enquiries again; their files, states and mails are lost."""
    for table in ("outbox", "uploads"):
        op.drop_table(table)
    op.create_table(
        "enquiries",
        *_columns_of_enquiries(),
        sa.PrimaryKeyConstraint("reference", name="pk_enquiries"),
        sa.UniqueConstraint("year", "number", name="uq_enquiries_year_number"),
        sa.UniqueConstraint("conversation_id", "form", name="uq_enquiries_conversation_id_form"),
    )
    op.create_index("ix_enquiries_email", "enquiries", ["email"])
    op.create_index("ix_enquiries_created_at", "enquiries", ["created_at"])
    op.execute(f"INSERT INTO enquiries ({KEPT}) SELECT {KEPT} FROM tickets")
    op.drop_table("tickets")


def _columns_of_enquiries() -> list[sa.Column]:
    return [
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
    ]


def _tickets() -> None:
    op.create_table(
        "tickets",
        *_columns_of_enquiries(),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("lines_left_out", sa.Integer, nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_tickets"),
        sa.UniqueConstraint("year", "number", name="uq_tickets_year_number"),
        sa.UniqueConstraint("form", name="uq_tickets_form"),
    )
    op.create_index("ix_tickets_email", "tickets", ["email"])
    op.create_index("ix_tickets_state", "tickets", ["state", "created_at"])
    op.create_index("ix_tickets_created_at", "tickets", ["created_at"])


def _uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(40), nullable=False),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("ticket", sa.String(20)),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_uploads"),
        sa.UniqueConstraint("id", name="uq_uploads_id"),
        sa.UniqueConstraint("form", "digest", name="uq_uploads_form_digest"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.reference"], name="fk_uploads_tickets", ondelete="CASCADE"),
    )
    op.create_index("ix_uploads_ticket", "uploads", ["ticket"])
    op.create_index("ix_uploads_created_at", "uploads", ["created_at"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.String(200), nullable=False),
        sa.Column("ticket", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("recipient", sa.String(320), nullable=False),
        sa.Column("reply_to", sa.String(320), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("claim", sa.String(40)),
        sa.Column("claimed_until", sa.DateTime(timezone=True)),
        sa.Column("handed_over_at", sa.DateTime(timezone=True)),
        sa.Column("answers_missing", sa.Integer, nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("given_up_at", sa.DateTime(timezone=True)),
        sa.Column("problem", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
        sa.UniqueConstraint("ticket", "kind", name="uq_outbox_ticket_kind"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.reference"], name="fk_outbox_tickets", ondelete="CASCADE"),
    )
    op.create_index("ix_outbox_due_at", "outbox", ["sent_at", "given_up_at", "due_at"])
