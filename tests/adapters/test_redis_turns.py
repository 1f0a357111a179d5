"""What only a shared Redis can go through: holders that were killed or held up, and names that tell nothing."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
import redis

from bot.adapters import redis_limits
from bot.adapters.redis_limits import RedisTurns, RedisWindows, SharedRedis
from bot.services.limit_ports import TurnNeverCame
from bot.services.ports import InvalidInput, Unavailable
from tests.patience import comes_true
from tests.redises import redis_url

LEASE = 0.5


@pytest_asyncio.fixture
async def shared() -> AsyncIterator[SharedRedis]:
    made = SharedRedis(redis_url(), secrets.token_hex())
    yield made
    await made.close()


@pytest.fixture
def renews_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_limits, "RENEW_SECONDS", 0.1)


class Held(RedisTurns):
    """Held up: whoever holds a turn of it does not renew it."""

    async def _renew(self, line: str, token: str) -> None:
        await asyncio.sleep(3600)


async def test_the_next_one_goes_on_when_a_holder_was_killed(shared: SharedRedis) -> None:
    killed, alive = Held(shared, "test", LEASE), RedisTurns(shared, "test", LEASE)
    never_left = killed.turn("anna", 1)
    began = asyncio.get_running_loop().time()
    await never_left.__aenter__()

    async with alive.turn("anna", 20):
        waited = asyncio.get_running_loop().time() - began

    assert LEASE * 0.98 < waited < LEASE + redis_limits.LOOK_SECONDS + 3


async def test_waiting_ones_that_were_killed_are_passed_over(shared: SharedRedis) -> None:
    turns = RedisTurns(shared, "test", LEASE)
    async with turns.turn("anna", 1):
        line = shared.name("test", "anna")
        assert await shared.run(redis_limits._LOOK, line, "somebody who was killed", 300, 1) == 0
        waiting = asyncio.create_task(_pass_through(turns))
        await asyncio.sleep(0.1)
    await asyncio.wait_for(waiting, 20)


async def test_who_works_for_long_keeps_the_turn(shared: SharedRedis, renews_fast: None) -> None:
    turns = RedisTurns(shared, "test", LEASE)
    async with turns.turn("anna", 1):
        with pytest.raises(TurnNeverCame):
            async with turns.turn("anna", 3 * LEASE):
                pass


async def test_who_was_held_up_cannot_free_what_is_anothers(
    shared: SharedRedis, caplog: pytest.LogCaptureFixture
) -> None:
    held_up, next_one = Held(shared, "test", LEASE), RedisTurns(shared, "test")
    lost = held_up.turn("anna", 1)
    await lost.__aenter__()
    async with next_one.turn("anna", 20):
        await lost.__aexit__(None, None, None)
        with pytest.raises(TurnNeverCame):
            async with held_up.turn("anna", 0.2):
                pass


async def test_a_holder_learns_that_the_turn_was_lost(
    shared: SharedRedis, renews_fast: None, caplog: pytest.LogCaptureFixture
) -> None:
    turns = RedisTurns(shared, "test", LEASE)
    with caplog.at_level(logging.WARNING):
        async with turns.turn("anna", 1):
            redis.Redis.from_url(redis_url()).delete(shared.name("test", "anna"))
            await comes_true(lambda: "given to the next one" in caplog.text, "the holder to learn it")
            await asyncio.sleep(0.3)  # it is not said again

    assert caplog.text.count("given to the next one") == 1


async def test_nothing_stays_behind_and_no_name_tells_of_anybody(shared: SharedRedis) -> None:
    address = "anna@somewhere.example"
    async with RedisTurns(shared, "test", LEASE).turn(address, 1):
        kept = _kept(shared, "test", address)
        assert kept and not any("anna" in name for name in kept)
    await RedisWindows(shared).note(address, 60)
    (counted,) = _kept(shared, "window", address)

    assert _kept(shared, "test", address) == []
    assert "anna" not in counted and 0 < redis.Redis.from_url(redis_url()).ttl(counted) <= 60


async def test_a_call_that_gets_no_answer_ends_within_a_second(silent_server: str) -> None:
    hanging = SharedRedis(silent_server, "secret")
    began = asyncio.get_running_loop().time()

    with pytest.raises(Unavailable):
        async with RedisTurns(hanging, "test").turn("anna", 10):
            pass

    assert asyncio.get_running_loop().time() - began < 2
    await hanging.close()


def test_an_address_that_cannot_be_used_is_refused_without_its_password() -> None:
    with pytest.raises(InvalidInput, match="PROMODESK_REDIS_URL") as refused:
        SharedRedis("http://:hush@redis:6379", "secret")
    assert "hush" not in str(refused.value)


@pytest_asyncio.fixture
async def silent_server() -> AsyncIterator[str]:
    """Takes connections and never answers."""
    async with _listening() as port:
        yield f"redis://127.0.0.1:{port}"


@asynccontextmanager
async def _listening() -> AsyncIterator[int]:
    server = await asyncio.start_server(lambda reader, writer: asyncio.sleep(60), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _pass_through(turns: RedisTurns) -> None:
    async with turns.turn("anna", 20):
        pass


def _kept(shared: SharedRedis, kind: str, key: str) -> list[str]:
    found: Iterator[bytes] = redis.Redis.from_url(redis_url()).scan_iter(f"{shared.name(kind, key)}*")
    return [name.decode() for name in found]
