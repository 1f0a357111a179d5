"""One question to the database every so often, for however many pages listen; and none of them misses anything."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

import pytest

from bot.core.ticket_work import EventKind
from bot.core.tickets import TicketState
from bot.services.ports import Unavailable
from bot.services.queue_ports import News
from bot.web.desk.ticket_watch import MOST_NEWS, Listener, TicketWatch
from tests.patience import PATIENCE_SECONDS, comes_true

SECONDS = 0.02


class Happenings:
    """The ``QueueNews`` port over a list, which counts how often it is asked."""

    def __init__(self, last: int = 0) -> None:
        self._positions = list(range(1, last + 1))
        self.asked = 0
        self.is_down = False

    def happen(self, count: int = 1) -> None:
        for _ in range(count):
            self._positions.append(self.last() + 1)

    def last(self) -> int:
        return self._positions[-1] if self._positions else 0

    def since(self, position: int, most: int) -> Sequence[News]:
        self.asked += 1
        if self.is_down:
            raise Unavailable("the desk database is down")
        news = [News(one, "T-2023-000001", EventKind.NOTE, None, TicketState.OPEN, None) for one in self._positions]
        return [one for one in news if one.position > position][:most]


async def heard(listener: Listener, count: int) -> list[int]:
    """So many positions, in the order in which they were told."""

    async def listen() -> list[int]:
        positions: list[int] = []
        while len(positions) < count and not listener.has_missed:
            positions += [news.position for news in await listener.take(0.1)]
        return positions

    return await asyncio.wait_for(listen(), PATIENCE_SECONDS)


async def asked_again(news: Happenings) -> None:
    """Until the watch has asked for all that has happened so far, and is done with it."""
    asked = news.asked
    await comes_true(lambda: news.asked >= asked + 2, "the watch to ask")


async def test_what_was_missed_comes_first_and_then_what_happens() -> None:
    news = Happenings(last=5)
    async with TicketWatch(news, SECONDS).listener(since=3) as listener:
        assert await heard(listener, 2) == [4, 5]
        news.happen(2)
        assert await heard(listener, 2) == [6, 7]


async def test_many_listeners_cost_one_question_at_a_time() -> None:
    news = Happenings(last=5)
    watch = TicketWatch(news, SECONDS)
    listening = asyncio.Semaphore(0)

    async def listen() -> list[int]:
        async with watch.listener(since=5) as listener:
            listening.release()
            return await heard(listener, 1)

    listeners = [asyncio.create_task(listen()) for _ in range(50)]
    for _ in listeners:
        await listening.acquire()
    asked_before, began = news.asked, time.monotonic()
    await asyncio.sleep(SECONDS * 5)
    assert news.asked - asked_before <= (time.monotonic() - began) / SECONDS + 1
    news.happen()
    assert await asyncio.gather(*listeners) == [[6]] * 50


async def test_nobody_is_asked_while_nobody_listens() -> None:
    news = Happenings()
    watch = TicketWatch(news, SECONDS)
    async with watch.listener(since=0):
        await asked_again(news)
    await asyncio.sleep(SECONDS * 4)  # a question under way comes to its end
    asked = news.asked
    await asyncio.sleep(SECONDS * 4)
    assert news.asked == asked
    async with watch.listener(since=0) as listener:
        news.happen()
        assert await heard(listener, 1) == [1]


async def test_whoever_comes_while_something_happens_is_told_of_it() -> None:
    news = Happenings()
    watch = TicketWatch(news, SECONDS)

    async def listen(since: int) -> set[int]:
        async with watch.listener(since) as listener:
            await asyncio.sleep(SECONDS)
            return set(await heard(listener, 1)) if since < news.last() else set()

    for _ in range(30):
        since = news.last()
        coming = asyncio.create_task(listen(since))
        await asyncio.sleep(0)
        news.happen()
        assert since + 1 in await coming


async def test_who_has_missed_too_much_is_told_so() -> None:
    news = Happenings(last=MOST_NEWS + 1)
    async with TicketWatch(news, SECONDS).listener(since=0) as listener:
        await listener.take(0.1)
        assert listener.has_missed
    async with TicketWatch(news, SECONDS).listener(since=1) as listener:
        assert len(await heard(listener, MOST_NEWS)) == MOST_NEWS and not listener.has_missed


async def test_who_does_not_listen_for_long_misses_things_and_costs_no_memory() -> None:
    news = Happenings()
    async with TicketWatch(news, SECONDS).listener(since=0) as listener:
        for _ in range(3):
            news.happen(MOST_NEWS // 2)
            await asked_again(news)
        await listener.take(0.1)
        assert listener.has_missed


async def test_a_database_that_comes_back_is_watched_again(caplog: pytest.LogCaptureFixture) -> None:
    news = Happenings()
    async with TicketWatch(news, SECONDS).listener(since=0) as listener:
        news.is_down = True
        await asked_again(news)
        news.happen()
        news.is_down = False
        assert await heard(listener, 1) == [1]
    assert [record.levelno for record in caplog.records if "not watched" in record.message] == [logging.WARNING]
