"""Runs Rasa's server for the newest model: ``python -m bot.inside_rasa.server``."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

from bot.adapters.logs import set_up_logs
from bot.adapters.models import newest_model
from bot.adapters.rasa_environment import RASA_ENVIRONMENT
from bot.adapters.traces import begin_tracing
from bot.config import ROOT, SettingError, check_secret, read_settings
from bot.inside_rasa.without_tensorflow import leave_tensorflow_out
from bot.services.ports import DeskError

ENVIRONMENT = {
    **RASA_ENVIRONMENT,
    # A turn multiplies small matrices only; threads of its own would wait for those of the encoder, which do not yield.
    "OPENBLAS_NUM_THREADS": "1",
}
ACTION_SECONDS = 5.0
"""How long Rasa waits for an action server: longer than an action may take. With two seconds more to find out that one
hangs and to ask another one, still shorter than the gateway waits for Rasa."""


def main() -> None:
    """Serve the desk's channel only: no HTTP API, on ``PROMODESK_INNER_HOST`` and the port of ``PROMODESK_RASA_URL``."""
    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    try:
        settings = read_settings()
        set_up_logs(settings.log_format)  # until Rasa takes its own set-up: its libraries warn as they are imported
        check_secret(settings)
        model = newest_model(settings.models)
    except (DeskError, SettingError) as error:
        sys.exit(str(error))
    address = urlsplit(settings.rasa_urls[0])
    os.chdir(ROOT)
    os.environ["PROMODESK_ACTIONS_URL"] = settings.actions_urls[0]
    sys.argv = [
        "rasa", "run",
        "--interface", settings.inner_host,
        "--port", str(address.port or 5005),
        "--model", str(model),
        "--response-timeout", "15",
        "--request-timeout", "15",
        "--logging-config-file", str(ROOT / "bot" / "inside_rasa" / "logging.yml"),
    ]  # fmt: skip
    # spaCy's thinc imports torch where it is installed: 450 MB and four seconds, and serving needs none of it.
    sys.modules["torch"] = None  # type: ignore[assignment]
    leave_tensorflow_out()
    from rasa.__main__ import main as rasa_main

    from bot.inside_rasa.log_lines import keep_own_logs
    from bot.inside_rasa.processor import process_step_by_step
    from bot.inside_rasa.remembered_types import remember_event_types
    from bot.inside_rasa.remote_actions import hasten_remote_actions
    from bot.inside_rasa.rules import hasten_rules

    keep_own_logs()
    remember_event_types()
    process_step_by_step()
    hasten_rules()
    hasten_remote_actions([f"{url}/webhook" for url in settings.actions_urls], ACTION_SECONDS)
    begin_tracing(settings.traces_url, "rasa")
    rasa_main()


if __name__ == "__main__":
    main()
