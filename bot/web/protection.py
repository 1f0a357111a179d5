"""What holds for every request: size, origin, and the headers that tell the browser what this site never does."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.core.wording import Wording
from bot.web.errors import Refused, error_body

JSON_BYTES = 8 * 1024
FORM_BYTES = 64 * 1024
"""A form's 4,000 characters take up to twelve bytes each when they travel."""
DRAINED_BYTES = 4 * 1024 * 1024
DRAIN_SECONDS = 5.0

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
HSTS = "max-age=31536000"


def refuse_other_sites(request: Request) -> None:
    """Raises ``Refused`` if a browser says that the request was made by a page of another site."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None and fetch_site not in ("same-origin", "none"):
        raise Refused("cross_site")
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != request.headers.get("host", "").lower():
        raise Refused("cross_site")


class SecurityHeaders:
    """Adds the security headers to every answer, errors included; nothing but static files may be kept by caches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                static = scope["path"].startswith("/static/") and message["status"] == 200
                headers["Cache-Control"] = "public, max-age=3600" if static else "no-store"
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = HSTS
            await send(message)

        await self._app(scope, receive, send_with_headers)


class BodyLimit:
    """Reads a body up to its limit before anything looks into it; a longer one gets 413."""

    def __init__(self, app: ASGIApp, wording: Wording) -> None:
        self._app = app
        self._wording = wording

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        limit = JSON_BYTES if scope["path"].startswith("/api/") else FORM_BYTES
        try:
            body = await asyncio.wait_for(_read(receive, limit, _declared(scope)), DRAIN_SECONDS)
        except asyncio.TimeoutError:
            body = None
        if body is None:
            response = JSONResponse(error_body(Refused("too_long"), self._wording), 413, {"Connection": "close"})
            await response(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


def _declared(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isdecimal() and len(length) < 16 else 0


async def _read(receive: Receive, limit: int, declared: int) -> bytes | None:
    """The whole body, or None if it is too long.

    A moderately longer one is read to its end and dropped: a client cut off while sending never sees the answer.
    """
    if declared > DRAINED_BYTES:
        return None
    kept, length = bytearray(), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        length += len(chunk)
        if length <= limit:
            kept += chunk
        if length > DRAINED_BYTES or not message.get("more_body", False):
            return bytes(kept) if length <= limit else None


def _replay(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read already, then what the connection says."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
