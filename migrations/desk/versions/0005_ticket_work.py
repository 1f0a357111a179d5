"""Tickets are worked on: who has them, whose turn it is, what has happened to them, and several answers by mail."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

AUTOMATIC = sa.text("kind IN ('support', 'confirmation')")
SEARCHED = ("reference", "email", "company", "claim_reference", "name", "message")
AT_ONCE = 500


def upgrade() -> None:
    _tickets()
    _outbox()
    _events()


def downgrade() -> None:
    """Histories, assignees and all answers by mail are lost."""
    op.drop_table("ticket_events")
    op.execute("DELETE FROM outbox WHERE kind NOT IN ('support', 'confirmation')")
    op.drop_index("uq_outbox_ticket_kind", "outbox")
    op.drop_index("ix_outbox_ticket", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("thread")
        outbox.create_unique_constraint("uq_outbox_ticket_kind", ["ticket", "kind"])
    for name in ("ix_tickets_queue", "ix_tickets_work"):
        op.drop_index(name, "tickets")
    # Not in a batch: SQLite would make the table anew, and with the old one its files and mails would go.
    for name in ("assignee_id", "assignee_name", "turn_since", "first_answered_at", "resolved_at", "searched"):
        op.execute(f"ALTER TABLE tickets DROP COLUMN {name}")
    op.create_index("ix_tickets_state", "tickets", ["state", "created_at"])


def _tickets() -> None:
    moment = sa.DateTime(timezone=True)
    # Added one by one, with defaults, for the same reason.
    op.add_column("tickets", sa.Column("assignee_id", sa.String(40)))
    op.add_column("tickets", sa.Column("assignee_name", sa.Text))
    op.add_column(
        "tickets", sa.Column("turn_since", moment, nullable=False, server_default="1970-01-01 00:00:00+00:00")
    )
    op.add_column("tickets", sa.Column("first_answered_at", moment))
    op.add_column("tickets", sa.Column("resolved_at", moment))
    op.add_column("tickets", sa.Column("searched", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE tickets SET turn_since = CASE WHEN state IN ('new', 'open') THEN created_at ELSE changed_at END")
    op.execute("UPDATE tickets SET resolved_at = changed_at WHERE state = 'resolved'")
    _note_what_tickets_are_found_by()
    op.drop_index("ix_tickets_state", "tickets")
    op.create_index("ix_tickets_queue", "tickets", ["promotion", "state", "created_at", "reference"])
    op.create_index("ix_tickets_work", "tickets", ["promotion", "state", "assignee_id", "turn_since"])


def _note_what_tickets_are_found_by() -> None:
    connection = op.get_bind()
    tickets = sa.table("tickets", *(sa.column(name) for name in (*SEARCHED, "searched")))
    own = sa.update(tickets).where(tickets.c.reference == sa.bindparam("own")).values(searched=sa.bindparam("found_by"))
    rows = connection.execute(sa.select(*(tickets.c[name] for name in SEARCHED))).all()
    found = [{"own": row.reference, "found_by": _folded("\n".join(row))} for row in rows]
    for first in range(0, len(found), AT_ONCE):
        connection.execute(own, found[first : first + AT_ONCE])


def _folded(text: str) -> str:
    """As the program folds it: one plain sign for each that means the same, in lower case."""
    from bot.core.folding import fold_case

    return fold_case(unicodedata.normalize("NFC", text))


def _outbox() -> None:
    # Nothing refers to these rows yet, so that SQLite may make the table anew.
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_constraint("uq_outbox_ticket_kind", type_="unique")
        outbox.add_column(sa.Column("thread", sa.Text, nullable=False, server_default=""))
    op.create_index(
        "uq_outbox_ticket_kind",
        "outbox",
        ["ticket", "kind"],
        unique=True,
        sqlite_where=AUTOMATIC,
        postgresql_where=AUTOMATIC,
    )
    op.create_index("ix_outbox_ticket", "outbox", ["ticket"])


def _events() -> None:
    op.create_table(
        "ticket_events",
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("ticket", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("agent_id", sa.String(40)),
        sa.Column("agent_name", sa.Text),
        sa.Column("to_id", sa.String(40)),
        sa.Column("to_name", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state_before", sa.String(30)),
        sa.Column("state_after", sa.String(30)),
        sa.Column("key", sa.String(64)),
        sa.Column("mail", sa.Integer),
        sa.PrimaryKeyConstraint("position", name="pk_ticket_events"),
        sa.UniqueConstraint("key", name="uq_ticket_events_key"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.reference"], name="fk_ticket_events_tickets", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["mail"], ["outbox.id"], name="fk_ticket_events_outbox", ondelete="SET NULL"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ticket_events_ticket", "ticket_events", ["ticket", "position"])
    op.create_index("ix_ticket_events_mail", "ticket_events", ["mail"])
    op.execute(
        "INSERT INTO ticket_events (ticket, version, at, kind, text) "
        "SELECT reference, 1, created_at, 'opened', '' FROM tickets ORDER BY created_at, reference"
    )
