"""A gateway that has too much to do says so at once."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.web.admission import Admission
from tests.fakes import FakeBot
from tests.web.conftest import HOST


async def many_at_once(app: FastAPI, customers: int) -> list[httpx.Response]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as stranger:
        # Without a cookie every request is somebody else's.
        return await asyncio.gather(*(stranger.post("/api/chat", json={"text": "Hello"}) for _ in range(customers)))


def test_what_cannot_be_answered_soon_is_turned_away_at_once_and_told_when_to_come_again(
    app: FastAPI, bot: FakeBot
) -> None:
    app.state.admission, bot.seconds = Admission(most=3), 0.5

    answers = asyncio.run(many_at_once(app, 5))

    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 2
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["error"]["code"] == "too_busy" and int(refused.headers["Retry-After"]) > 0
    assert len(bot.asked) == 3


def test_a_customer_who_sends_many_messages_at_once_takes_no_place_of_anybody_else(app: FastAPI, bot: FakeBot) -> None:
    app.state.admission, bot.seconds = Admission(most=3), 0.3

    status, under_way = asyncio.run(stranger_beside(app, impatient=2, messages=4))

    assert (status, under_way) == (200, 2)


def test_only_so_many_messages_of_one_session_may_wait(app: FastAPI, bot: FakeBot) -> None:
    app.state.admission, bot.seconds = Admission(most_waiting=2), 0.5

    answers = asyncio.run(impatient_customer(app, 5))

    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 2
    assert {answer.json()["error"]["code"] for answer in answers if answer.status_code == 429} == {"too_fast"}
    assert app.state.admission.under_way == 0


async def impatient_customer(app: FastAPI, messages: int) -> list[httpx.Response]:
    """The answers to messages of one session that are sent faster than they are answered."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        await client.get("/api/chat/history")
        sent = []
        for _ in range(messages):
            sent.append(asyncio.create_task(client.post("/api/chat", json={"text": "Hello"})))
            await asyncio.sleep(0.02)
        return await asyncio.gather(*sent)


async def stranger_beside(app: FastAPI, *, impatient: int, messages: int) -> tuple[int, int]:
    """What somebody else's message gets meanwhile, and how many were being answered just before."""
    crowd = [asyncio.create_task(impatient_customer(app, messages)) for _ in range(impatient)]
    await asyncio.sleep(0.15)
    under_way = app.state.admission.under_way
    (answer,) = await many_at_once(app, 1)
    await asyncio.gather(*crowd)
    return answer.status_code, under_way


def test_a_place_is_free_again_when_its_message_is_answered_or_refused(app: FastAPI, client: TestClient) -> None:
    app.state.admission = Admission(most=1)

    turns = [{"text": "Hello"}, {"button": "not-offered"}, {"text": "Hello"}]
    statuses = [client.post("/api/chat", json=turn).status_code for turn in turns]

    assert statuses == [200, 422, 200] and app.state.admission.under_way == 0
