"""Whatever a request says of the address it is for, nothing is decided, linked or led to by that."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import WebSocketRoute
from starlette.types import Message

from bot.web.protection import HSTS


@pytest.mark.parametrize(
    "host",
    ["desk.test/desk/team?", "desk.test/../x", "a b", "desk.test#", "user@evil.example", "desk.test:80:80", "[::1", "", "ä.example",
     "desk.test\tx", "x" * 300, "desk.test,evil.example", "<script>"],
)  # fmt: skip
def test_a_host_that_is_none_is_refused_before_anything_looks_at_it(app: FastAPI, host: str) -> None:
    for path in ("/", "/api/chat/history", "/desk/account", "/static/promo-chat.js"):
        status, headers = asyncio.run(answer_to(app, path, [host.encode()]))
        assert status == 400
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["desk.test", "desk.test:8443", "127.0.0.1:8000", "[::1]:8000", "DESK_1.test"])
def test_any_host_that_is_one_is_served(app: FastAPI, host: str) -> None:
    assert asyncio.run(answer_to(app, "/api/chat/history", [host.encode()]))[0] == 200


def test_two_hosts_or_a_path_without_a_slash_are_refused(app: FastAPI) -> None:
    assert asyncio.run(answer_to(app, "/", [b"desk.test", b"evil.example"]))[0] == 400
    assert asyncio.run(answer_to(app, "@evil.example", [b"desk.test"]))[0] == 400


@pytest.mark.parametrize(
    "path",
    ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2f..%2fconfig.py", "/static/....//app.py", "/static//etc/passwd",
     "/static/%00", "/static/..\\app.py", "/static/chat/%2e%2e/%2e%2e/__main__.py", "/static/", "/static/chat", "/static/chat/"],
)  # fmt: skip
def test_nothing_but_the_static_files_is_found_below_their_address(app: FastAPI, path: str) -> None:
    async def get() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk.test") as client:
            return await client.get(httpx.URL("http://desk.test", raw_path=path.encode()))

    answer = asyncio.run(get())
    assert answer.status_code in (400, 404)
    assert "import" not in answer.text and "root:" not in answer.text


def test_behind_https_browsers_are_told_to_stay_there_for_a_year(app: FastAPI) -> None:
    for path in ("/", "/nowhere", "/api/chat/history", "/static/promo-chat.js"):
        assert TestClient(app, base_url="https://desk.test").get(path).headers["strict-transport-security"] == HSTS
        assert "strict-transport-security" not in TestClient(app, base_url="http://desk.test").get(path).headers
    assert int(HSTS.partition("=")[2]) >= 365 * 24 * 3600


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_methods_that_nothing_here_has_are_refused(client: TestClient, method: str) -> None:
    for path in ("/", "/api/chat", "/desk/sign-in", "/metrics", "/static/promo-chat.js"):
        assert client.request(method, path).status_code in (404, 405)


def test_there_is_no_websocket(app: FastAPI, client: TestClient) -> None:
    assert not [route for route in app.routes if isinstance(route, WebSocketRoute)]
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "x",
        "Sec-WebSocket-Version": "13",
    }
    assert client.get("/api/chat/history", headers=handshake).status_code == 200


async def answer_to(app: FastAPI, path: str, hosts: list[bytes]) -> tuple[int, dict[str, str]]:
    """Status and headers for a request as it comes from the network."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", host) for host in hosts],
        "client": ("192.0.2.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    await app(scope, receive, send)
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}
