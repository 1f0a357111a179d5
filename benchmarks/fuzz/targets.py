"""Makes a target of a desk that runs with certain settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from benchmarks.fuzz.visitors import Target
from bot.adapters.clock import SystemClock
from bot.adapters.sql.api_keys import SqlApiKeys
from bot.adapters.sql.engines import make_engine
from bot.bootstrap_content import content
from bot.config import Settings
from bot.core.keys import RASA_CHANNEL, derive_key
from bot.services.manage_api_keys import KeyDesk, create_key


@contextmanager
def target_of(settings: Settings) -> Iterator[Target]:
    """The desk with these settings, with a key of its API made for the purpose."""
    desk, claims = make_engine(settings.database_url), make_engine(settings.claims_url)
    try:
        keys = KeyDesk(SqlApiKeys(desk, settings.secret), SystemClock(ZoneInfo("UTC")))
        _, key = create_key(keys, "fuzz")
        secrets = {"the secret": settings.secret, "the key to Rasa": derive_key(settings.secret, RASA_CHANNEL)}
        yield Target(
            f"http://127.0.0.1:{settings.port}",
            claims,
            content(settings).promotion.key,
            key,
            secrets | {"an API key": key},
        )
    finally:
        desk.dispose()
        claims.dispose()
