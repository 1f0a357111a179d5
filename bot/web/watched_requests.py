"""Every request by its id: counted by route, the beginning of a trace, and told to whoever asked."""

from __future__ import annotations

from contextlib import nullcontext

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.adapters.request_ids import HEADER, known_as, new_request_id
from bot.adapters.traces import span
from bot.web.metrics import OTHER, Metrics

QUIET = ("/healthz", "/readyz", "/metrics")
"""Asked for every few seconds by machines: a trace of each would bury the others."""
METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class WatchRequests:
    """A path that nobody serves is one of the ``other``. Ids that a client sends are not taken: anybody could forge a log."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, id = 500, new_request_id()

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = id
            await send(message)

        method = scope["method"] if scope["method"] in METHODS else OTHER
        traced = nullcontext() if scope["path"] in QUIET else span(method, {"promodesk.request_id": id}, kind="SERVER")
        with known_as(id), traced as request:
            try:
                await self._app(scope, receive, send_and_note)
            finally:
                route = getattr(scope.get("route"), "path", OTHER)
                self._metrics.count_request(method, route, status)
                if request is not None:
                    request.update_name(f"{method} {route}")
                    request.set_attribute("http.route", route)
                    request.set_attribute("http.response.status_code", status)
