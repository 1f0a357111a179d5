"""Several Rasa servers as one bot, over real connections: they share the work, and stand in for one another."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.adapters import rasa_pool
from bot.adapters.rasa_http import RasaBot
from bot.adapters.rasa_pool import RasaPool
from bot.core.replies import Reply, ReplyKind
from bot.services.ports import Unavailable
from tests.patience import comes_true


class FakeRasa:
    """A server on a port of its own that answers with its name, or does what goes wrong."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.turns: list[str] = []
        self.seconds = 0.0
        self.hangs = False
        self.drops_answers = False
        self._server: asyncio.AbstractServer | None = None
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        if self._server:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(head.lower().partition("content-length: ")[2].split("\r\n")[0] or 0)
        body = json.loads(await reader.readexactly(length) or "{}")
        if self.hangs:
            await asyncio.sleep(60)
        answer: dict[str, object] = {"ready": True}
        if "/turn" in head:
            self.turns.append(body["turn"])
            await asyncio.sleep(self.seconds)
            answer = {"replies": [Reply(ReplyKind.ANSWER, self.name).as_dict()]}
        if not self.drops_answers:
            payload = json.dumps(answer)
            writer.write(
                f"HTTP/1.1 200 OK\r\ncontent-length: {len(payload)}\r\nconnection: close\r\n\r\n{payload}".encode()
            )
        writer.close()


@pytest_asyncio.fixture
async def servers() -> AsyncIterator[tuple[FakeRasa, FakeRasa]]:
    made = FakeRasa("one"), FakeRasa("two")
    for server in made:
        await server.start()
    yield made
    for server in made:
        server.stop()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa_pool, "LOOK_SECONDS", 0.2)
    monkeypatch.setattr(rasa_pool, "PAUSE_SECONDS", 0.2)


PoolOf = Callable[..., RasaPool]


@pytest_asyncio.fixture
async def pool_of() -> AsyncIterator[PoolOf]:
    made: list[RasaPool] = []

    def make(*servers: FakeRasa) -> RasaPool:
        made.append(RasaPool([RasaBot(f"http://127.0.0.1:{server.port}", "a secret") for server in servers]))
        return made[-1]

    yield make
    for pool in made:
        await pool.close()


async def said_by(pool: RasaPool, turn: str = "t1") -> str:
    return (await pool.reply("c1", turn, text="Hello"))[0].text


async def test_they_share_the_work(servers: tuple[FakeRasa, FakeRasa], pool_of: PoolOf) -> None:
    pool = pool_of(*servers)
    for number in range(6):
        await said_by(pool, f"t{number}")
    assert [len(server.turns) for server in servers] == [3, 3]

    servers[0].seconds = 0.3
    slow = [asyncio.create_task(said_by(pool)) for _ in range(2)]
    await asyncio.sleep(0.05)
    assert [await said_by(pool) for _ in range(3)].count("two") >= 2
    await asyncio.gather(*slow)


async def test_a_dead_one_is_stood_in_for_and_taken_back(servers: tuple[FakeRasa, FakeRasa], pool_of: PoolOf) -> None:
    pool = pool_of(*servers)
    servers[0].stop()
    began = time.monotonic()
    assert {await said_by(pool) for _ in range(6)} == {"two"}
    assert time.monotonic() - began < 2
    await pool.check()

    await servers[0].start()

    async def both_answer() -> bool:
        return {await said_by(pool) for _ in range(4)} == {"one", "two"}

    await comes_true(both_answer, "the one that was dead to be asked again")


async def test_one_that_hangs_is_left_soon_and_costs_the_others_nothing(
    servers: tuple[FakeRasa, FakeRasa], pool_of: PoolOf
) -> None:
    pool = pool_of(*servers)
    servers[0].hangs = True
    began = time.monotonic()
    assert {answer for answer in await asyncio.gather(*(said_by(pool) for _ in range(4)))} == {"two"}
    assert time.monotonic() - began < 3

    began = time.monotonic()
    assert {await said_by(pool) for _ in range(4)} == {"two"}
    assert time.monotonic() - began < 1


async def test_one_that_is_only_slow_is_waited_for(servers: tuple[FakeRasa, FakeRasa], pool_of: PoolOf) -> None:
    pool = pool_of(*servers)
    for server in servers:
        server.seconds = 1.0

    await said_by(pool)

    assert sum(len(server.turns) for server in servers) == 1


async def test_an_answer_that_was_lost_is_asked_for_again_under_the_same_turn(
    servers: tuple[FakeRasa, FakeRasa], pool_of: PoolOf
) -> None:
    pool = pool_of(*servers)
    for server in servers:
        server.drops_answers = True
    with pytest.raises(Unavailable):
        await said_by(pool, "t7")
    servers[1].drops_answers = False

    assert await said_by(pool, "t8") == "two"
    assert servers[0].turns + servers[1].turns in (["t7", "t7", "t8"], ["t7", "t8", "t7", "t8"])


async def test_a_single_one_is_asked_again_since_another_may_have_taken_its_place(
    servers: tuple[FakeRasa, FakeRasa], pool_of: PoolOf
) -> None:
    pool = pool_of(servers[0])
    assert await said_by(pool) == "one"
    servers[0].stop()
    with pytest.raises(Unavailable):
        await said_by(pool)
    with pytest.raises(Unavailable):
        await pool.check()

    await servers[0].start()
    assert await said_by(pool) == "one"
