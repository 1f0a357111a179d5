"""Rasa's calls of several action servers, over real connections."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import ClientConnectionError, web
from rasa.utils.endpoints import ClientResponseError

from bot.adapters.rasa_http import ANSWER_SECONDS
from bot.commands.programs import free_ports
from bot.inside_rasa.remote_actions import ActionServers
from bot.inside_rasa.server import ACTION_SECONDS


class FakeActionServer:
    def __init__(self, name: str) -> None:
        self.name, self.status, self.seconds, self.port = name, 200, 0.0, free_ports(1)[0]
        self.hangs = False
        self.calls = 0
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhook"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/webhook", self._answer)
        app.router.add_get("/health", self._tell_health)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        self.calls += 1
        await asyncio.sleep(30 if self.hangs else self.seconds)
        return web.json_response({"events": [], "responses": [self.name]}, status=self.status)

    async def _tell_health(self, request: web.Request) -> web.Response:
        await asyncio.sleep(30 if self.hangs else 0)
        return web.json_response({"status": "ok"})


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


async def test_one_that_hangs_is_left_within_the_time_that_is_left_and_then_left_alone(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([server.url for server in servers], 5)
    servers[0].hangs = True
    servers[1].seconds = 0.2
    began = time.monotonic()
    assert [await asked(endpoint) for _ in range(3)] == ["two"] * 3
    assert time.monotonic() - began < 4 and servers[0].calls == 1


async def test_one_that_is_slow_but_lives_is_waited_for_and_no_other_asked(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([server.url for server in servers], 5)
    for server in servers:
        server.seconds = 2.5
    assert await asked(endpoint) in ("one", "two")
    assert servers[0].calls + servers[1].calls == 1
    for server in servers:
        server.seconds = 0
    assert sorted([await asked(endpoint) for _ in range(4)]) == ["one", "one", "two", "two"]


async def test_one_that_lives_and_never_answers_is_waited_for_no_longer_than_an_action_takes(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([server.url for server in servers], 1.5)
    for server in servers:
        server.seconds = 30
    began = time.monotonic()
    with pytest.raises(asyncio.TimeoutError):
        await asked(endpoint)
    assert time.monotonic() - began < 3
    assert servers[0].calls + servers[1].calls == 1


async def test_where_all_hang_the_customer_is_told_in_time(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([server.url for server in servers], ACTION_SECONDS)
    for server in servers:
        server.hangs = True
    began = time.monotonic()
    with pytest.raises(ClientConnectionError):
        await asked(endpoint)
    assert time.monotonic() - began < ANSWER_SECONDS - 1


async def test_an_error_of_an_action_is_no_reason_to_ask_another_server(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([server.url for server in servers], 5)
    for server in servers:
        server.status = 500
    with pytest.raises(ClientResponseError):
        await asked(endpoint)
    assert servers[0].calls + servers[1].calls == 1


async def test_a_server_that_was_started_anew_answers_at_once_although_connections_to_it_were_kept(
    servers: tuple[FakeActionServer, FakeActionServer],
) -> None:
    endpoint = ActionServers([servers[0].url], 5)
    for _ in range(3):
        await asked(endpoint)
        await servers[0].stop()
        await servers[0].start()
    assert await asked(endpoint) == "one" and servers[0].calls == 4
