"""Rasa's calls of several action servers, over real connections."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientConnectionError, web
from rasa.utils.endpoints import ClientResponseError

from bot.commands.programs import free_ports
from bot.inside_rasa.remote_actions import ActionServers


class FakeActionServer:
    def __init__(self, name: str) -> None:
        self.name, self.status, self.seconds, self.port = name, 200, 0.0, free_ports(1)[0]
        self.calls = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhook"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/webhook", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.calls += 1
        await asyncio.sleep(self.seconds)
        return web.json_response({"events": [], "responses": [self.name]}, status=self.status)


@pytest_asyncio.fixture
async def servers() -> AsyncIterator[tuple[FakeActionServer, FakeActionServer]]:
    made = FakeActionServer("one"), FakeActionServer("two")
    for server in made:
        await server.start()
    yield made
    for server in made:
        await server.stop()


async def asked(endpoint: ActionServers) -> str:
    answer = await endpoint.request(json={}, method="post", timeout=60, compress=False)
    assert answer is not None
    return answer["responses"][0]


async def test_they_share_the_look_ups(servers: tuple[FakeActionServer, FakeActionServer]) -> None:
    endpoint = ActionServers([server.url for server in servers], 5)
    assert sorted([await asked(endpoint) for _ in range(4)]) == ["one", "one", "two", "two"]


async def test_another_one_answers_where_one_is_dead(servers: tuple[FakeActionServer, FakeActionServer]) -> None:
    endpoint = ActionServers([server.url for server in servers], 5)
    await servers[0].stop()
    assert [await asked(endpoint) for _ in range(3)] == ["two"] * 3
    await servers[1].stop()
    with pytest.raises(ClientConnectionError):
        await asked(endpoint)


async def test_one_that_hangs_is_left_after_half_the_time_and_then_left_alone(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([server.url for server in servers], 4)
    servers[0].seconds = 30
    began = time.monotonic()
    assert [await asked(endpoint) for _ in range(6)] == ["two"] * 6
    assert time.monotonic() - began < 4 and servers[0].calls == 1


async def test_an_error_of_an_action_is_no_reason_to_ask_another_server(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([server.url for server in servers], 5)
    for server in servers:
        server.status = 500
    with pytest.raises(ClientResponseError):
        await asked(endpoint)
    assert servers[0].calls + servers[1].calls == 1
