"""What the log tells of who gets in and what is refused, and that it gives nobody and nothing away."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.core.agents import Role
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.services.sign_in import make_link
from bot.web import security_log
from tests.access import PASSWORD
from tests.fakes import FakeBot
from tests.web.chat import CHOICE, ask
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.signing_in import new_agent, typed

SignIn = Callable[..., AgentBrowser]
Log = pytest.LogCaptureFixture


@pytest.fixture(autouse=True)
def told(caplog: Log) -> Log:
    caplog.set_level(logging.INFO, security_log.__name__)
    return caplog


def test_every_way_in_and_every_failure_is_told_without_address_or_password(
    nobody: TestClient, own_console: Console, told: Log
) -> None:
    email = new_agent(own_console)
    sent = typed(nobody, email=email, password="wrong words here")
    for _ in range(6):
        nobody.post("/desk/sign-in", data=sent)
    own_console.access.attempts.forget("email", email)
    nobody.post("/desk/sign-in", data={**sent, "password": PASSWORD})
    known = own_console.access.agents.find_by_email(email)
    assert known is not None
    link = make_link(own_console.access, known.agent, sets_password=False)
    for _ in range(2):
        nobody.post(f"/desk/link/{link}", data={"csrf": sent["csrf"]})

    lines = told.messages
    assert sum("not signed in: sign_in_wrong" in line for line in lines) == 5
    assert sum("not signed in: sign_in_too_often" in line for line in lines) == 1
    assert len({line.split("account ")[1] for line in lines[:6]}) == 1, "one account under attack is seen as one"
    assert f"signed in: agent {known.agent.id} by password" in lines[6]
    assert f"signed in: agent {known.agent.id} by link" in lines[7]
    assert "not signed in: link_over" in lines[8]
    for secret in (email, "wrong words here", PASSWORD, link, "testclient", sent["csrf"], *nobody.cookies.values()):
        assert secret not in told.text


def test_what_somebody_may_not_is_told_by_its_route(
    sign_in_as: SignIn, nobody: TestClient, gateway: Gateway, bot: FakeBot, told: Log
) -> None:
    agent = sign_in_as(Role.AGENT)
    assert agent.get("/desk/team").status_code == 403
    assert (
        agent.post("/desk/tickets/T-2023-000001/assign", headers={"Origin": "https://evil.example"}).status_code == 403
    )
    assert (
        nobody.post("/api/assist", json={"question": "x"}, headers={"Authorization": "Bearer pdk_a-guess"}).status_code
        == 401
    )
    bot.replies = [CHOICE]
    ask(nobody, "Hello")
    assert nobody.post("/api/chat", json={"button": "abcdefghijklmnop"}).status_code == 422
    assert [line.partition(", network")[0] for line in told.messages] == [
        "refused: not_allowed, route /desk/team",
        "refused: cross_site, route /desk/tickets/{reference}/{action}",
        "refused: no_key, route /api/assist",
        "refused: unknown_button, route /api/chat",
    ]
    assert "a-guess" not in told.text and "T-2023" not in told.text


def test_a_failure_nobody_foresaw_is_told_by_its_route_too(
    nobody: TestClient, own_console: Console, told: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_console.access.links, "find", None)
    answer = nobody.get("/desk/link/a-token-that-still-works")
    assert answer.status_code == 500 and "NoneType" not in answer.text
    assert "unforeseen way: /desk/link/{link}" in told.text
    assert not any("a-token-that-still-works" in line for line in told.messages)


@pytest.mark.parametrize("path", ["/x%0d%0a2026-01-01 CRITICAL forged", "/desk/team%0aforged"])
def test_no_address_writes_a_line_of_its_own(nobody: TestClient, told: Log, path: str) -> None:
    nobody.get(path, headers={"User-Agent": "x\tforged"})
    nobody.post(path, data={"a": "b"}, headers={"Origin": "https://forged.example"})
    assert "forged" not in told.text
