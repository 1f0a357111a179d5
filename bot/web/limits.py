"""Limits that keep the desk usable for everybody: messages a minute, and one message at a time per session."""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.web.errors import Refused

MESSAGES_PER_SESSION = 60
MESSAGES_PER_ADDRESS = 300
WINDOW_SECONDS = 60.0
WAIT_SECONDS = 10.0
"""How long a message waits for the ones before it in its session."""
MOST_KEYS = 10_000
"""So many sessions or addresses are counted before those without recent messages are dropped."""


class SlidingWindow:
    """At most so many events per key in any window of time."""

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._seconds = seconds
        self._clock = clock
        self._events: dict[str, deque[float]] = {}

    def count(self, key: str) -> None:
        """Count one event; raises ``Refused`` as too fast, saying when there is room again."""
        now = self._clock()
        if len(self._events) >= MOST_KEYS:
            self._drop_the_quiet(now)
        events = self._events.setdefault(key, deque())
        while events and events[0] <= now - self._seconds:
            events.popleft()
        if len(events) >= self._limit:
            raise Refused("too_fast", retry_after=max(1, math.ceil(events[0] + self._seconds - now)))
        events.append(now)

    def _drop_the_quiet(self, now: float) -> None:
        self._events = {
            key: events for key, events in self._events.items() if events and events[-1] > now - self._seconds
        }


class OneAtATime:
    """Lets the messages of a session in one after the other, in the order they came."""

    def __init__(self, wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait_seconds = wait_seconds
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, session: str) -> AsyncIterator[None]:
        """Holds the session's turn; raises ``Refused`` as too fast if it does not come in time."""
        lock, users = self._locks.get(session, (asyncio.Lock(), 0))
        self._locks[session] = (lock, users + 1)
        try:
            try:
                await asyncio.wait_for(lock.acquire(), self._wait_seconds)
            except asyncio.TimeoutError as error:
                raise Refused("too_fast", retry_after=math.ceil(self._wait_seconds)) from error
            try:
                yield
            finally:
                lock.release()
        finally:
            self._leave(session)

    def _leave(self, session: str) -> None:
        lock, users = self._locks[session]
        if users == 1:
            del self._locks[session]
        else:
            self._locks[session] = (lock, users - 1)


class Limits:
    """All limits of one gateway; kept in its memory, so several gateways count apart."""

    def __init__(
        self,
        *,
        per_session: int = MESSAGES_PER_SESSION,
        per_address: int = MESSAGES_PER_ADDRESS,
        wait_seconds: float = WAIT_SECONDS,
    ) -> None:
        self._sessions = SlidingWindow(per_session, WINDOW_SECONDS)
        self._addresses = SlidingWindow(per_address, WINDOW_SECONDS)
        self.one_at_a_time = OneAtATime(wait_seconds)

    def count_address(self, address: str) -> None:
        """Count a message against its sender's network address."""
        self._addresses.count(_network(address))

    def count_session(self, session: str) -> None:
        """Count a message against its session."""
        self._sessions.count(session)


def _network(address: str) -> str:
    """The address, or for IPv6 the /64 that one customer commands."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else address
