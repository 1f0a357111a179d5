"""The tables of the claims database."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.core.claims import ClaimState

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

LONGEST_KEY = 320
"""What is compared of a longer one: an index takes no more on every database."""

claims_metadata = MetaData(naming_convention=NAMES)

_STATES = ", ".join(f"'{state.value}'" for state in ClaimState)

claims = Table(
    "claims",
    claims_metadata,
    Column("promotion", String(80), primary_key=True),
    Column("reference", String(40), primary_key=True),
    Column("email", String(320), nullable=False),
    Column("company", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("submitted_on", Date, nullable=False),
    Column("validated_on", Date),
    Column("paid_on", Date),
    Column("rejected_on", Date),
    Column("reason", Text, nullable=False),
    Column("invoice_number", Text, nullable=False, server_default=""),
    # The forms in which they are compared: case, accents, hyphens do not count.
    Column("email_key", String(LONGEST_KEY), nullable=False, server_default=""),
    Column("company_key", Text, nullable=False, server_default=""),
    Column("invoice_key", String(LONGEST_KEY), nullable=False, server_default=""),
    CheckConstraint(f"state IN ({_STATES})", name="state"),
    Index("ix_claims_reference", "reference"),
    Index("ix_claims_email", "email"),
    Index("ix_claims_email_key", "promotion", "email_key"),
    Index("ix_claims_invoice_key", "promotion", "invoice_key"),
)

claim_lines = Table(
    "claim_lines",
    claims_metadata,
    Column("promotion", String(80), primary_key=True),
    Column("reference", String(40), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("product", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    # Hundredths of the currency: whole numbers stay exact on every database.
    Column("amount_in_hundredths", Integer),
    ForeignKeyConstraint(
        ["promotion", "reference"],
        ["claims.promotion", "claims.reference"],
        name="fk_claim_lines_claims",
        ondelete="CASCADE",
    ),
    CheckConstraint("quantity > 0", name="quantity"),
)

products = Table(
    "products",
    claims_metadata,
    Column("promotion", String(80), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("part_number", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("country", String(80), nullable=False),
    UniqueConstraint("promotion", "part_number", "country", name="uq_products_part_number"),
)
