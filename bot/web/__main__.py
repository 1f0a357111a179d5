"""Runs the gateway alone: ``python -m bot.web``."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from types import FrameType

import uvicorn
from fastapi import FastAPI

from bot.adapters.logs import set_up_logs
from bot.adapters.traces import begin_tracing
from bot.bootstrap import gateway
from bot.config import SettingError, check_secret, read_settings
from bot.services.ports import DeskError
from bot.web import security_log
from bot.web.app import create_app

FINISH_SECONDS = 10
"""So long messages under way are waited for: nobody waits longer for a reply than 9 seconds."""


class DrainingServer(uvicorn.Server):
    """Told to end, it says first that it is not ready, and takes messages until nobody sends any here. Then it ends those
    that are under way."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, drain_seconds: int) -> None:
        super().__init__(config)
        self._app = app
        self._drain_seconds = drain_seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """What uvicorn calls on a signal; Ctrl-C and a second SIGTERM are not put off."""
        if sig != signal.SIGTERM or self._app.state.is_draining or not self._drain_seconds:
            super().handle_exit(sig, frame)
            return
        self._app.state.is_draining = True
        threading.Timer(self._drain_seconds, super().handle_exit, (sig, frame)).start()


def main() -> None:
    """Serve on the address of the settings. The access log stays off: it would keep network addresses."""
    try:
        settings = read_settings()
        check_secret(settings)
        set_up_logs(settings.log_format)
        begin_tracing(settings.traces_url, "gateway")
        app = create_app(gateway(settings))
    except (DeskError, SettingError) as error:
        sys.exit(str(error))
    for name in ("uvicorn", security_log.__name__):
        logging.getLogger(name).setLevel(logging.INFO)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        ws="none",  # Rasa holds websockets at a release uvicorn cannot use, and nothing here needs them
        log_config=None,  # uvicorn's own would show what an unforeseen error says
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )
    DrainingServer(config, app, settings.drain_seconds).run()


if __name__ == "__main__":
    main()
