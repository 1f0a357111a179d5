"""The qualifying products of one promotion, read from the claims database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.claims_tables import products
from bot.adapters.sql.outages import told_as_unavailable
from bot.services.ports import Product


class SqlProducts:
    """The ``Products`` port over SQL; give it a read-only engine."""

    def __init__(self, engine: Engine, promotion: str) -> None:
        self._engine = engine
        self._promotion = promotion

    def all(self) -> Sequence[Product]:
        listed = (
            select(products.c.part_number, products.c.name, products.c.category, products.c.country)
            .where(products.c.promotion == self._promotion)
            .order_by(products.c.position)
        )
        with told_as_unavailable("claims"), self._engine.connect() as connection:
            return [Product(**row) for row in connection.execute(listed).mappings()]
