"""Rasa's messages of one conversation, one after the other: in one process, and in two that share a Redis."""

from __future__ import annotations

import asyncio
import time

import pytest
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import read_endpoint_config

from bot.config import ROOT
from bot.inside_rasa import lock_store
from bot.inside_rasa.lock_store import DeskLockStore
from tests.redises import redis_url


@pytest.fixture(params=["memory", "redis"])
def stores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> tuple[LockStore, LockStore]:
    """As two Rasa processes make them from ``endpoints.yml``; without Redis there is one process."""
    monkeypatch.setenv("PROMODESK_REDIS_URL", redis_url() if request.param == "redis" else "")
    monkeypatch.setenv("PROMODESK_SECRET", str(time.time()))
    monkeypatch.setenv("PROMODESK_ACTIONS_URL", "http://127.0.0.1:5055")
    made = _from_endpoints()
    return made, _from_endpoints() if request.param == "redis" else made


async def test_messages_of_a_conversation_wait_for_each_other_without_looking_every_second(
    stores: tuple[LockStore, LockStore],
) -> None:
    order: list[int] = []

    async def handle(number: int) -> None:
        async with stores[number % 2].lock("c1"):
            order.append(number)
            await asyncio.sleep(0.02)

    tasks = []
    async with stores[1].lock("c1"):
        for number in range(6):
            tasks.append(asyncio.create_task(handle(number)))
            await asyncio.sleep(0.1)  # it stands in line before the next one comes
        began = time.monotonic()
    await asyncio.gather(*tasks)

    assert order == list(range(6))
    assert time.monotonic() - began < 3  # Rasa's own would take five seconds


async def test_other_conversations_go_on(stores: tuple[LockStore, LockStore]) -> None:
    async with stores[0].lock("c1"), stores[1].lock("c2"):
        pass


async def test_who_waits_too_long_is_told_in_rasas_own_terms(
    stores: tuple[LockStore, LockStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock_store, "WAIT_SECONDS", 0.2)
    async with stores[0].lock("c1"):
        with pytest.raises(LockError):
            async with stores[1].lock("c1"):
                pass


def _from_endpoints() -> LockStore:
    made = LockStore.create(read_endpoint_config(str(ROOT / "endpoints.yml"), "lock_store"))
    assert isinstance(made, DeskLockStore)
    return made
