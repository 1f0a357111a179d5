"""Which message a look-up was attempted for, so that an action that comes twice is counted once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None
ATTEMPT = ["conversation", "turn", "reference_hash", "email_hash"]


def upgrade() -> None:
    op.add_column("lookup_attempts", sa.Column("turn", sa.String(40)))
    op.create_index("uq_lookup_attempts_turn", "lookup_attempts", ATTEMPT, unique=True)


def downgrade() -> None:
    op.drop_index("uq_lookup_attempts_turn", "lookup_attempts")
    op.drop_column("lookup_attempts", "turn")
