"""The claims of one promotion, read from the claims database."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.claims_tables import claim_lines, claims
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.claims import Claim, ClaimLine, ClaimState


class SqlClaims:
    """The ``Claims`` port over SQL; give it a read-only engine."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def find(self, reference: str) -> Claim | None:
        """One statement whether the claim exists or not, so that both take equally long."""
        whole_claim = (
            select(claims, claim_lines.c.product, claim_lines.c.quantity, claim_lines.c.amount_in_hundredths)
            .outerjoin(
                claim_lines,
                and_(
                    claim_lines.c.promotion == claims.c.promotion,
                    claim_lines.c.reference == claims.c.reference,
                ),
            )
            .where(claims.c.promotion == self._promotion, claims.c.reference == reference)
            .order_by(claim_lines.c.position)
        )
        with told_as_unavailable("claims"), self._engine.connect() as connection:
            rows = connection.execute(whole_claim).all()
        return _claim(rows) if rows else None


def _claim(rows: list[Any]) -> Claim:
    first = rows[0]
    return Claim(
        reference=first.reference,
        email=first.email,
        company=first.company,
        state=ClaimState(first.state),
        submitted_on=first.submitted_on,
        validated_on=first.validated_on,
        paid_on=first.paid_on,
        rejected_on=first.rejected_on,
        reason=first.reason,
        invoice_number=first.invoice_number,
        lines=tuple(_line(row) for row in rows if row.product is not None),
    )


def _line(row: Any) -> ClaimLine:
    hundredths = row.amount_in_hundredths
    amount = None if hundredths is None else Decimal(hundredths).scaleb(-2)
    return ClaimLine(product=row.product, quantity=row.quantity, amount=amount)
