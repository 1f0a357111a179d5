"""Watches the database for news about tickets, once for all who listen in this process."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.services.ports import Unavailable
from bot.services.queue_ports import News, QueueNews

POLL_SECONDS = 2.0
MOST_NEWS = 200
"""So many are told at once; who has missed more is better off with the page anew."""
logger = logging.getLogger(__name__)


@dataclass(eq=False)
class Listener:
    """What one page is still to be told."""

    _news: deque[News] = field(default_factory=deque)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    has_missed: bool = False
    """More happened than can be told one by one."""

    def tell(self, news: Sequence[News]) -> None:
        self._news.extend(news)
        if len(self._news) > MOST_NEWS:
            self.has_missed = True
            self._news.clear()
        self._arrived.set()

    async def take(self, seconds: float) -> list[News]:
        """What has happened since the last time; waits so long for something, and may come back with nothing."""
        try:
            await asyncio.wait_for(self._arrived.wait(), seconds)
        except asyncio.TimeoutError:
            return []
        self._arrived.clear()
        taken = list(self._news)
        self._news.clear()
        return taken


class TicketWatch:
    """Asks for news every few seconds as long as anybody listens. Belongs to one event loop."""

    def __init__(self, news: QueueNews, seconds: float = POLL_SECONDS) -> None:
        self._news = news
        self._seconds = seconds
        self._listeners: set[Listener] = set()
        self._polling: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def listener(self, since: int) -> AsyncIterator[Listener]:
        """Somebody who knows all up to a position; is told what came after it, and what comes. Raises ``Unavailable``."""
        listener = Listener()
        self._listeners.add(listener)
        try:
            await self._begin()
            # Read after the watch has begun: what it told already is told once more, and nothing is missed.
            missed = await asyncio.to_thread(self._news.since, since, MOST_NEWS + 1)
            if missed:
                listener.tell(missed)
            yield listener
        finally:
            self._listeners.discard(listener)
            if not self._listeners and self._polling:
                self._polling.cancel()
                self._polling = None

    async def _begin(self) -> None:
        if self._polling is None:
            position = await asyncio.to_thread(self._news.last)
            if self._polling is None:  # somebody else may have come first
                self._polling = asyncio.create_task(self._poll(position))

    async def _poll(self, position: int) -> None:
        is_down = False
        while True:
            await asyncio.sleep(self._seconds)
            try:
                news = await asyncio.to_thread(self._news.since, position, MOST_NEWS + 1)
            except Unavailable as error:
                if not is_down:
                    logger.warning("the queue is not watched at the moment: %s", error)
                is_down = True
                continue
            is_down = False
            if news:
                position = news[-1].position
                for listener in self._listeners:
                    listener.tell(news)
