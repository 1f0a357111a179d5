"""Which session's place another one has taken, so that a message whose answer was lost finds its conversation once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversations", sa.Column("earlier_session_hash", sa.String(64)))
    op.create_index("ix_conversations_earlier_session_hash", "conversations", ["earlier_session_hash"])


def downgrade() -> None:
    """Cookies that were renewed stay so."""
    op.drop_index("ix_conversations_earlier_session_hash", "conversations")
    op.drop_column("conversations", "earlier_session_hash")
