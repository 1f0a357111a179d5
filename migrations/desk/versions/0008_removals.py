"""What is gone from the desk database and has still to go elsewhere: files on disk, Rasa's conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removals",
        sa.Column("place", sa.String(20), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("place", "key", name="pk_removals"),
    )


def downgrade() -> None:
    """What was still to be removed elsewhere stays there."""
    op.drop_table("removals")
