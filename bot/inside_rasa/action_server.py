"""One action server as Rasa calls it: over connections that are kept, and looked after where it does not answer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

import aiohttp
from rasa.utils.endpoints import ClientResponseError

from bot.adapters.circuit_breaker import CircuitBreaker

PAUSE_SECONDS = 2.0
"""So often one that failed is tried again."""
LOOK_SECONDS = 1.0
"""After so long without an answer it is looked whether the server lives; that may take as long again."""
LEAST_SECONDS = 0.1
"""For aiohttp no seconds at all would mean no limit."""
KEPT_SECONDS = 4.0
"""A connection nobody used for so long is given up; Sanic closes it after five seconds."""


class Hangs(aiohttp.ClientConnectionError):
    """The server takes connections, and answers nobody."""


class ActionServer:
    """As this Rasa has seen it last. Rasa's own endpoint makes a new connection for every call, a twentieth of its time."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.breaker = CircuitBreaker(PAUSE_SECONDS)

    async def answer(self, call: Mapping[str, Any], headers: Mapping[str, str], seconds: float) -> Any:
        """What an action said. Raises what Rasa's own endpoint raises."""
        until = time.monotonic() + seconds
        try:
            return await self._post(call, headers, seconds)
        except aiohttp.ServerDisconnectedError:
            # It may have ended a kept connection just now: that says nothing about the server.
            return await self._post(call, headers, max(LEAST_SECONDS, until - time.monotonic()))

    async def make_sure_it_lives(self) -> None:
        """Raises ``aiohttp.ClientConnectionError`` for one that is dead or hangs; one whose databases are slow is neither."""
        limit = aiohttp.ClientTimeout(total=LOOK_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=limit) as session:
                await session.get(urljoin(self.url, "health"))
        except asyncio.TimeoutError as error:
            raise Hangs(f"no answer from {self.url}") from error

    @cached_property
    def _session(self) -> aiohttp.ClientSession:
        """Made at the first call, inside the event loop that it belongs to."""
        return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_SECONDS))

    async def _post(self, call: Mapping[str, Any], headers: Mapping[str, str], seconds: float) -> Any:
        limit = aiohttp.ClientTimeout(total=seconds)
        async with self._session.post(self.url, json=call, headers=headers, timeout=limit) as response:
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason, await response.read())
            return await response.json()
