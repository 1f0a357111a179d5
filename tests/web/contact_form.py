"""The contact form as a browser fills it in and sends it, and what the gateway has kept of it."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from bot.core.replies import Reply
from bot.services.gateway import Gateway
from tests.fakes import FakeBot, FakeTickets
from tests.web.conftest import Page

FILLED = {"name": "Ane Birk", "email": "ane@birkvik.example", "message": "Please look into it."}
HIDDEN = ("csrf", "form", "opened", "shown_until")


def open_form(client: TestClient, path: str = "/contact") -> dict[str, Any]:
    """What the form carries beside what is typed: hidden fields and ticked lines."""
    return carried_by(client.get(path).text)


def carried_by(html: str) -> dict[str, Any]:
    page = Page(html)
    repeated = [(given["name"], given["value"]) for _, given in page.tags if given.get("type") == "hidden"]
    hidden = {name: [value for given, value in repeated if given == name] for name in ("keep", "attached")}
    ticked = [id for name, id in page.ticked if name == "keep"]
    return {name: page.fields[name] for name in HIDDEN} | {**hidden, "keep": hidden["keep"] + ticked}


def attached(*files: tuple[str, bytes]) -> list[tuple[str, tuple[str, bytes, str]]]:
    return [("files", (name, content, "application/octet-stream")) for name, content in files]


def in_document_order(html: str, typed: dict[str, str], *files: tuple[str, bytes]) -> list[tuple[str, Any]]:
    """The parts of the form as a browser sends them: one after the other as they stand in the page."""
    parts: list[tuple[str, Any]] = []
    for tag, given in Page(html).tags:
        name, kind = given.get("name", ""), given.get("type")
        if tag not in ("input", "textarea", "select") or (kind == "checkbox" and "checked" not in given):
            continue
        parts += attached(*files) if kind == "file" else [(name, (None, typed.get(name, given.get("value", ""))))]
    return parts


def kept(gateway: Gateway) -> dict:
    assert isinstance(gateway.contact.tickets, FakeTickets)
    return gateway.contact.tickets.kept


def said(client: TestClient, bot: FakeBot, text: str, *replies: Reply) -> None:
    bot.replies = list(replies)
    client.post("/api/chat", json={"text": text})


def kept_names(html: str) -> list[str]:
    """The files that the form shows as kept."""
    return [name.split("<")[0].strip() for name in html.split('<span class="file">')[1:]]


def problems(html: str) -> str:
    return Page(html).text.partition("Please correct:")[2].partition("Your message goes")[0]


def removal(html: str) -> list[str]:
    return [given["value"] for tag, given in Page(html).tags if given.get("name") == "remove"]
