"""A desk that Chatwoot's webhook reaches, and a Chatwoot that it tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.adapters.chatwoot_http import ChatwootHelpDesk
from bot.adapters.sql.taken_messages import SqlTakenMessages
from bot.services.answer_help_desk import HelpDeskBot
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.chatwoot import (
    SECRET,
    TOKEN,
    Chatwoot,
    running_chatwoot,
    signed,
)
from tests.web.conftest import HOST

Send = Callable[..., httpx.Response]


@pytest.fixture
def chatwoot() -> Iterator[Chatwoot]:
    with running_chatwoot() as running:
        yield running


@pytest.fixture
def help_desk(own_console: Console, desk_database: Any, chatwoot: Chatwoot) -> HelpDeskBot:
    async def short_pause(seconds: float) -> None:
        await asyncio.sleep(seconds / 1000)

    return HelpDeskBot(
        ChatwootHelpDesk(chatwoot.url, TOKEN),
        SqlTakenMessages(desk_database),
        own_console.assist,
        own_console.keys.clock,
        SECRET,
        short_pause,
    )


@pytest.fixture
def app_with_chatwoot(gateway: Gateway, own_console: Console, help_desk: HelpDeskBot, limits: Limits) -> FastAPI:
    return create_app(replace(gateway, console=replace(own_console, help_desk=help_desk)), limits)


@pytest.fixture
def send(app_with_chatwoot: FastAPI) -> Send:
    """Sends an event, signed; the answer comes after everything was delivered."""
    client = TestClient(app_with_chatwoot, base_url=HOST, raise_server_exceptions=False)

    def sent(event: Any, **how: Any) -> httpx.Response:
        body, headers = signed(event, **how)
        return client.post("/api/chatwoot", content=body, headers=headers)

    return sent
