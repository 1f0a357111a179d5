"""Runs the gateway alone: ``python -m bot.web``."""

from __future__ import annotations

import logging
import sys

import uvicorn

from bot.adapters.logs import mask_logs
from bot.bootstrap import gateway
from bot.config import SettingError, check_secret, read_settings
from bot.services.ports import DeskError
from bot.web import security_log
from bot.web.app import create_app


def main() -> None:
    """Serve on the address of the settings. The access log stays off: it would keep network addresses."""
    try:
        settings = read_settings()
        check_secret(settings)
        app = create_app(gateway(settings))
    except (DeskError, SettingError) as error:
        sys.exit(str(error))
    mask_logs()
    for name in ("uvicorn", security_log.__name__):
        logging.getLogger(name).setLevel(logging.INFO)
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
