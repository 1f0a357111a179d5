"""What a gateway does at its end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.bootstrap import gateway as real_gateway
from bot.config import read_settings
from bot.services.gateway import Gateway
from bot.web.app import create_app
from tests.served import served


def test_a_gateway_that_ends_lets_go_of_every_connection(gateway: Gateway) -> None:
    closed: list[str] = []

    async def close_one() -> None:
        closed.append("one")

    async def close_other() -> None:
        closed.append("other")

    with served(create_app(replace(gateway, closes=(close_one, close_other)))):
        assert closed == []
    assert sorted(closed) == ["one", "other"]


def test_one_that_cannot_be_closed_keeps_no_other_open(gateway: Gateway) -> None:
    closed: list[str] = []

    async def close() -> None:
        closed.append("closed")

    async def fail() -> None:
        raise OSError("gone before")

    with served(create_app(replace(gateway, closes=(close, fail, close)))):
        pass
    assert closed == ["closed"] * 2


def test_rasa_redis_and_the_other_help_desk_are_let_go_of(tmp_path: Path) -> None:
    settings = {
        "PROMODESK_TODAY": "2023-12-15",
        "PROMODESK_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}",
        "PROMODESK_CLAIMS_URL": f"sqlite:///{tmp_path / 'claims.db'}",
        "PROMODESK_UPLOADS": str(tmp_path / "uploads"),
    }
    elsewhere = {
        "PROMODESK_REDIS_URL": "redis://127.0.0.1:1/0",
        "PROMODESK_CHATWOOT_URL": "http://127.0.0.1:1",
        "PROMODESK_CHATWOOT_TOKEN": "the access token of the bot",
        "PROMODESK_CHATWOOT_SECRET": "a secret that Chatwoot has made",
    }
    assert _closed_by(settings) == ["RasaPool"]
    assert _closed_by({**settings, **elsewhere}) == ["ChatwootHelpDesk", "RasaPool", "SharedRedis"]


def _closed_by(settings: dict[str, str]) -> list[str]:
    """Whose connections are let go of."""
    closes = real_gateway(read_settings(settings)).closes
    return sorted(type(close.__self__).__name__ for close in closes)  # type: ignore[attr-defined]
