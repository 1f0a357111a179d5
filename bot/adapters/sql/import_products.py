"""Replace the list of qualifying products in the claims database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert
from sqlalchemy.engine import Engine

from bot.adapters.sql.claims_tables import products as products_table
from bot.adapters.sql.outages import told_as_unavailable
from bot.services.ports import Product


@dataclass(frozen=True)
class ProductsImport:
    """How long the list is now, and how long it was before."""

    products: int
    replaced: int


def import_products(engine: Engine, promotion: str, products: Sequence[Product]) -> ProductsImport:
    """Make this the promotion's whole list. Raises ``Unavailable``."""
    rows = [asdict(product) | {"promotion": promotion, "position": place} for place, product in enumerate(products, 1)]
    with told_as_unavailable("claims"), engine.begin() as connection:
        dropped = connection.execute(delete(products_table).where(products_table.c.promotion == promotion))
        if rows:
            connection.execute(insert(products_table), rows)
    return ProductsImport(products=len(rows), replaced=dropped.rowcount)
