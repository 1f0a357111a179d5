"""A conversation belongs to one browser, ends when it should, and is answered one message after the other."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.core.conversations import Conversation
from bot.services.gateway import Gateway
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.fakes import FakeBot, FakeClock, FakeConversations, FakeLookups
from tests.patience import comes_true
from tests.web.chat import CHOICE, ask
from tests.web.conftest import HOST


def test_an_ended_chat_is_gone_and_the_next_message_begins_another(client: TestClient, gateway: Gateway) -> None:
    ask(client, "Hello")
    before = client.cookies["desk-session"]

    assert client.post("/api/chat/end").json() == {"ended": True}

    assert client.get("/api/chat/history").json() == {"messages": []}
    assert client.cookies["desk-session"] != before
    ask(client, "Hello again")
    assert [message["text"] for message in client.get("/api/chat/history").json()["messages"]][0] == "Hello again"


def test_the_old_cookie_of_an_ended_chat_leads_nowhere(browser: Callable[[], TestClient]) -> None:
    client, thief = browser(), browser()
    ask(client, "Hello")
    thief.cookies.set("desk-session", client.cookies["desk-session"])

    client.post("/api/chat/end")

    assert thief.get("/api/chat/history").json() == {"messages": []}


def test_a_chat_that_cannot_be_ended_says_so_and_stays(client: TestClient, gateway: Gateway) -> None:
    ask(client, "Hello")
    assert isinstance(gateway.lookups, FakeLookups)
    gateway.lookups.is_down = True

    assert client.post("/api/chat/end").status_code == 503

    gateway.lookups.is_down = False
    assert len(client.get("/api/chat/history").json()["messages"]) == 2


def test_a_button_of_another_session_is_refused(browser: Callable[[], TestClient], bot: FakeBot) -> None:
    owner, stranger = browser(), browser()
    bot.replies = [CHOICE]
    button = ask(owner, "Hello")[0]["buttons"][0]["id"]
    ask(stranger, "Hello")

    for someone in (stranger, browser()):
        response = someone.post("/api/chat", json={"button": button})
        assert response.status_code == 422
        assert response.json()["error"]["code"] == "unknown_button"


def test_two_sessions_never_see_each_other(browser: Callable[[], TestClient], bot: FakeBot) -> None:
    first, second = browser(), browser()
    ask(first, "my very own question")

    assert second.get("/api/chat/history").json() == {"messages": []}
    ask(second, "another one")
    assert "very own" not in second.get("/api/chat/history").text
    assert "very own" not in second.get("/").text
    assert bot.asked[0][0] != bot.asked[1][0]


class TestTooFast:
    @pytest.fixture
    def limits(self) -> Limits:
        return Limits(per_session=3, per_address=5, wait_seconds=0.2)

    def test_a_session_that_is_too_fast_is_told_when_to_go_on(self, client: TestClient) -> None:
        for _ in range(3):
            ask(client, "Hello")

        response = client.post("/api/chat", json={"text": "Hello"})

        assert response.status_code == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert response.json()["error"]["code"] == "too_fast"

    def test_new_sessions_do_not_get_around_the_limit_of_their_address(self, browser: Callable[[], TestClient]) -> None:
        statuses = [browser().post("/api/chat", json={"text": "Hello"}).status_code for _ in range(6)]

        assert statuses == [200] * 5 + [429]

    def test_a_message_that_waited_too_long_for_the_one_before_is_turned_away(self, app: FastAPI, bot: FakeBot) -> None:
        bot.seconds = 1.2

        statuses, history = asyncio.run(all_at_once(app, ["a slow one", "too early"]))

        assert sorted(statuses) == [200, 429]
        assert len(history) == 4


def test_messages_of_one_session_are_answered_one_after_the_other(app: FastAPI, bot: FakeBot) -> None:
    bot.seconds = 0.1

    statuses, history = asyncio.run(all_at_once(app, ["first", "second", "third"]))

    assert statuses == [200] * 3
    assert [message["text"] for message in history[2::2]] == ["first", "second", "third"]
    assert [message["from"] for message in history] == ["customer", "desk"] * 4


class SlowToBegin(FakeConversations):
    """Takes its time to begin a conversation."""

    def __init__(self) -> None:
        super().__init__()
        self.begins = False

    def start(self, session: str, promotion: str, at: datetime) -> Conversation:
        self.begins = True
        time.sleep(0.2)
        return super().start(session, promotion, at)


def test_the_end_ends_also_what_a_message_under_way_has_begun(gateway: Gateway, limits: Limits) -> None:
    conversations = SlowToBegin()
    app = create_app(replace(gateway, conversations=conversations), limits)

    asyncio.run(end_while_the_first_message_is_under_way(app, conversations))

    assert conversations._by_session == {}


def test_what_is_said_while_the_end_is_under_way_begins_another_conversation(app: FastAPI, bot: FakeBot) -> None:
    bot.seconds = 1.0

    asyncio.run(say_end_and_say_at_once(app, bot))

    assert len({conversation for conversation, *_ in bot.asked}) == 2


async def end_while_the_first_message_is_under_way(app: FastAPI, conversations: SlowToBegin) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        await client.get("/api/chat/history")
        said = asyncio.create_task(client.post("/api/chat", json={"text": "Where is LEN-615204?"}))
        await comes_true(lambda: conversations.begins, "the conversation to begin")
        ended = await client.post("/api/chat/end", json={})
        assert (await said).status_code == ended.status_code == 200


async def say_end_and_say_at_once(app: FastAPI, bot: FakeBot) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        await client.get("/api/chat/history")
        first = asyncio.create_task(client.post("/api/chat", json={"text": "first"}))
        await comes_true(lambda: bool(bot.asked), "the bot to be asked")
        end = asyncio.create_task(client.post("/api/chat/end", json={}))
        await asyncio.sleep(0.3)  # it stands in line behind the first, which takes longer
        later = asyncio.create_task(client.post("/api/chat", json={"text": "later"}))
        assert [(await task).status_code for task in (first, end, later)] == [200, 200, 200]


async def all_at_once(app: FastAPI, texts: list[str]) -> tuple[list[int], list[dict]]:
    """Open a conversation, then send these messages of it at the same time."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        await client.post("/api/chat", json={"text": "Hello"})
        responses = await asyncio.gather(*(client.post("/api/chat", json={"text": text}) for text in texts))
        history = (await client.get("/api/chat/history")).json()["messages"]
    return [response.status_code for response in responses], history


