"""What holds for every request: size, origin, and the headers that tell the browser what this site never does."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Sequence

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
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

POLICY = (
    "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY.format(ancestors="'self'"),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
HSTS = "max-age=31536000"
FRAMED = ("/embed", "/contact", "/contact/sent")
"""What the sites of ``PROMODESK_EMBED_ORIGINS`` may show in a frame: the chat, and the form it leads to."""
SHARED = ("/static/promo-chat.js", "/api/chat/interface")
"""What these sites' own pages may load: the button that opens the frame, and its words."""
PUBLIC_CACHING = {"/static/": "no-cache", "/api/chat/interface": "public, max-age=300"}
"""How caches may keep what is the same for everybody. Files that belong together have no version: each is asked for anew."""

_PATH = re.compile(r"/[^\x00-\x1f\x7f]*\Z")
_HOST = re.compile(r"([A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?")


def refuse_other_sites(request: Request) -> None:
    """Raises ``Refused`` if a browser says that the request was made by a page of another site."""
    fetch_site = request.headers.get("sec-fetch-site")
    if fetch_site is not None and fetch_site not in ("same-origin", "none"):
        raise Refused("cross_site")
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != request.headers.get("host", "").lower():
        raise Refused("cross_site")


class RefuseOddAddresses:
    """Refuses a request whose address cannot be read: a Host that is none, more than one, a path without a slash or with signs
    that nobody can type. The framework would make an address of it that differs from what was asked for, or fail at it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_plain_address(scope):
            await answer_refused(Request(scope), Refused("odd_address"))(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_plain_address(scope: Scope) -> bool:
    hosts = Headers(scope=scope).getlist("host")
    return bool(_PATH.match(scope["path"])) and len(hosts) < 2 and all(map(_HOST.fullmatch, hosts))


class SecurityHeaders:
    """Adds the security headers to every answer, errors included; caches keep only what is the same for everybody."""

    def __init__(self, app: ASGIApp, embed_origins: Sequence[str] = ()) -> None:
        self._app = app
        self._embed_origins = embed_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                stricter = headers.get("Content-Security-Policy")
                headers.update(HEADERS)
                if stricter:
                    headers["Content-Security-Policy"] = stricter
                headers["Cache-Control"] = _caching(scope["path"], message["status"])
                if self._embed_origins:
                    self._open_to_embedders(scope, headers)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = HSTS
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _open_to_embedders(self, scope: Scope, headers: MutableHeaders) -> None:
        """Let the named sites, and no others, show and load what they need."""
        if scope["path"] in FRAMED:
            del headers["X-Frame-Options"]  # it cannot name sites, and would be obeyed beside frame-ancestors
            headers["Content-Security-Policy"] = POLICY.format(ancestors=" ".join(["'self'", *self._embed_origins]))
        if scope["path"] in SHARED:
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            headers.add_vary_header("Origin")
            origin = Headers(scope=scope).get("origin", "")
            if origin in self._embed_origins:
                headers["Access-Control-Allow-Origin"] = origin


class CompressPublic:
    """Compresses what is the same for everybody, and nothing else: the length of the rest could give a secret away."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._compressed = GZipMiddleware(app, minimum_size=500)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_public = scope["type"] == "http" and _public_caching(scope["path"]) is not None
        await (self._compressed if is_public else self._plain)(scope, receive, send)


def _public_caching(path: str) -> str | None:
    return next((caching for public, caching in PUBLIC_CACHING.items() if path.startswith(public)), None)


def _caching(path: str, status: int) -> str:
    return (_public_caching(path) if status in (200, 304) else None) or "no-store"


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
