"""``promodesk migrate``: both databases brought to the newest schema, before any process of a new version starts."""

from __future__ import annotations

import typer

from bot.adapters.sql.migrate import migrate
from bot.config import Settings


def run(settings: Settings) -> int:
    """Migrate, and say so. Raises ``Unavailable``."""
    migrate_all(settings)
    typer.echo("The desk's and the claims database have the newest schema.")
    return 0


def migrate_all(settings: Settings) -> None:
    """Safe to run from several machines at once: one does it, the others wait. Raises ``Unavailable``."""
    migrate(settings.database_url, "desk")
    migrate(settings.claims_url, "claims")
