"""What holds for every request: address, origin, and the headers that tell the browser what this site never does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import Refused, answer_refused

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
