"""Finds claims of one promotion by what an agent knows of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.engine import Engine, Row

from bot.adapters.sql.claims_tables import LONGEST_KEY, claim_lines, claims
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.claims import ClaimState
from bot.services.claim_ports import FoundClaims, ListedClaim


class SqlClaimSearch:
    """The ``ClaimSearch`` port over SQL; give it a read-only engine."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def by_keys(self, references: Sequence[str], emails: Sequence[str], invoice_number: str, limit: int) -> FoundClaims:
        conditions = []
        if references:
            conditions.append(claims.c.reference.in_(references))
        if emails:
            conditions.append(claims.c.email_key.in_([email[:LONGEST_KEY] for email in emails]))
        if invoice_number:
            conditions.append(claims.c.invoice_key == invoice_number[:LONGEST_KEY])
        return self._found(conditions, limit)

    def by_company(self, part: str, limit: int) -> FoundClaims:
        return self._found([claims.c.company_key.contains(part, autoescape=True)] if part else [], limit)

    def _found(self, conditions: Sequence[Any], limit: int) -> FoundClaims:
        if not conditions:
            return FoundClaims()
        # One part for each condition, so that each finds its own index.
        parts = [
            select(claims.c.reference).where(claims.c.promotion == self._promotion, condition)
            for condition in conditions
        ]
        found = union(*parts).subquery() if len(parts) > 1 else parts[0].subquery()
        with told_as_unavailable("claims"), self._engine.connect() as connection:
            count = connection.execute(select(func.count()).select_from(found)).scalar_one()
            rows = connection.execute(self._newest(found, limit)).all() if count else []
        return FoundClaims(tuple(map(_listed, rows)), count)

    def _newest(self, found: Any, limit: int) -> Any:
        """The newest of what was found, with what their lines come to."""
        newest = (
            select(claims)
            .join(found, found.c.reference == claims.c.reference)
            .where(claims.c.promotion == self._promotion)
            .order_by(claims.c.submitted_on.desc(), claims.c.reference)
            .limit(limit)
            .subquery()
        )
        amount = (
            select(func.sum(claim_lines.c.amount_in_hundredths))
            .where(claim_lines.c.promotion == newest.c.promotion, claim_lines.c.reference == newest.c.reference)
            .scalar_subquery()
        )
        return select(newest, amount.label("hundredths")).order_by(newest.c.submitted_on.desc(), newest.c.reference)


def _listed(row: Row) -> ListedClaim:
    hundredths = row.hundredths
    return ListedClaim(
        reference=row.reference,
        email=row.email,
        company=row.company,
        state=ClaimState(row.state),
        submitted_on=row.submitted_on,
        amount=None if hundredths is None else Decimal(int(hundredths)).scaleb(-2),
    )
