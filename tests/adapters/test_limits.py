"""Limits and turns: the same for a gateway's own memory and for Redis, where two of them stand for two gateways."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from bot.adapters.memory_limits import MemoryTurns, MemoryWindows
from bot.adapters.redis_limits import RedisTurns, RedisWindows, SharedRedis
from bot.services.limit_ports import TurnNeverCame, Turns, Windows
from tests.redises import redis_url


@dataclass
class Gateways:
    """What two gateways count and wait with: one and the same thing in memory, each its own connection with Redis."""

    windows: tuple[Windows, Windows]
    turns: tuple[Turns, Turns]


@pytest_asyncio.fixture(params=["memory", "redis"])
async def gateways(request: pytest.FixtureRequest) -> AsyncIterator[Gateways]:
    if request.param == "memory":
        windows, turns = MemoryWindows(), MemoryTurns()
        yield Gateways((windows, windows), (turns, turns))
        return
    url, secret = redis_url(), secrets.token_hex()
    one, other = SharedRedis(url, secret), SharedRedis(url, secret)
    yield Gateways((RedisWindows(one), RedisWindows(other)), (RedisTurns(one, "test"), RedisTurns(other, "test")))
    await one.close()
    await other.close()


async def test_a_limit_counts_what_all_gateways_see(gateways: Gateways) -> None:
    one, other = gateways.windows
    assert [await windows.count("anna", 3, 60) for windows in (one, other, one)] == [0, 0, 0]

    for windows in (one, other):
        assert 50 < await windows.count("anna", 3, 60) <= 60
        assert 50 < await windows.check("anna", 3) <= 60
    assert await other.count("bert", 3, 60) == 0


async def test_what_is_only_looked_at_does_not_count_and_what_has_happened_does(gateways: Gateways) -> None:
    one, other = gateways.windows
    for _ in range(5):
        assert await one.check("anna", 2) == 0
    for _ in range(3):
        await other.note("anna", 60)

    assert await one.check("anna", 2) > 0
    assert await one.check("anna", 4) == 0


async def test_there_is_room_again_when_the_window_has_moved_on(gateways: Gateways) -> None:
    one, other = gateways.windows
    assert await one.count("anna", 1, 1.0) == 0
    wait = await other.count("anna", 1, 1.0)
    assert 0 < wait <= 1.0

    await asyncio.sleep(wait + 0.05)

    assert await other.count("anna", 1, 1.0) == 0


async def test_turns_come_in_order_of_arrival_one_at_a_time(gateways: Gateways) -> None:
    order: list[int] = []
    inside = 0

    async def take(number: int) -> None:
        nonlocal inside
        async with gateways.turns[number % 2].turn("anna", 10):
            inside += 1
            assert inside == 1
            order.append(number)
            await asyncio.sleep(0.02)
            inside -= 1

    tasks = []
    async with gateways.turns[1].turn("anna", 10):
        for number in range(8):
            tasks.append(asyncio.create_task(take(number)))
            await asyncio.sleep(0.1)  # it stands in line before the next one comes
    await asyncio.gather(*tasks)

    assert order == list(range(8))


async def test_who_waits_is_woken_at_once(gateways: Gateways) -> None:
    loop, (one, other) = asyncio.get_running_loop(), gateways.turns
    gaps = []
    for _ in range(5):
        async with one.turn("anna", 10):
            waiting = asyncio.create_task(_entered_at(other))
            await asyncio.sleep(0.05)
            left = loop.time()
        gaps.append(await waiting - left)

    assert sorted(gaps)[2] < 0.2  # who is not woken looks every 0.4 seconds, in Rasa's own lock store every second


async def test_others_are_not_waited_for(gateways: Gateways) -> None:
    one, other = gateways.turns
    async with one.turn("anna", 1), other.turn("bert", 1):
        pass


async def test_who_waits_too_long_gives_up_and_keeps_nobody_else_waiting(gateways: Gateways) -> None:
    one, other = gateways.turns
    async with one.turn("anna", 1):
        with pytest.raises(TurnNeverCame):
            async with other.turn("anna", 0.2):
                pass
    async with other.turn("anna", 1):
        pass


async def test_who_is_interrupted_while_waiting_or_working_leaves_the_line(gateways: Gateways) -> None:
    one, other = gateways.turns
    for holds in (True, False):
        async with one.turn("anna" if not holds else "bert", 1):
            interrupted = asyncio.create_task(_hold(other))
            await asyncio.sleep(0.1)
            interrupted.cancel()
            with pytest.raises(asyncio.CancelledError):
                await interrupted
        async with one.turn("anna", 1):
            pass


async def test_an_error_inside_a_turn_ends_it_and_is_told(gateways: Gateways) -> None:
    one, other = gateways.turns
    with pytest.raises(ZeroDivisionError):
        async with one.turn("anna", 1):
            raise ZeroDivisionError
    async with other.turn("anna", 1):
        pass


async def _entered_at(turns: Turns) -> float:
    async with turns.turn("anna", 10):
        return asyncio.get_running_loop().time()


async def _hold(turns: Turns) -> None:
    async with turns.turn("anna", 10):
        await asyncio.sleep(10)
