from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.services.gateway import Gateway
from bot.web.limits import Limits
from tests.fakes import FakeBot, FakeClock, FakeConversations
from tests.web.conftest import HOST

CHOICE = Reply(
    ReplyKind.SUGGESTIONS,
    "Did you mean one of these?",
    links=(Link("Contact form", "/contact"),),
    buttons=(Button("How long it takes", "faq:how_long"), Button("None of these", "intent:deny")),
)


def ask(client: TestClient, text: str) -> list[dict]:
    response = client.post("/api/chat", json={"text": text})
    assert response.status_code == 200, response.text
    return response.json()["messages"]


def test_a_message_has_the_form_of_the_contract(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [Reply(ReplyKind.ANSWER, "Yes.", faq_id="x", version="abc"), CHOICE]

    answer, choice = ask(client, "Can I?")

    assert answer == {
        "id": answer["id"],
        "kind": "answer",
        "text": "Yes.",
        "faq_id": "x",
        "version": "abc",
        "links": [],
        "buttons": [],
    }
    assert set(choice) == {"id", "kind", "text", "links", "buttons"}
    assert [set(button) for button in choice["buttons"]] == [{"label", "id"}] * 2


def test_the_meaning_of_a_button_never_reaches_the_browser(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [CHOICE]

    answer = client.post("/api/chat", json={"text": "Hello"}).text
    history = client.get("/api/chat/history").text

    assert "faq:how_long" not in answer + history
    assert "command" not in answer + history


def test_a_pressed_button_says_what_was_offered(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [CHOICE]
    button = ask(client, "Hello")[0]["buttons"][0]["id"]

    response = client.post("/api/chat", json={"button": button})

    assert response.status_code == 200
    assert bot.asked[-1][1:] == (None, "faq:how_long")
    assert client.get("/api/chat/history").json()["messages"][2]["text"] == "How long it takes"


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


def test_the_way_to_the_contact_form_carries_the_public_reference_only(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [CHOICE]

    (choice,) = ask(client, "Hello")

    url = choice["links"][0]["url"]
    assert url.startswith("/contact?conversation=C-")
    assert bot.asked[0][0] not in client.get("/api/chat/history").text


def test_what_the_customer_wrote_is_kept_masked(client: TestClient, bot: FakeBot) -> None:
    ask(client, "I am ane@birkvik.example and my claim is LEN-615204")

    kept = client.get("/api/chat/history").json()["messages"][0]
    assert kept["from"] == "customer"
    assert "birkvik" not in kept["text"] and "615204" not in kept["text"]
    assert bot.asked[0][1] == "I am ane@birkvik.example and my claim is LEN-615204"


def test_without_the_bot_the_reply_comes_at_once_and_is_useful(client: TestClient, bot: FakeBot) -> None:
    bot.is_down = True
    start = time.monotonic()

    (notice,) = ask(client, "What is an invoise number?")

    assert time.monotonic() - start < 2
    assert notice["kind"] == "notice"
    assert "/#what_is_invoice_number" in [link["url"] for link in notice["links"]]
    assert 2 <= len(notice["links"]) <= 4
    assert notice["links"][-1]["url"].startswith("/contact?")


def test_without_the_bot_a_question_without_known_words_gets_the_contact_form(client: TestClient, bot: FakeBot) -> None:
    bot.is_down = True

    (notice,) = ask(client, "xyzzy?")

    assert [link["label"] for link in notice["links"]] == ["Contact form"]


def test_without_the_database_the_chat_says_so_and_the_page_can_still_be_read(
    client: TestClient, gateway: Gateway
) -> None:
    assert isinstance(gateway.conversations, FakeConversations)
    gateway.conversations.is_down = True

    response = client.post("/api/chat", json={"text": "Hello"})

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json()["error"]["code"] == "unavailable"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"text"', b"{}", b'{"text": ""}', b'{"text": "  \\n "}', b'{"text": 5}',
        b'{"text": null}', b'{"text": ["a"]}', b'{"text": "a", "button": "b"}', b'{"text": "a", "sender": "x"}',
        b'{"text": "\\u0000\\u202e"}', b'{"button": ""}', b'{"button": "\\ud800"}', b"[" * 4000,
        b'{"text": ' + b"9" * 5000 + b"}", b"\xff\xfe", b'{"text": "\xff"}',
    ],
    ids=range(20),
)  # fmt: skip
def test_what_is_malformed_gets_422_in_the_one_form(client: TestClient, body: bytes) -> None:
    response = client.post("/api/chat", content=body, headers={"Content-Type": "application/json"})

    assert response.status_code == 422
    assert set(response.json()) == {"error"}
    assert {"code", "message"} <= set(response.json()["error"])


@pytest.mark.parametrize(
    "text",
    ["\ud83d", "a\x00b", "\u202etxet", "/restart", '/deny{"a": 1}', "😀" * 500, "'; DROP TABLE messages; --"],
    ids=range(7),
)
def test_odd_texts_are_answered(client: TestClient, text: str) -> None:
    response = client.post(
        "/api/chat",
        content=json.dumps({"text": text}, ensure_ascii=True),
        headers={"Content-Type": "application/json"},
    )

    assert response.status_code == 200
    assert response.json()["messages"]
    assert client.get("/api/chat/history").status_code == 200


def test_a_text_may_have_a_thousand_characters_and_no_more(client: TestClient) -> None:
    assert client.post("/api/chat", json={"text": "a" * 1000}).status_code == 200

    response = client.post("/api/chat", json={"text": "a" * 1001})

    assert response.status_code == 413
    assert response.json()["error"] == {
        "code": "too_long",
        "message": response.json()["error"]["message"],
        "field": "text",
    }


@pytest.mark.parametrize("length", [9_000, 1_000_000, 9_000_000])
def test_a_body_that_is_too_long_is_refused_before_it_is_read(client: TestClient, length: int) -> None:
    start = time.monotonic()

    response = client.post("/api/chat", content=b"[" * length, headers={"Content-Type": "application/json"})

    assert response.status_code == 413
    assert time.monotonic() - start < 2


def test_a_body_without_a_declared_length_is_counted(client: TestClient) -> None:
    def chunks():  # type: ignore[no-untyped-def]
        for _ in range(100):
            yield b" " * 1000

    assert client.post("/api/chat", content=chunks(), headers={"Content-Type": "application/json"}).status_code == 413


def test_only_json_is_taken(client: TestClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        response = client.post("/api/chat", content=b'{"text": "Hello"}', headers={"Content-Type": kind})
        assert response.status_code == 415


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.test"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://desk.test.elsewhere.test"},
    ],
)
@pytest.mark.parametrize("path", ["/api/chat", "/api/feedback", "/chat", "/contact"])
def test_requests_of_other_sites_are_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, json={"text": "Hello"}, headers=headers).status_code == 403


