"""Limits that keep the desk usable for everybody: messages a minute, tickets and files an hour, one message at a time per session."""

from __future__ import annotations

import asyncio
import ipaddress
import math
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.web.errors import Refused

MESSAGES_PER_SESSION = 60
MESSAGES_PER_ADDRESS = 300
ANSWERS_PER_KEY = 120
WINDOW_SECONDS = 60.0
TICKETS_PER_SESSION = TICKETS_PER_EMAIL = 5
TICKETS_PER_ADDRESS = 20
FILES_PER_SESSION = 60
FILES_PER_ADDRESS = 200
"""So many files are inspected within an hour, kept or refused: each costs a process."""
UPLOADS_AT_ONCE = 20
UPLOADS_AT_ONCE_PER_ADDRESS = 5
HOUR_SECONDS = 3600.0
FILL_SECONDS = 2.0
"""Nobody fills in the contact form faster."""
WAIT_SECONDS = 10.0
"""How long a message waits for the ones before it in its session."""
MOST_KEYS = 10_000
"""So many sessions or addresses are counted before those without recent messages are dropped."""


class SlidingWindow:
    """At most so many events per key in any window of time."""

    def __init__(
        self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic, code: str = "too_fast"
    ) -> None:
        self._limit = limit
        self._code = code
        self._seconds = seconds
        self._clock = clock
        self._events: dict[str, deque[float]] = {}

    def count(self, key: str) -> None:
        """Count one event; raises ``Refused``, saying when there is room again."""
        self.check(key)
        self.note(key)

    def note(self, key: str) -> None:
        """Count one event that has happened already."""
        self._events.setdefault(key, deque()).append(self._clock())

    def check(self, key: str) -> None:
        """Raises ``Refused`` if one more event would be too many."""
        now = self._clock()
        if len(self._events) >= MOST_KEYS:
            self._drop_the_quiet(now)
        events = self._events.setdefault(key, deque())
        while events and events[0] <= now - self._seconds:
            events.popleft()
        if len(events) >= self._limit:
            raise Refused(self._code, retry_after=max(1, math.ceil(events[0] + self._seconds - now)))

    def _drop_the_quiet(self, now: float) -> None:
        self._events = {
            key: events for key, events in self._events.items() if events and events[-1] > now - self._seconds
        }


class OneAtATime:
    """Lets the messages of a session in one after the other, in the order they came."""

    def __init__(self, wait_seconds: float = WAIT_SECONDS) -> None:
        self.wait_seconds = wait_seconds
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def turn(self, session: str) -> AsyncIterator[None]:
        """Holds the session's turn; raises ``Refused`` as too fast if it does not come in time."""
        lock, users = self._locks.get(session, (asyncio.Lock(), 0))
        self._locks[session] = (lock, users + 1)
        try:
            try:
                await asyncio.wait_for(lock.acquire(), self.wait_seconds)
            except asyncio.TimeoutError as error:
                raise Refused("too_fast", retry_after=math.ceil(self.wait_seconds)) from error
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
        per_key: int = ANSWERS_PER_KEY,
        wait_seconds: float = WAIT_SECONDS,
        fill_seconds: float = FILL_SECONDS,
    ) -> None:
        self.fill_seconds = fill_seconds
        self._tickets = {
            kind: SlidingWindow(most, HOUR_SECONDS, code="too_many_tickets")
            for kind, most in (
                ("session", TICKETS_PER_SESSION),
                ("address", TICKETS_PER_ADDRESS),
                ("email", TICKETS_PER_EMAIL),
            )
        }
        self._files = {
            kind: SlidingWindow(most, HOUR_SECONDS, code="too_many_files")
            for kind, most in (("session", FILES_PER_SESSION), ("address", FILES_PER_ADDRESS))
        }
        self._uploads: Counter[str] = Counter()
        self._sessions = SlidingWindow(per_session, WINDOW_SECONDS)
        self._addresses = SlidingWindow(per_address, WINDOW_SECONDS)
        self._keys = SlidingWindow(per_key, WINDOW_SECONDS)
        self.one_at_a_time = OneAtATime(wait_seconds)

    def count_address(self, address: str) -> None:
        """Count a message against its sender's network address."""
        self._addresses.count(_network(address))

    def count_session(self, session: str) -> None:
        """Count a message against its session."""
        self._sessions.count(session)

    def count_key(self, id: str) -> None:
        """Count a request against the API key it comes with."""
        self._keys.count(id)

    def count_files(self, number: int, *, session: str, address: str) -> None:
        """Count files that are to be inspected; raises ``Refused`` if there were too many in the last hour."""
        for kind, key in (("session", session), ("address", _network(address))):
            for _ in range(number):
                self._files[kind].count(key)

    @contextmanager
    def upload(self, address: str) -> Iterator[None]:
        """Holds one of the places for large uploads; raises ``Refused`` as too fast if all are taken."""
        network = _network(address)
        if self._uploads.total() >= UPLOADS_AT_ONCE or self._uploads[network] >= UPLOADS_AT_ONCE_PER_ADDRESS:
            raise Refused("too_fast", retry_after=math.ceil(self.one_at_a_time.wait_seconds))
        self._uploads[network] += 1
        try:
            yield
        finally:
            self._uploads -= Counter([network])  # what has come down to nothing is dropped

    def check_ticket(self, *, session: str, address: str, email: str) -> None:
        """Raises ``Refused`` if session, network address or mail address had too many tickets in the last hour."""
        for kind, key in (("session", session), ("address", _network(address)), ("email", email)):
            self._tickets[kind].check(key)

    def count_ticket(self, *, session: str, address: str, email: str) -> None:
        """Count a ticket that was opened; a form sent twice is one."""
        for kind, key in (("session", session), ("address", _network(address)), ("email", email)):
            self._tickets[kind].note(key)


def _network(address: str) -> str:
    """The address, or for IPv6 the /64 that one customer commands."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else address
