"""Fill the claims database with the sample: by way of the files' form, so that it passes the same checks."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.adapters.claims_csv import format_claims, parse_claims
from bot.adapters.products_csv import read_products
from bot.adapters.sample_claims import sample_claims
from bot.adapters.sql.import_claims import ClaimsImport, import_claims
from bot.adapters.sql.import_products import ProductsImport, import_products
from bot.core.promotion import Promotion


def import_sample(
    engine: Engine, promotion: Promotion, products_csv: Path, around: date
) -> tuple[ProductsImport, ClaimsImport]:
    """The products of the file, and claims for them as they might stand on that day. Raises ``InvalidInput``."""
    products = read_products(products_csv)
    claims = parse_claims(format_claims(sample_claims(promotion, products, around)), promotion.claim_reference)
    return (
        import_products(engine, promotion.key, products),
        import_claims(engine, promotion.key, claims),
    )
