"""Limits that keep the desk usable for everybody: messages a minute, tickets and files an hour, one message at a time per session."""

from __future__ import annotations

import ipaddress
import math
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from bot.services.limit_ports import TurnNeverCame, Turns, Windows
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
WAIT_SECONDS = 7.0
"""How long a message waits for the ones before it in its session."""


@dataclass(frozen=True)
class Limits:
    """How much is allowed, and how long is waited."""

    per_session: int = MESSAGES_PER_SESSION
    per_address: int = MESSAGES_PER_ADDRESS
    per_key: int = ANSWERS_PER_KEY
    wait_seconds: float = WAIT_SECONDS
    fill_seconds: float = FILL_SECONDS


class Limiter:
    """Holds everybody to the limits. How much somebody has done is counted by ``windows`` and ``turns``, which gateways may
    share; the places for large uploads are this gateway's own, since they stand for its disk and memory."""

    def __init__(self, windows: Windows, turns: Turns, limits: Limits) -> None:
        self.limits = limits
        self._windows = windows
        self._turns = turns
        self._uploads: Counter[str] = Counter()

    async def count_address(self, address: str) -> None:
        """Count a message against its sender's network address."""
        await self._count_message("address", _network(address), self.limits.per_address)

    async def count_session(self, session: str) -> None:
        """Count a message against its session."""
        await self._count_message("session", session, self.limits.per_session)

    async def count_key(self, id: str) -> None:
        """Count a request against the API key it comes with."""
        await self._count_message("key", id, self.limits.per_key)

    @asynccontextmanager
    async def turn(self, session: str) -> AsyncIterator[None]:
        """Lets the messages of a session in one after the other; raises ``Refused`` as too fast if those before take too long."""
        try:
            async with self._turns.turn(session, self.limits.wait_seconds):
                yield
        except TurnNeverCame as error:
            raise Refused("too_fast", retry_after=math.ceil(self.limits.wait_seconds)) from error

    async def count_files(self, number: int, *, session: str, address: str) -> None:
        """Count files that are to be inspected; raises ``Refused`` if there were too many in the last hour."""
        for kind, key, most in (
            ("session", session, FILES_PER_SESSION),
            ("address", _network(address), FILES_PER_ADDRESS),
        ):
            for _ in range(number):
                _refuse_for(await self._windows.count(f"files {kind} {key}", most, HOUR_SECONDS), "too_many_files")

    @contextmanager
    def upload(self, address: str) -> Iterator[None]:
        """Holds one of the places for large uploads; raises ``Refused`` as too fast if all are taken."""
        network = _network(address)
        if self._uploads.total() >= UPLOADS_AT_ONCE or self._uploads[network] >= UPLOADS_AT_ONCE_PER_ADDRESS:
            raise Refused("too_fast", retry_after=math.ceil(self.limits.wait_seconds))
        self._uploads[network] += 1
        try:
            yield
        finally:
            self._uploads -= Counter([network])  # what has come down to nothing is dropped

    async def check_ticket(self, *, session: str, address: str, email: str) -> None:
        """Raises ``Refused`` if session, network address or mail address had too many tickets in the last hour."""
        for key, most in _tickets(session, address, email):
            _refuse_for(await self._windows.check(key, most), "too_many_tickets")

    async def count_ticket(self, *, session: str, address: str, email: str) -> None:
        """Count a ticket that was opened; a form sent twice is one."""
        for key, _ in _tickets(session, address, email):
            await self._windows.note(key, HOUR_SECONDS)

    async def _count_message(self, kind: str, key: str, most: int) -> None:
        _refuse_for(await self._windows.count(f"{kind} {key}", most, WINDOW_SECONDS), "too_fast")


def _tickets(session: str, address: str, email: str) -> Iterator[tuple[str, int]]:
    """What a ticket is counted by, and how many are allowed."""
    yield f"tickets session {session}", TICKETS_PER_SESSION
    yield f"tickets address {_network(address)}", TICKETS_PER_ADDRESS
    yield f"tickets email {email}", TICKETS_PER_EMAIL


def _refuse_for(seconds: float, code: str) -> None:
    if seconds:
        raise Refused(code, retry_after=max(1, math.ceil(seconds)))


def _network(address: str) -> str:
    """The address, or for IPv6 the /64 that one customer commands."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else address
