"""Limits and turns that go on in this process's memory while Redis is away, and go back to it when it returns."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TypeVar

from bot.adapters.circuit_breaker import CircuitBreaker
from bot.adapters.memory_limits import MemoryTurns, MemoryWindows
from bot.services.limit_ports import Turns, Windows
from bot.services.ports import Unavailable

PAUSE_SECONDS = 2.0
"""While Redis is away, one message in so many seconds tries it, and waits a second at most."""
SHORTEST_WAIT = 0.05
"""Also who has waited for the common turn until the last moment gets this process's, if it is free."""
logger = logging.getLogger(__name__)
Result = TypeVar("Result")


class Health:
    """Whether Redis answers, as everybody in this process has seen it last; a change is logged once."""

    def __init__(self, breaker: CircuitBreaker | None = None) -> None:
        self._breaker = breaker or CircuitBreaker(PAUSE_SECONDS)

    async def ask(self, call: Callable[[], Awaitable[Result]]) -> Result:
        """The result of a call of Redis; raises ``Unavailable`` at once while it is known to be away."""
        if not self._breaker.lets_through():
            raise Unavailable("Redis was away a moment ago")
        try:
            result = await call()
        except Unavailable as error:
            self._note_failure(error)
            raise
        if self._breaker.note_success():
            logger.warning("Redis is back: limits and turns are common again")
        return result

    def _note_failure(self, error: Unavailable) -> None:
        if self._breaker.note_failure():
            logger.warning("%s: until it is back, limits and turns hold for this process only", error)


class SteadyWindows:
    """The ``Windows`` port; never raises ``Unavailable``. While Redis is away its counts begin anew."""

    def __init__(self, shared: Windows, health: Health) -> None:
        self._shared = shared
        self._own = MemoryWindows()
        self._health = health

    async def count(self, key: str, limit: int, seconds: float) -> float:
        return await self._either(lambda windows: windows.count(key, limit, seconds))

    async def check(self, key: str, limit: int) -> float:
        return await self._either(lambda windows: windows.check(key, limit))

    async def note(self, key: str, seconds: float) -> None:
        await self._either(lambda windows: windows.note(key, seconds))

    async def _either(self, use: Callable[[Windows], Awaitable[Result]]) -> Result:
        try:
            return await self._health.ask(lambda: use(self._shared))
        except Unavailable:
            return await use(self._own)


class SteadyTurns:
    """The ``Turns`` port; never raises ``Unavailable``.

    Whoever has the common turn takes this process's too: if Redis goes away meanwhile, the next ones here still wait.
    """

    def __init__(self, shared: Turns, health: Health) -> None:
        self._shared = shared
        self._own = MemoryTurns()
        self._health = health

    @asynccontextmanager
    async def turn(self, key: str, wait_seconds: float) -> AsyncIterator[None]:
        deadline = time.monotonic() + wait_seconds
        async with AsyncExitStack() as held:
            with suppress(Unavailable):
                await self._health.ask(lambda: held.enter_async_context(self._shared.turn(key, wait_seconds)))
            left = max(SHORTEST_WAIT, deadline - time.monotonic())
            await held.enter_async_context(self._own.turn(key, left))
            yield
