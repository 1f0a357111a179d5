"""What programs and strangers send opens no ticket, breaks nothing, and stays words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.adapters.memory_limits import MemoryTurns, MemoryWindows
from bot.core.replies import Reply, ReplyKind
from bot.services.gateway import Gateway
from bot.web.limits import TICKETS_PER_SESSION, Limiter, Limits
from tests.fakes import FakeBot, FakeTickets
from tests.web.conftest import Page
from tests.web.contact_form import FILLED, carried_by, kept, open_form, said


def test_a_form_with_another_sessions_token_is_not_sent(browser: Callable[[], TestClient], gateway: Gateway) -> None:
    client = browser()
    client.get("/contact")

    for token in ("", open_form(browser())["csrf"]):
        response = client.post("/contact", data={"csrf": token, "form": "f", **FILLED})
        assert response.status_code == 403
        assert FILLED["message"] in response.text
    assert not kept(gateway)


def test_what_only_programs_fill_in_stops_the_ticket_but_loses_nothing(client: TestClient, gateway: Gateway) -> None:
    response = client.post("/contact", data={**open_form(client), **FILLED, "website": "http://spam.example"})

    assert response.status_code == 422
    assert FILLED["message"] in response.text and "spam.example" not in response.text
    assert not kept(gateway)


def part(content: bytes, header: bytes = b"X") -> bytes:
    """A multipart body with one field."""
    start = b'--x\r\nContent-Disposition: form-data; name="message"\r\n'
    return start + header + b": a\r\n\r\n" + content + b"\r\n--x--\r\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\xff\xfe=%ff%00", "application/x-www-form-urlencoded"),
        (b"no boundary", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="name"; filename="a"\r\n\r\nb\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"a=1&" * 5000, "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"m=" + b"a" * 100_000, "application/x-www-form-urlencoded"),
        (part(b"\\ud800"), "multipart/form-data; boundary=x; charset=unicode_escape"),
        (part(b"\\ud800"), "multipart/form-data; boundary=x; charset=raw_unicode_escape"),
        (part(b"+2AA-"), "multipart/form-data; boundary=x; charset=utf-7"),
        (part("\u00e9".encode()), "multipart/form-data; boundary=x; charset=punycode"),
        (part(b"a"), "multipart/form-data; boundary=x; charset=undefined"),
        (part(b"a"), "multipart/form-data; boundary=x; charset=idna"),
        (part(b"a"), "multipart/form-data; boundary=x; charset=hex"),
        (part(b"a", b"X" * 20_000), "multipart/form-data; boundary=x"),
        (part(b"a"), "multipart/form-data; boundary=\u00e9"),
        (part(b"a"), "multipart/form-data; boundary=" + "x" * 3000),
        (b"", "multipart/form-data; boundary=x"),
    ],
    ids=["bytes", "no boundary", "broken", "file", "many fields", "json", "long", "escape", "raw escape", "utf-7",
         "punycode", "undefined", "idna", "hex", "long header", "foreign boundary", "long boundary", "nothing"],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/contact", "/chat"])
def test_nothing_that_is_sent_breaks_a_form(client: TestClient, path: str, content: bytes, kind: str) -> None:
    response = client.post(path, content=content, headers={"Content-Type": kind.encode()})

    assert 400 <= response.status_code < 500


def test_a_form_filled_in_too_quickly_comes_back_once(
    client: TestClient, gateway: Gateway, app: FastAPI, limits: Limits
) -> None:
    app.state.limiter.limits = replace(limits, fill_seconds=60)
    first = client.post("/contact", data={**open_form(client), **FILLED})
    app.state.limiter.limits = replace(limits, fill_seconds=0.5)
    time.sleep(0.6)
    second = client.post("/contact", data={**carried_by(first.text), **FILLED})

    assert first.status_code == 422 and FILLED["message"] in first.text
    assert "T-2023-000001" in second.text


def test_the_time_of_opening_cannot_be_made_up(client: TestClient, gateway: Gateway) -> None:
    form = open_form(client)
    moment, _, seal = form["opened"].partition(".")
    for opened in ("", "0", f"1.{seal}", f"{moment}.{'0' * 64}", "nan.x"):
        refused = client.post("/contact", data={**form, **FILLED, "opened": opened})
        assert refused.status_code == 422
    assert not kept(gateway)
    assert "T-2023-000001" in client.post("/contact", data={**carried_by(refused.text), **FILLED}).text


def test_only_so_many_tickets_an_hour_are_taken_and_a_resent_one_is_none_of_them(
    client: TestClient, gateway: Gateway
) -> None:
    for number in range(TICKETS_PER_SESSION):
        form = {**open_form(client), **FILLED, "message": f"Question {number}"}
        for _ in range(3):
            assert client.post("/contact", data=form).status_code == 200

    refused = client.post("/contact", data={**open_form(client), **FILLED})

    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) > 3000
    assert FILLED["message"] in refused.text and len(kept(gateway)) == TICKETS_PER_SESSION
    assert client.post("/contact", data=form).status_code == 200


def test_who_sends_too_fast_loses_nothing_typed(client: TestClient, app: FastAPI) -> None:
    form = open_form(client)
    app.state.limiter = Limiter(MemoryWindows(), MemoryTurns(), Limits(per_address=1))
    client.post("/contact", data={})

    refused = client.post("/contact", data={**form, **FILLED}, files={"files": ("a.pdf", b"x", "application/pdf")})

    assert refused.status_code == 429 and FILLED["message"] in refused.text
    assert "choose them again" in refused.text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "'><svg/onload=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "javascript:alert(1)",
        "{{7*7}}${7*7}<%= 7*7 %>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "\u202e<b>gnp.exe",
        '<a href="jav&#x09;ascript:alert(1)">x</a>',
        "<!--<script>-->alert(1)",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    ],
)
def test_hostile_words_stay_words(client: TestClient, gateway: Gateway, bot: FakeBot, hostile: str) -> None:
    said(client, bot, hostile, Reply(ReplyKind.ANSWER, hostile))
    plain = carried_by(client.get("/contact").text)
    tags = Counter(tag for tag, _ in Page(client.get("/contact").text).tags)
    typed = {name: hostile for name in ("name", "email", "company", "claim_reference", "message", "topic")}

    page = client.post("/contact", data={**plain, **typed}, files={"files": (hostile, b"no file", "text/html")})

    found = Page(page.text)
    shown = Counter(tag for tag, _ in found.tags)
    assert all(
        shown[tag] == tags[tag] for tag in ("script", "img", "svg", "iframe", "form", "textarea", "math", "style")
    )
    assert not any(name.startswith("on") for _, given in found.tags for name in given)
    assert not any(given.get("href", "").startswith("javascript") for given in found.links)
    assert "49" not in found.text or "7*7" in hostile


def test_the_confirmation_mail_cannot_carry_a_strangers_words(client: TestClient, gateway: Gateway) -> None:
    typed = {**FILLED, "name": "Buy at http://spam.example", "message": "spam.example", "company": "spam.example"}
    client.post("/contact", data={**open_form(client), **typed})

    assert isinstance(gateway.contact.tickets, FakeTickets)
    assert "spam" not in gateway.contact.tickets.mails[1].body + gateway.contact.tickets.mails[1].subject
