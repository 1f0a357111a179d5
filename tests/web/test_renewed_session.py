"""Whoever knew a visitor's cookie before a claim was proved in it knows nothing of what is said afterwards."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from bot.core.replies import Reply, ReplyKind
from bot.services.gateway import Gateway
from bot.services.ports import LookupDetails
from tests.fakes import FakeBot, FakeClock
from tests.web.chat import ask
from tests.web.conftest import HOST, Page

COOKIE = "desk-session"
TOLD = Reply(ReplyKind.LOOKUP, "Your claim LEN-482913 was paid on Friday.")
Browser = Callable[[], TestClient]


@pytest.fixture
def owner(browser: Browser, bot: FakeBot, gateway: Gateway) -> TestClient:
    """Somebody who has begun to talk, and is about to be told of their claim."""
    client = browser()
    ask(client, "Where is my money?")
    bot.replies = [TOLD]
    gateway.lookups.keep(bot.asked[-1][0], LookupDetails("LEN-482913", "a@b.example", "LEN-482913"))
    return client


@pytest.fixture
def planter(browser: Browser, owner: TestClient) -> TestClient:
    """Somebody who knows the cookie that the owner came with."""
    client = browser()
    client.cookies.set(COOKIE, owner.cookies[COOKIE])
    return client


def said_to(client: TestClient) -> str:
    return client.get("/api/chat/history").text + client.get("/").text + client.get("/contact").text


def test_the_cookie_is_another_once_a_claim_is_told_and_the_old_one_leads_nowhere(
    owner: TestClient, planter: TestClient, clock: FakeClock
) -> None:
    before = owner.cookies[COOKIE]
    ask(owner, "LEN-482913, a@b.example")

    assert owner.cookies[COOKIE] != before
    assert "was paid" in said_to(owner) and len(owner.get("/api/chat/history").json()["messages"]) == 4
    assert "was paid" not in said_to(planter)
    assert planter.post("/api/chat", json={"text": "and my claim?"}).status_code == 429
    clock.move(timedelta(minutes=1))
    ask(planter, "and my claim?")
    assert len(planter.get("/api/chat/history").json()["messages"]) == 2
    assert len(owner.get("/api/chat/history").json()["messages"]) == 4


def test_without_javascript_too(owner: TestClient, planter: TestClient) -> None:
    token = Page(owner.get("/").text).fields["csrf"]
    before = owner.cookies[COOKIE]
    owner.post("/chat", data={"csrf": token, "text": "LEN-482913, a@b.example"})
    assert owner.cookies[COOKIE] != before
    assert "was paid" in said_to(owner) and "was paid" not in said_to(planter)


def test_a_form_that_was_opened_before_can_still_be_sent(owner: TestClient) -> None:
    token = Page(owner.get("/").text).fields["csrf"]
    ask(owner, "LEN-482913, a@b.example")
    assert owner.post("/chat", data={"csrf": token, "text": "thanks"}, follow_redirects=False).status_code == 303


def test_what_tells_no_claim_renews_nothing(browser: Browser, bot: FakeBot, gateway: Gateway) -> None:
    client = browser()
    bot.replies = [Reply(ReplyKind.LOOKUP, "No claim fits these details.")]
    ask(client, "LEN-482913, wrong@b.example")
    before = client.cookies[COOKIE]
    ask(client, "LEN-482913, wrong@b.example")
    assert client.cookies[COOKIE] == before


def test_an_answer_lost_on_its_way_is_given_to_whoever_has_its_key_and_to_nobody_else(
    owner: TestClient, planter: TestClient, bot: FakeBot
) -> None:
    old, sent = owner.cookies[COOKIE], {"text": "LEN-482913, a@b.example", "key": "1-2-3-4"}
    told = owner.post("/api/chat", json=sent).json()
    owner.cookies.clear()
    owner.cookies.set(COOKIE, old, domain=HOST.removeprefix("http://"))

    assert planter.post("/api/chat", json={**sent, "key": "1-2-3-5"}).status_code == 429
    asked = len(bot.asked)
    again = owner.post("/api/chat", json=sent)

    assert again.json() == told and len(bot.asked) == asked
    assert again.cookies[COOKIE] != old
    assert "was paid" not in said_to(planter)


def test_a_button_pressed_with_the_old_cookie_is_nobodys(
    owner: TestClient, planter: TestClient, clock: FakeClock
) -> None:
    ask(owner, "LEN-482913, a@b.example")
    clock.move(timedelta(minutes=1))
    refused = planter.post("/api/chat", json={"button": "abcdefghijklmnopqrstuv"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "unknown_button")


def test_every_cookie_is_random_and_long_enough(browser: Browser) -> None:
    cookies = [browser().get("/").cookies[COOKIE].partition(".")[0] for _ in range(20)]
    parts = [part for cookie in cookies for part in cookie.split("~")]
    assert len(set(parts)) == len(parts) == 40
    assert all(len(urlsafe_b64decode(part + "=")) == 32 for part in parts), (
        "256 bits for the browser, and for the session"
    )