def test_the_cookie_cannot_be_read_by_scripts_and_only_its_hash_is_kept(client: TestClient, gateway: Gateway) -> None:
    cookie = client.post("/api/chat", json={"text": "Hello"}).headers["Set-Cookie"]

    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Path=/" in cookie
    token = cookie.partition("=")[2].partition(".")[0]
    assert len(token) >= 22
    assert isinstance(gateway.conversations, FakeConversations)
    assert not any(token in key for key in gateway.conversations._by_session)


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(browser: Callable[[], TestClient]) -> None:
    client = browser()
    client.base_url = "https://desk.test"

    response = client.post("/api/chat", json={"text": "Hello"})

    assert response.headers["Set-Cookie"].startswith("__Host-")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "max-age" in response.headers["Strict-Transport-Security"]


@pytest.mark.parametrize("cookie", ["", "x", "chosen.by-somebody", "ä.ö", "." * 500], ids=range(5))
def test_a_cookie_that_is_not_ours_begins_a_new_session(client: TestClient, cookie: str) -> None:
    response = client.post("/api/chat", json={"text": "Hello"}, headers={"Cookie": f"desk-session={cookie}".encode()})

    assert response.status_code == 200
    assert "desk-session=" in response.headers["Set-Cookie"]


def test_a_session_left_alone_is_over(client: TestClient, clock: FakeClock) -> None:
    ask(client, "my very own question")
    clock.move(timedelta(minutes=59))
    assert client.get("/api/chat/history").json()["messages"]
    clock.move(timedelta(minutes=2))

    assert client.get("/api/chat/history").json() == {"messages": []}


def test_a_session_ends_after_half_a_day_however_busy(client: TestClient, clock: FakeClock) -> None:
    for _ in range(13):
        ask(client, "still here")
        clock.move(timedelta(minutes=57))

    assert client.get("/api/chat/history").json() == {"messages": []}
