"""Details and attempts of claim look-ups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lookup_details",
        sa.Column("conversation", sa.String(100), nullable=False),
        sa.Column("reference", sa.String(40)),
        sa.Column("email", sa.String(320)),
        sa.Column("verified_reference", sa.String(40)),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name="pk_lookup_details"),
    )
    op.create_index("ix_lookup_details_kept_at", "lookup_details", ["kept_at"])
    op.create_table(
        "lookup_attempts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation", sa.String(100), nullable=False),
        sa.Column("reference_hash", sa.String(64), nullable=False),
        sa.Column("email_hash", sa.String(64), nullable=False),
        sa.Column("succeeded", sa.Boolean, nullable=False),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lookup_attempts"),
    )
    for name, columns in (
        ("conversation", ["conversation", "attempted_at"]),
        ("reference_hash", ["reference_hash", "attempted_at"]),
        ("email_hash", ["email_hash", "attempted_at"]),
        ("attempted_at", ["attempted_at"]),
    ):
        op.create_index(f"ix_lookup_attempts_{name}", "lookup_attempts", columns)


def downgrade() -> None:
    op.drop_table("lookup_attempts")
    op.drop_table("lookup_details")
