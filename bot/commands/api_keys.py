"""``promodesk key``: who may use the API."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import typer
from rich.console import Console as Terminal
from rich.table import Table

from bot.adapters.clock import SystemClock
from bot.adapters.sql.api_keys import SqlApiKeys
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.migrate import migrate
from bot.config import Settings
from bot.core.api_keys import ApiKey
from bot.services import manage_api_keys
from bot.services.manage_api_keys import KeyDesk


def create(settings: Settings, name: str) -> None:
    """Make a key and print it, this once."""
    known, key = manage_api_keys.create_key(_desk(settings), name)
    typer.echo(f"The key for {known.name} (id {known.id}). It is shown now and never again:")
    typer.echo(key)


def list_all(settings: Settings) -> None:
    """Print what is known of every key; none of it opens the API."""
    keys = _desk(settings).keys.all()
    if not keys:
        typer.echo('no keys yet; begin with: promodesk key create "our help desk"')
        return
    table = Table("id", "name", "made on", "last used", "")
    for key in keys:
        table.add_row(key.id, key.name, f"{key.created_at:%Y-%m-%d}", str(key.last_used_on or "never"), _state(key))
    Terminal().print(table)


def revoke(settings: Settings, id: str) -> None:
    """End a key at once and for good."""
    manage_api_keys.revoke_key(_desk(settings), id)
    typer.echo(f"the key {id} opens nothing any more")


def _state(key: ApiKey) -> str:
    return f"revoked on {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "in use"


def _desk(settings: Settings) -> KeyDesk:
    migrate(settings.database_url, "desk")
    return KeyDesk(SqlApiKeys(make_engine(settings.database_url), settings.secret), SystemClock(ZoneInfo("UTC")))
