"""Runs the action server alone: ``python -m bot.commands.action_server``, with the desk's logs, its metrics, and each call a part of its request."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.adapters.exposition import CONTENT_TYPE, may_read
from bot.adapters.logs import set_up_logs
from bot.adapters.lookup_counts import lookup_counts
from bot.adapters.traces import begin_tracing, taken_over
from bot.commands.preflight import port_of
from bot.config import SettingError, Settings, check_secret, read_settings
from bot.services.ports import DeskError

CALL = "/webhook"


def main() -> None:
    """Serve on ``PROMODESK_INNER_HOST`` and the port of ``PROMODESK_ACTIONS_URL``."""
    try:
        settings = read_settings()
        check_secret(settings)
        port = port_of(settings.actions_urls[0])
    except (DeskError, SettingError) as error:
        sys.exit(str(error))
    set_up_logs(settings.log_format)
    begin_tracing(settings.traces_url, "actions")
    from rasa_sdk.endpoint import create_app  # only now: what it imports warns, and is to be logged like all else

    # Each call of Rasa's brings the whole conversation: its log would keep it.
    watched(create_app("actions"), settings).run(settings.inner_host, port, access_log=False, motd=False)


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


if __name__ == "__main__":
    main()
