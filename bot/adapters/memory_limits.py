"""Limits and turns in the memory of one process: for a single gateway, and while Redis is away."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.services.limit_ports import TurnNeverCame

MOST_KEYS = 10_000
"""So many keys are counted before those without recent events are dropped."""


class MemoryWindows:
    """The ``Windows`` port."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._events: dict[str, deque[float]] = {}
        self._most_keys = MOST_KEYS

    async def count(self, key: str, limit: int, seconds: float) -> float:
        wait = await self.check(key, limit)
        if not wait:
            await self.note(key, seconds)
        return wait

    async def check(self, key: str, limit: int) -> float:
        now = self._clock()
        events = self._events.get(key, deque())
        while events and events[0] <= now:
            events.popleft()
        return events[-limit] - now if len(events) >= limit else 0.0

    async def note(self, key: str, seconds: float) -> None:
        now = self._clock()
        if len(self._events) >= self._most_keys:
            self._events = {kept: events for kept, events in self._events.items() if events and events[-1] > now}
            self._most_keys = max(MOST_KEYS, 2 * len(self._events))
        self._events.setdefault(key, deque()).append(now + seconds)


class MemoryTurns:
    """The ``Turns`` port."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, key: str, wait_seconds: float) -> AsyncIterator[None]:
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            try:
                await asyncio.wait_for(lock.acquire(), wait_seconds)
            except asyncio.TimeoutError as error:
                raise TurnNeverCame(f"waited {wait_seconds:.1f} s") from error
            try:
                yield
            finally:
                lock.release()
        finally:
            self._leave(key)

    def _leave(self, key: str) -> None:
        lock, users = self._locks[key]
        if users == 1:
            del self._locks[key]
        else:
            self._locks[key] = (lock, users - 1)
