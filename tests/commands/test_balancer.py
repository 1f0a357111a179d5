"""The small balancer of ``promodesk cluster``: in turn, past the dead, and to the ready first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest

from bot.commands import balancer
from bot.commands.balancer import Balancer
from bot.commands.programs import free_ports
from tests.patience import comes_true


class FakeGateway:
    def __init__(self, name: str) -> None:
        self.name, self.is_ready, self.hangs, self.port = name, True, False, free_ports(1)[0]
        self.server: asyncio.AbstractServer | None = None

    async def start(self) -> None:
        self.server = await asyncio.start_server(self._answer, "127.0.0.1", self.port)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        if self.hangs:
            await asyncio.sleep(60)
        status = "200 OK" if self.is_ready or b"/readyz" not in asked else "503 Not ready"
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(self.name)}\r\n\r\n{self.name}".encode())
        writer.close()


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balancer, "LOOK_SECONDS", 0.05)


@asynccontextmanager
async def balanced(*gateways: FakeGateway) -> AsyncIterator[str]:
    (port,) = free_ports(1)
    for gateway in gateways:
        await gateway.start()
    running = asyncio.create_task(Balancer([gateway.port for gateway in gateways]).serve("127.0.0.1", port))
    url = f"http://127.0.0.1:{port}"
    await comes_true(lambda: listens(url), "the balancer to listen")
    yield url
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def listens(url: str) -> bool:
    try:
        return bool(await answers(url, 1))
    except httpx.ConnectError:
        return False


async def come_from(url: str, *names: str) -> None:
    """Answers come from just these, sooner or later."""

    async def do_they() -> bool:
        return set(await answers(url)) == set(names)

    await comes_true(do_they, f"answers from {names}")


async def answers(url: str, count: int = 4) -> list[str]:
    async def ask() -> str:
        async with httpx.AsyncClient(trust_env=False) as client:
            return (await client.get(url)).text

    return [await ask() for _ in range(count)]


async def test_connections_go_to_each_in_turn_and_past_one_that_is_dead() -> None:
    one, two = FakeGateway("one"), FakeGateway("two")
    async with balanced(one, two) as url:
        assert sorted(await answers(url)) == ["one", "one", "two", "two"]
        assert one.server is not None
        one.server.close()
        assert await answers(url) == ["two"] * 4
        await one.start()
        await come_from(url, "one", "two")


async def test_one_that_is_not_ready_gets_nothing_as_long_as_another_is() -> None:
    one, two = FakeGateway("one"), FakeGateway("two")
    async with balanced(one, two) as url:
        one.is_ready = False
        await come_from(url, "two")
        assert await answers(url) == ["two"] * 4
        two.is_ready = False
        await come_from(url, "one", "two")


async def test_who_waits_at_one_that_hangs_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balancer, "HANGS_SECONDS", 0.2)
    one = FakeGateway("one")
    async with balanced(one) as url:
        one.hangs = True
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
                await client.get(url)
        one.hangs = False
        await come_from(url, "one")
