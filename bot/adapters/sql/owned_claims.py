"""Whose claims the claims database has; it belongs to the promoter, and is only read."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.claims_tables import claims
from bot.adapters.sql.outages import told_as_unavailable
from bot.core.email_addresses import comparable_email


class SqlOwnedClaims:
    """The ``OwnedClaims`` port over SQL, for the claims of all promotions; give it a read-only engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, email: str) -> Sequence[str]:
        """Addresses are compared as the program compares them, which no database can: all are read through."""
        every_one = select(claims.c.reference, claims.c.email).order_by(claims.c.reference)
        with told_as_unavailable("claims"), self._engine.connect() as connection:
            rows = connection.execute(every_one.execution_options(stream_results=True)).yield_per(1000)
            found = [row.reference for row in rows if comparable_email(row.email) == comparable_email(email)]
        return list(dict.fromkeys(found))

    def of_others(self, email: str, references: Collection[str]) -> set[str]:
        asked = select(claims.c.reference, claims.c.email).where(claims.c.reference.in_(list(references)))
        with told_as_unavailable("claims"), self._engine.connect() as connection:
            rows = connection.execute(asked).all()
        return {row.reference for row in rows if comparable_email(row.email) != comparable_email(email)}
