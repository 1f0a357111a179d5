"""What was decided about gaps: phrases that are none, proposals to change the content, and their tries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _dismissals()
    _proposals()
    _tries()


def downgrade() -> None:
    for table in ("proposal_tries", "proposals", "gap_dismissals"):
        op.drop_table(table)


def _dismissals() -> None:
    op.create_table(
        "gap_dismissals",
        sa.Column("promotion", sa.String(100), nullable=False),
        sa.Column("phrase", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("agent_id", sa.String(40), nullable=False),
        sa.Column("agent_name", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("promotion", "phrase", name="pk_gap_dismissals"),
    )


def _proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("promotion", sa.String(100), nullable=False),
        sa.Column("change", sa.JSON, nullable=False),
        sa.Column("agent_id", sa.String(40), nullable=False),
        sa.Column("agent_name", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("group_phrase", sa.String(16), nullable=False),
        sa.Column("group_text", sa.Text, nullable=False),
        sa.Column("taken", sa.JSON, nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("number", name="pk_proposals"),
    )
    op.create_index("ix_proposals_promotion", "proposals", ["promotion", "number"])


def _tries() -> None:
    op.create_table(
        "proposal_tries",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("proposal", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("running", sa.Integer),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("agent_id", sa.String(40), nullable=False),
        sa.Column("agent_name", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True)),
        sa.Column("heard_of_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("result", sa.JSON),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_tries"),
        sa.UniqueConstraint("running", name="uq_proposal_tries_running"),
        sa.ForeignKeyConstraint(
            ["proposal"], ["proposals.number"], name="fk_proposal_tries_proposals", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_proposal_tries_proposal", "proposal_tries", ["proposal", "id"])
    op.create_index("ix_proposal_tries_state", "proposal_tries", ["state", "id"])
