"""Who is believed, and what can be read."""

from __future__ import annotations

import time
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.chatwoot import (
    SECRET,
    Chatwoot,
    message,
    signed,
)
from tests.fakes import FakeBot
from tests.web.conftest import HOST
from tests.web.desk.chatwoot.conftest import Send
from tests.web.desk.chatwoot.sayings import ANSWERED


@pytest.mark.parametrize(
    "how",
    [
        {"secret": "another secret, made up"},
        {"at": time.time() - 3600},
        {"at": time.time() + 3600},
        {"at": -1},
    ],
    ids=["another secret", "an hour old", "from the future", "before all time"],
)
def test_nobody_else_is_believed(send: Send, chatwoot: Chatwoot, bot: FakeBot, how: dict[str, Any]) -> None:
    bot.mail = ANSWERED
    refused = send(message(), **how)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "not_verified")
    assert chatwoot.calls == [] and bot.mails == []


def test_a_changed_body_is_not_believed(app_with_chatwoot: FastAPI, chatwoot: Chatwoot) -> None:
    client = TestClient(app_with_chatwoot, base_url=HOST)
    body, headers = signed(message())
    assert client.post("/api/chatwoot", content=body.replace(b"payment", b"cheque"), headers=headers).status_code == 401
    for missing in ("X-Chatwoot-Signature", "X-Chatwoot-Timestamp"):
        kept = {name: value for name, value in headers.items() if name != missing}
        assert client.post("/api/chatwoot", content=body, headers=kept).status_code == 401
    assert chatwoot.calls == []


@pytest.mark.parametrize(("token", "status"), [(SECRET, 200), ("", 401), ("x", 401), (SECRET + "x", 401), ("ø", 401)])
def test_a_chatwoot_that_does_not_sign_carries_the_secret_in_the_address(
    app_with_chatwoot: FastAPI, bot: FakeBot, token: str, status: int
) -> None:
    bot.mail = ANSWERED
    client = TestClient(app_with_chatwoot, base_url=HOST)
    assert client.post("/api/chatwoot", params={"token": token}, json=message()).status_code == status


@pytest.mark.parametrize(
    "event",
    [
        [], "x", None, 3, {}, {"event": 3},
        message(id=None), message(id="77"), message(id=-1), message(id=2**63), message(account=None),
        message(conversation=None), message(conversation={"status": "pending"}), message(account={"id": "x"}),
        message(content={"a": 1}), message(conversation={"id": 2**70, "status": "pending"}),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(send: Send, chatwoot: Chatwoot, event: Any) -> None:
    refused = send(event)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_event")
    assert chatwoot.calls == []


def test_a_desk_without_chatwoot_has_no_such_address(console_app: FastAPI) -> None:
    body, headers = signed(message())
    client = TestClient(console_app, base_url=HOST)
    assert client.post("/api/chatwoot", content=body, headers=headers).status_code == 404


def test_a_long_event_is_taken_and_an_endless_one_is_not(send: Send, bot: FakeBot) -> None:
    bot.mail = ANSWERED
    assert send(message("x" * 10_000, additional_attributes={"much": "y" * 300_000})).json()["taken"]
    assert len(bot.mails[0][0]) == 10_000
    assert send(message("x" * 600_000)).status_code == 413