def test_the_own_site_is_let_in(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://desk.test"}
    assert client.post("/api/chat", json={"text": "Hello"}, headers=headers).status_code == 200


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
        bot.seconds = 0.8

        statuses, history = asyncio.run(all_at_once(app, ["a slow one", "too early"]))

        assert sorted(statuses) == [200, 429]
        assert len(history) == 4


def test_messages_of_one_session_are_answered_one_after_the_other(app: FastAPI, bot: FakeBot) -> None:
    bot.seconds = 0.1

    statuses, history = asyncio.run(all_at_once(app, ["first", "second", "third"]))

    assert statuses == [200] * 3
    assert [message["text"] for message in history[2::2]] == ["first", "second", "third"]
    assert [message["from"] for message in history] == ["customer", "desk"] * 4


async def all_at_once(app: FastAPI, texts: list[str]) -> tuple[list[int], list[dict]]:
    """Open a conversation, then send these messages of it at the same time."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=HOST) as client:
        await client.post("/api/chat", json={"text": "Hello"})
        responses = await asyncio.gather(*(client.post("/api/chat", json={"text": text}) for text in texts))
        history = (await client.get("/api/chat/history")).json()["messages"]
    return [response.status_code for response in responses], history


def test_feedback_is_kept_for_an_own_reply_only(browser: Callable[[], TestClient], gateway: Gateway) -> None:
    own, stranger = browser(), browser()
    message = ask(own, "Hello")[0]["id"]
    ask(stranger, "Hello")
    verdict = {"message_id": message, "helpful": False, "reason": "write to ane@birkvik.example"}

    assert stranger.post("/api/feedback", json=verdict).status_code == 422
    assert own.post("/api/feedback", json=verdict).status_code == 200
    assert isinstance(gateway.conversations, FakeConversations)
    helpful, reason = gateway.conversations.verdicts[message]
    assert not helpful and "birkvik" not in reason


@pytest.mark.parametrize(
    "body",
    [{}, {"message_id": "x"}, {"message_id": "x", "helpful": "yes"}, {"message_id": 1, "helpful": True}],
)
def test_malformed_feedback_gets_422(client: TestClient, body: dict) -> None:
    assert client.post("/api/feedback", json=body).status_code == 422


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
