"""What the chat does not take is refused in one form, and quickly."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from datetime import datetime

import pytest
from fastapi.testclient import TestClient

from bot.core.conversations import Conversation
from bot.services.gateway import Gateway
from bot.web import chat
from bot.web.app import create_app
from tests.fakes.conversations import FakeConversations


@pytest.mark.parametrize("key", ["a" * 65, "with space", "ä", "a/b"])
def test_a_key_that_is_none_is_refused(client: TestClient, key: str) -> None:
    response = client.post("/api/chat", json={"text": "Can I?", "key": key})

    assert (response.status_code, response.json()["error"]["field"]) == (422, "key")


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


def test_a_form_that_is_too_long_gets_a_page_with_words(client: TestClient) -> None:
    response = client.post("/chat", data={"text": "a" * 100_000})

    assert (response.status_code, response.headers["Connection"]) == (413, "close")
    assert response.headers["Content-Type"].startswith("text/html")
    assert "too long" in response.text


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
@pytest.mark.parametrize("path", ["/api/chat", "/api/chat/end", "/api/feedback", "/chat", "/contact"])
def test_requests_of_other_sites_are_refused(client: TestClient, path: str, headers: dict[str, str]) -> None:
    assert client.post(path, json={"text": "Hello"}, headers=headers).status_code == 403


def test_the_own_site_is_let_in(client: TestClient) -> None:
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": "http://desk.test"}
    assert client.post("/api/chat", json={"text": "Hello"}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "body",
    [{}, {"message_id": "x"}, {"message_id": "x", "helpful": "yes"}, {"message_id": 1, "helpful": True}],
)
def test_malformed_feedback_gets_422(client: TestClient, body: dict) -> None:
    assert client.post("/api/feedback", json=body).status_code == 422


class SilentConversations(FakeConversations):
    """Of a database that takes every question and answers none, until it is heard again."""

    def __init__(self) -> None:
        super().__init__()
        self.heard_again = threading.Event()

    def start(self, session: str, promotion: str, at: datetime) -> Conversation:
        self.heard_again.wait(30)
        return super().start(session, promotion, at)


def test_a_database_that_says_nothing_is_not_waited_for(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "LATEST_SECONDS", 0.3)
    silent = SilentConversations()
    with TestClient(create_app(replace(gateway, conversations=silent)), base_url="http://localhost") as client:
        refused = client.post("/api/chat", json={"text": "How long does it take?"})
        silent.heard_again.set()

        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "unavailable")
        assert refused.headers["Retry-After"]
        assert client.post("/api/chat", json={"text": "How long does it take?"}).status_code == 200
