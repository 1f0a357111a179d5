"""Whose word is taken for where a request comes from: that of a proxy on this machine, and nobody else's."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request

from bot.web import __main__ as gateway_process


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Address and scheme as the application is told of them, for requests through the gateway's own server."""
    seen: list[tuple[str, str]] = []
    app = FastAPI()

    @app.get("/")
    async def look(request: Request) -> None:
        seen.append((request.client.host if request.client else "", request.scope["scheme"]))

    given: dict[str, Any] = {}
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    monkeypatch.setenv("PROMODESK_TODAY", "2023-12-15")
    monkeypatch.setattr(gateway_process, "gateway", lambda settings: None)
    monkeypatch.setattr(gateway_process, "create_app", lambda gateway: app)
    monkeypatch.setattr(uvicorn, "run", lambda app, **settings: given.update(settings))
    gateway_process.main()
    config = uvicorn.Config(app, **given)
    config.load()
    for peer in ("127.0.0.1", "192.0.2.7"):
        asyncio.run(_ask(config.loaded_app, peer))
    return seen


def test_only_a_proxy_on_this_machine_says_where_a_request_comes_from(told: list[tuple[str, str]]) -> None:
    by_proxy, by_stranger = told
    assert by_proxy == ("198.51.100.9", "https"), (
        "the one before the proxy; what stands before it, anybody can have written"
    )
    assert by_stranger == ("192.0.2.7", "http")


async def _ask(app: Any, peer: str) -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        pass

    headers = [
        (b"host", b"desk.test"),
        (b"x-forwarded-for", b"10.9.9.9, 198.51.100.9"),
        (b"x-forwarded-proto", b"https"),
    ]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": "/", "raw_path": b"/",
        "query_string": b"", "root_path": "", "headers": headers, "client": (peer, 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    await app(scope, receive, send)
