"""Talking to the gateway over its interface."""

from __future__ import annotations

from fastapi.testclient import TestClient

from bot.core.replies import Button, Link, Reply, ReplyKind

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
