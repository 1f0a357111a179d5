"""Claims are found by invoice number, e-mail address and company, each kept in the form in which it is compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.core.email_addresses import comparable_email
from bot.core.names import comparable_name

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BATCH = 1000
LONGEST_KEY = 320
KEYS = ("email_key", "company_key", "invoice_key")

claims = sa.table("claims", *(sa.column(name) for name in ("promotion", "reference", "email", "company", *KEYS)))


def upgrade() -> None:
    op.add_column("claims", sa.Column("invoice_number", sa.Text, nullable=False, server_default=""))
    op.add_column("claims", sa.Column("email_key", sa.String(LONGEST_KEY), nullable=False, server_default=""))
    op.add_column("claims", sa.Column("company_key", sa.Text, nullable=False, server_default=""))
    op.add_column("claims", sa.Column("invoice_key", sa.String(LONGEST_KEY), nullable=False, server_default=""))
    _fill_keys(op.get_bind())
    op.create_index("ix_claims_email_key", "claims", ["promotion", "email_key"])
    op.create_index("ix_claims_invoice_key", "claims", ["promotion", "invoice_key"])


def downgrade() -> None:
    """Invoice numbers are lost."""
    for index in ("ix_claims_invoice_key", "ix_claims_email_key"):
        op.drop_index(index, "claims")
    for column in ("invoice_number", *KEYS):
        op.drop_column("claims", column)


def _fill_keys(connection: sa.engine.Connection) -> None:
    """By the program's own rules: a claim is found only if its key is what a search makes of the same words."""
    kept = connection.execute(sa.select(claims.c.promotion, claims.c.reference, claims.c.email, claims.c.company)).all()
    change = (
        sa.update(claims)
        .where(claims.c.promotion == sa.bindparam("of"), claims.c.reference == sa.bindparam("named"))
        .values(email_key=sa.bindparam("address"), company_key=sa.bindparam("name"))
    )
    rows = [
        {
            "of": claim.promotion,
            "named": claim.reference,
            "address": comparable_email(claim.email)[:LONGEST_KEY],
            "name": comparable_name(claim.company),
        }
        for claim in kept
    ]
    for start in range(0, len(rows), BATCH):
        connection.execute(change, rows[start : start + BATCH])
