"""Puts together what processes share of limits and turns: in Redis where the settings name one, else each has its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.adapters.memory_limits import MemoryTurns, MemoryWindows
from bot.adapters.redis_limits import RedisTurns, RedisWindows, SharedRedis
from bot.adapters.steady_limits import Health, SteadyTurns, SteadyWindows
from bot.config import Settings
from bot.services.gateway import Check
from bot.services.limit_ports import Turns, Windows


@dataclass(frozen=True)
class SharedLimits:
    """Counts and turns, and how to see whether they are shared."""

    windows: Windows
    turns: Turns
    checks: dict[str, Check]
    closes: tuple[Callable[[], Awaitable[None]], ...] = ()


def shared_limits(settings: Settings, kind: str) -> SharedLimits:
    """Gateways and Rasa each have a ``kind`` of turns. Raises ``InvalidInput`` for an address that cannot be used."""
    if not settings.redis_url:
        return SharedLimits(MemoryWindows(), MemoryTurns(), {})
    redis, health = SharedRedis(settings.redis_url, settings.secret), Health()
    return SharedLimits(
        SteadyWindows(RedisWindows(redis), health),
        SteadyTurns(RedisTurns(redis, kind), health),
        {"redis": redis.check},
        (redis.close,),
    )
