"""Redis goes away and comes back: every message still gets its turn, and the log says so once."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters import steady_limits
from bot.adapters.circuit_breaker import CircuitBreaker
from bot.adapters.redis_limits import CALL_SECONDS, RedisTurns, RedisWindows, SharedRedis
from bot.adapters.steady_limits import Health, SteadyTurns, SteadyWindows
from tests.redises import OwnRedis, own_redis

PAUSE = 0.3


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnRedis]:
    with own_redis(tmp_path) as running:
        yield running


class Gateway:
    """What one gateway counts and waits with."""

    def __init__(self, url: str) -> None:
        redis = SharedRedis(url, "secret")
        health = Health(CircuitBreaker(PAUSE))
        self.windows = SteadyWindows(RedisWindows(redis), health)
        self.turns = SteadyTurns(RedisTurns(redis, "test"), health)

    async def take(self, limit: int = 1000) -> tuple[float, float]:
        """One message of Anna's: what the limit says, and how long it was held up."""
        began = time.monotonic()
        wait = await self.windows.count("anna", limit, 60)
        async with self.turns.turn("anna", 5):
            return wait, time.monotonic() - began


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["dies", "hangs"])
async def test_while_redis_is_away_messages_go_on_and_limits_hold(
    server: OwnRedis, number: signal.Signals, caplog: pytest.LogCaptureFixture
) -> None:
    one, other = Gateway(server.url), Gateway(server.url)
    caplog.set_level(logging.WARNING, steady_limits.__name__)
    assert (await one.take(2))[0] == (await other.take(2))[0] == 0 < (await one.take(2))[0]
    server.signal(number)

    taken = [await one.take(2) for _ in range(3)]

    assert [wait > 0 for wait, _ in taken] == [False, False, True]
    assert max(held_up for _, held_up in taken) < CALL_SECONDS + 1
    assert caplog.text.count("for this process only") == 1

    server.signal(signal.SIGCONT) if number is signal.SIGSTOP else server.start()
    await asyncio.sleep(PAUSE + 0.1)
    await one.take()
    assert caplog.text.count("Redis is back") == 1
    await other.take()
    assert (await one.take(2))[0] > 0


async def test_who_holds_a_turn_when_redis_dies_is_still_waited_for_here(server: OwnRedis) -> None:
    gateway, order = Gateway(server.url), []
    async with gateway.turns.turn("anna", 5):
        server.signal(signal.SIGKILL)
        waiting = asyncio.create_task(gateway.take())
        await asyncio.sleep(0.5)
        order.append("first")
        assert not waiting.done()
    await waiting
    server.start()


async def test_with_redis_hanging_hardly_anybody_waits_for_it(server: OwnRedis) -> None:
    gateway = Gateway(server.url)
    await gateway.take()
    server.signal(signal.SIGSTOP)
    await gateway.take()

    began = time.monotonic()
    await asyncio.gather(*(gateway.windows.count(f"customer {number}", 5, 60) for number in range(200)))

    assert time.monotonic() - began < CALL_SECONDS + 1
    server.signal(signal.SIGCONT)
