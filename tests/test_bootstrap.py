"""What the parts of the desk are put together from."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.sql.migrate import migrate
from bot.bootstrap_understanding import readers
from bot.config import read_settings


def test_what_reads_purchases_opens_no_database_that_can_be_written(tmp_path: Path) -> None:
    claims = f"sqlite:///{tmp_path / 'claims.db'}"
    migrate(claims, "claims")
    settings = {"PROMODESK_CLAIMS_URL": claims, "PROMODESK_DATABASE_URL": "nowhere://"}
    made = readers(read_settings(settings))
    told = made.purchases.read("bought on 3 October 2023", made.content.clock.today())
    assert told.bought_on is not None
