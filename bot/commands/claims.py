"""``promodesk claims import``, ``products import`` and ``sample-data``: what the look-ups look into."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.claims_csv import read_claims
from bot.adapters.products_csv import read_products
from bot.adapters.promotion_file import read_promotion
from bot.adapters.sql import import_claims as sql_claims
from bot.adapters.sql import import_products as sql_products
from bot.adapters.sql.claims_tables import claims, products
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_sample import import_sample
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.outages import told_as_unavailable
from bot.config import Settings
from bot.core.promotion import Promotion


def import_claims(settings: Settings, file: Path, console: Console | None = None) -> int:
    """Take over a claims file; raises ``DeskError`` and imports nothing if a row is bad."""
    promotion = _promotion(settings)
    made = sql_claims.import_claims(_engine(settings), promotion.key, read_claims(file, promotion.claim_reference))
    _print(console, f"{made.claims} claims with {made.lines} lines imported, {made.replaced} of them replaced.")
    return 0


def import_products(settings: Settings, file: Path, console: Console | None = None) -> int:
    """Make a file the list of qualifying products; raises ``DeskError`` and imports nothing if a row is bad."""
    made = sql_products.import_products(_engine(settings), _promotion(settings).key, read_products(file))
    _print(console, f"{made.products} products imported; the list had {made.replaced} before.")
    return 0


def sample_data(settings: Settings, console: Console | None = None) -> int:
    """Invented claims around today's date, for the products that come with the content."""
    promotion = _promotion(settings)
    today = settings.today or datetime.now(promotion.time_zone).date()
    _fill(_engine(settings), settings, promotion, today, console)
    return 0


def add_sample_if_empty(settings: Settings, promotion: Promotion, console: Console | None = None) -> None:
    """The sample, unless there is any claim or product already."""
    engine = _engine(settings)
    if _is_empty(engine):
        _fill(engine, settings, promotion, settings.today or promotion.demonstration_date, console)


def _fill(engine: Engine, settings: Settings, promotion: Promotion, around: date, console: Console | None) -> None:
    listed, made = import_sample(engine, promotion, settings.content / "faq" / "products.csv", around)
    _print(console, f"Sample data: {made.claims} invented claims, {listed.products} products.")


def _is_empty(engine: Engine) -> bool:
    with told_as_unavailable("claims"), engine.connect() as connection:
        return all(connection.execute(select(table).limit(1)).first() is None for table in (claims, products))


def _engine(settings: Settings) -> Engine:
    """The claims database with its tables, for writing."""
    migrate(settings.claims_url, "claims")
    return make_engine(settings.claims_url)


def _promotion(settings: Settings) -> Promotion:
    return read_promotion(settings.content / "faq" / "promotion.yml")


def _print(console: Console | None, line: str) -> None:
    (console or Console(soft_wrap=True, highlight=False)).print(line, markup=False)
