"""Several Rasa servers as one bot: the least busy one is asked, and another one where it is dead or hangs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from bot.adapters.circuit_breaker import CircuitBreaker
from bot.adapters.rasa_http import RasaBot, Unreachable
from bot.core.asked_questions import ReadMail
from bot.core.gap_groups import GroupedTexts
from bot.core.replies import Reply
from bot.services.ports import Unavailable

LOOK_SECONDS = 1.0
"""After so long without an answer it is looked whether the server lives; that may take as long again."""
TRY_SECONDS = 4.5
"""After that nobody else is asked: the customer would wait for too long."""
PAUSE_SECONDS = 2.0
"""So often it is looked whether a server that failed is back."""
Result = TypeVar("Result")
Call = Callable[[RasaBot], Awaitable[Result]]


@dataclass(eq=False)
class _Server:
    """One of the servers, as this gateway has seen it last."""

    rasa: RasaBot
    breaker: CircuitBreaker = field(default_factory=lambda: CircuitBreaker(PAUSE_SECONDS))
    under_way: int = 0
    answered_at: float = 0.0


class RasaPool:
    """The ``Bot`` port. Any server takes any conversation: what it needs to know of it is in the database."""

    def __init__(self, servers: Sequence[RasaBot]) -> None:
        self._servers = [_Server(rasa) for rasa in servers]
        self._looking: set[asyncio.Task[None]] = set()

    async def reply(
        self, conversation: str, turn: str, *, text: str | None = None, command: str | None = None
    ) -> list[Reply]:
        # Whether the one before has taken the turn or not: by its id it happens once.
        return await self._ask(lambda rasa: rasa.reply(conversation, turn, text=text, command=command))

    async def search(self, text: str) -> list[str]:
        return await self._ask(lambda rasa: rasa.search(text))

    async def group(self, texts: Sequence[str]) -> GroupedTexts:
        return await self._ask(lambda rasa: rasa.group(texts), takes_long=True)

    async def read_mail(self, text: str, shown: int) -> ReadMail:
        return await self._ask(lambda rasa: rasa.read_mail(text, shown), takes_long=True)

    async def check(self) -> None:
        """Raises ``Unavailable`` unless one of the servers can answer."""
        found = await asyncio.gather(*(server.rasa.check() for server in self._servers), return_exceptions=True)
        problems = [problem for problem in found if isinstance(problem, BaseException)]
        if len(problems) == len(self._servers):
            raise problems[0]

    async def close(self) -> None:
        for server in self._servers:
            await server.rasa.close()

    async def _ask(self, call: Call[Result], *, takes_long: bool = False) -> Result:
        """The first answer. Raises ``Unavailable`` with what the last server said."""
        began = time.monotonic()
        order = self._in_order()
        for server in order[:-1]:
            with suppress(Unavailable):
                return await self._answer_of(server, call, takes_long=takes_long)
            if time.monotonic() - began > TRY_SECONDS:
                raise Unreachable("Rasa did not answer in time")
        return await self._answer_of(order[-1], call, takes_long=takes_long)

    def _in_order(self) -> Sequence[_Server]:
        """The least busy first, in turn where they are equally busy; those that failed lately only as a last resort.

        A single one is asked twice: behind its address another may have taken its place.
        """
        self._servers.append(self._servers.pop(0))
        for server in self._servers:
            if not server.breaker.is_closed and server.breaker.lets_through():
                self._look_after(server)
        order = sorted(self._servers, key=lambda server: (not server.breaker.is_closed, server.under_way))
        return order if len(order) > 1 else order * 2

    async def _answer_of(self, server: _Server, call: Call[Result], *, takes_long: bool) -> Result:
        server.under_way += 1
        answer = asyncio.ensure_future(call(server.rasa))
        try:
            while not takes_long and not (await asyncio.wait({answer}, timeout=LOOK_SECONDS))[0]:
                await self._make_sure_it_lives(server)
            result = await answer
        except Unreachable:
            server.breaker.note_failure()
            raise
        finally:
            answer.cancel()
            server.under_way -= 1
        server.answered_at = time.monotonic()
        server.breaker.note_success()
        return result

    async def _make_sure_it_lives(self, server: _Server) -> None:
        """Raises ``Unreachable`` for a server that hangs. One that answers others meanwhile is busy, and not asked."""
        if time.monotonic() - server.answered_at < LOOK_SECONDS:
            return
        try:
            await asyncio.wait_for(server.rasa.check(), LOOK_SECONDS)
        except (Unavailable, asyncio.TimeoutError) as error:
            raise Unreachable("Rasa hangs") from error

    def _look_after(self, server: _Server) -> None:
        """Look whether a server is back, while customers are answered by others."""
        looking = asyncio.create_task(self._look(server))
        self._looking.add(looking)
        looking.add_done_callback(self._looking.discard)

    async def _look(self, server: _Server) -> None:
        try:
            await server.rasa.check()
        except Unavailable:
            server.breaker.note_failure()
        else:
            server.breaker.note_success()
