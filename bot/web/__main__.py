"""Runs the gateway alone: ``python -m bot.web``."""

from __future__ import annotations

import logging
import sys

import uvicorn

from bot.adapters.logs import set_up_logs
from bot.adapters.traces import begin_tracing
from bot.bootstrap import gateway
from bot.config import SettingError, read_settings
from bot.services.ports import DeskError
from bot.web.app import create_app


def main() -> None:
    """Serve on the address of the settings. The access log stays off: it would keep network addresses."""
    try:
        settings = read_settings()
        set_up_logs(settings.log_format)
        begin_tracing(settings.traces_url, "gateway")
        app = create_app(gateway(settings))
    except (DeskError, SettingError) as error:
        sys.exit(str(error))
    logging.getLogger("uvicorn").setLevel(logging.INFO)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        ws="none",  # Rasa holds websockets at a release uvicorn cannot use, and nothing here needs them
        log_config=None,  # uvicorn's own would show what an unforeseen error says
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
