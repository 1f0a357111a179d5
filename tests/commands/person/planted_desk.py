"""A whole desk on disk with two persons in every place there is, and where they are found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.migrate import migrate
from bot.config import Settings, read_settings
from bot.core.email_addresses import comparable_email
from tests.claims import SUBMITTED
from tests.planted_persons import ANNA, BO, SECRET, Planted, everything_in, plant_in_tracker, plant_on_disk
from tests.planted_rows import plant


def planted_desk(url: str, tracker_url: str, claims_url: str, var: Path) -> Settings:
    settings = read_settings(
        {
            "PROMODESK_DATABASE_URL": url,
            "PROMODESK_TRACKER_URL": tracker_url,
            "PROMODESK_CLAIMS_URL": claims_url,
            "PROMODESK_UPLOADS": str(var / "uploads"),
            "PROMODESK_LOGS": str(var / "logs"),
            "PROMODESK_SECRET": SECRET,
        }
    )
    for history in ("desk", "claims"):
        migrate(url if history == "desk" else claims_url, history)
    for who in (ANNA, BO):
        with opened(settings.database_url) as engine:
            plant(engine, who)
    with opened(settings.tracker_url) as engine:
        plant_in_tracker(engine, ANNA, BO)
    plant_on_disk(settings.uploads, settings.logs, ANNA, BO)
    with opened(settings.claims_url) as engine:
        claims = [replace(SUBMITTED, reference=who.reference, email=comparable_email(who.email)) for who in (ANNA, BO)]
        import_claims(engine, "lamps", claims)
    return settings


class opened:  # noqa: N801 - reads as a word
    """An engine that is closed afterwards."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)

    def __enter__(self) -> Engine:
        return self._engine

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()


def found(who: Planted, settings: Settings) -> list[str]:
    """Where something of a person lies: tables, and files below ``var/`` down to their bytes."""
    places = []
    for name, url in (("desk", settings.database_url), ("tracker", settings.tracker_url)):
        with opened(url) as engine:
            places += [f"{name}: {table}" for table, row in everything_in(engine) if who.is_in(row)]
    for path in settings.uploads.parent.rglob("*"):
        if path.is_file() and any(mark.encode() in path.read_bytes() for mark in who.marks):
            places.append(path.name)
    return sorted(set(places))
