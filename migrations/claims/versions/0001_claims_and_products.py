"""Claims with their lines, and the qualifying products."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("promotion", sa.String(80), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("email", sa.String(320), nullable=False),
        sa.Column("company", sa.Text, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("submitted_on", sa.Date, nullable=False),
        sa.Column("validated_on", sa.Date),
        sa.Column("paid_on", sa.Date),
        sa.Column("rejected_on", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("promotion", "reference", name="pk_claims"),
        sa.CheckConstraint(
            "state IN ('submitted', 'missing_info', 'validated', 'paid', 'rejected')",
            name=op.f("ck_claims_state"),
        ),
    )
    op.create_index("ix_claims_reference", "claims", ["reference"])
    op.create_index("ix_claims_email", "claims", ["email"])
    op.create_table(
        "claim_lines",
        sa.Column("promotion", sa.String(80), nullable=False),
        sa.Column("reference", sa.String(40), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("product", sa.Text, nullable=False),
        sa.Column("quantity", sa.Integer, nullable=False),
        sa.Column("amount_in_hundredths", sa.Integer),
        sa.PrimaryKeyConstraint("promotion", "reference", "position", name="pk_claim_lines"),
        sa.ForeignKeyConstraint(
            ["promotion", "reference"],
            ["claims.promotion", "claims.reference"],
            name="fk_claim_lines_claims",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_claim_lines_quantity")),
    )
    op.create_table(
        "products",
        sa.Column("promotion", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("part_number", sa.String(80), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("country", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("promotion", "position", name="pk_products"),
        sa.UniqueConstraint("promotion", "part_number", "country", name="uq_products_part_number"),
    )


def downgrade() -> None:
    op.drop_table("products")
    op.drop_table("claim_lines")
    op.drop_table("claims")
