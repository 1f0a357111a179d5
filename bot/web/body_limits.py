"""How much of a request's body is read, and for how long: all of a short one before anything looks at it, an upload as it comes."""

from __future__ import annotations

import asyncio
import time

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import Refused, answer_refused

JSON_BYTES = 8 * 1024
MAIL_BYTES = 128 * 1024
"""A mail's 10,000 characters take up to twelve bytes each when they travel."""
EVENT_BYTES = 512 * 1024
"""A help desk tells much more of a message than what it says."""
FORM_BYTES = 64 * 1024
"""A form's 4,000 characters take up to twelve bytes each when they travel."""
PASTED_BYTES = 512 * 1024
"""A mail may be pasted with everything it quotes; the page says that only its beginning was read."""
PASTED = "/desk/assist"
WITH_MAILS = {"/api/assist": MAIL_BYTES, PASTED: PASTED_BYTES, "/api/chatwoot": EVENT_BYTES}
UPLOAD_BYTES = 64 * 1024 * 1024
"""A contact form with more files than a ticket takes is still read, so that it can be said which ones are too many."""
DRAINED_UPLOAD_BYTES = 256 * 1024 * 1024
UPLOAD_IDLE_SECONDS = 20.0
UPLOAD_SECONDS = 600.0
CUT_SHORT = "cut_short"
"""The request's state says under this name that not all of its body could be taken."""
UPLOAD_LIMIT = "upload_bytes"
"""And under this how much of it is to be taken at most."""
DRAINED_BYTES = 4 * 1024 * 1024
DRAIN_SECONDS = 5.0


class BodyLimit:
    """Reads a body up to its limit before anything looks into it; a longer one gets 413. Uploads are measured as they come."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        if _is_upload(scope):
            await self._app(scope, _measured(scope, receive), send)
            return
        limit = _limit(scope["path"])
        try:
            body = await asyncio.wait_for(_read(receive, limit, declared_length(scope)), DRAIN_SECONDS)
        except asyncio.TimeoutError:
            body = None
        if body is None:
            response = answer_refused(Request(scope), Refused(_code(scope["path"])))
            response.headers["Connection"] = "close"
            await response(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)


def _limit(path: str) -> int:
    return WITH_MAILS.get(path, JSON_BYTES if path.startswith("/api/") else FORM_BYTES)


def _code(path: str) -> str:
    return "mail_too_long" if path == PASTED else "too_long"


def _is_upload(scope: Scope) -> bool:
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    return scope["method"] == "POST" and scope["path"] == "/contact" and kind == "multipart/form-data"


def _measured(scope: Scope, receive: Receive) -> Receive:
    """Passes a body on as it comes, up to its limit: files go to disk, not to memory.

    Where it is cut short it just ends, and the request's state says so: the fields before the cut can still be read.
    """
    state = scope.setdefault("state", {})
    taken, began = 0, time.monotonic()

    async def measured() -> Message:
        nonlocal taken
        while True:
            message = await _in_time(receive, began)
            body = message.get("body", b"")
            room = max(0, state.get(UPLOAD_LIMIT, UPLOAD_BYTES) - taken)
            taken += len(body)
            if message["type"] == "http.request" and len(body) <= room:
                return message
            state[CUT_SHORT] = True
            goes_on = message.get("more_body", False) and taken <= DRAINED_UPLOAD_BYTES
            if room or not goes_on:
                return {"type": "http.request", "body": body[:room], "more_body": goes_on}

    return measured


async def _in_time(receive: Receive, began: float) -> Message:
    """The next piece; one that does not come in time counts as the connection's end."""
    left = max(0.0, began + UPLOAD_SECONDS - time.monotonic())
    try:
        return await asyncio.wait_for(receive(), min(left, UPLOAD_IDLE_SECONDS))
    except asyncio.TimeoutError:
        return {"type": "http.disconnect"}


def declared_length(scope: Scope) -> int:
    """How long the body is to be, in bytes; nothing where the request does not say."""
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
