"""``promodesk actions``: the action server with the desk's logs, its metrics, and each call a part of its request."""

from __future__ import annotations

import os
from contextlib import ExitStack
from urllib.parse import urlsplit

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.adapters.exposition import CONTENT_TYPE, may_read
from bot.adapters.logs import set_up_logs
from bot.adapters.lookup_counts import lookup_counts
from bot.adapters.traces import begin_tracing, taken_over
from bot.commands.preflight import port_of
from bot.config import Settings

CALL = "/webhook"


def serve_actions(settings: Settings) -> int:
    """Serve on the address of ``PROMODESK_ACTIONS_URL``; ``SANIC_HOST`` names another to listen on. Raises ``InvalidInput``."""
    set_up_logs(settings.log_format)
    begin_tracing(settings.traces_url, "actions")
    from rasa_sdk.endpoint import create_app  # only now: what it imports warns, and is to be logged like all else

    host = os.environ.get("SANIC_HOST") or urlsplit(settings.actions_url).hostname
    # Each call of Rasa's brings the whole conversation: its log would keep it.
    watched(create_app("actions"), settings).run(host, port_of(settings.actions_url), access_log=False, motd=False)
    return 0


def watched(app: Sanic, settings: Settings) -> Sanic:
    """The action server with ``GET /metrics``, knowing for each call which request it belongs to."""

    @app.get("/metrics")  # type: ignore[untyped-decorator]
    async def metrics(request: Request) -> HTTPResponse:
        if not may_read(settings.metrics_token, request.ip, request.headers):
            return response.json({}, status=404)
        return response.raw(lookup_counts().as_text(), content_type=CONTENT_TYPE)

    @app.middleware("request")  # type: ignore[untyped-decorator]
    async def begin(request: Request) -> None:
        request.ctx.under_way = ExitStack()
        if request.path == CALL:
            request.ctx.under_way.enter_context(taken_over(request.headers, "action"))

    @app.middleware("response")  # type: ignore[untyped-decorator]
    async def end(request: Request, _answer: HTTPResponse) -> None:
        request.ctx.under_way.close()

    return app
