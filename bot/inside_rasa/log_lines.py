"""How Rasa's process writes its log lines: as the settings say, and masked."""

from __future__ import annotations

import logging

from rasa.utils import io

from bot.adapters.logs import line_format
from bot.config import read_settings


def keep_own_logs() -> None:
    """Rasa's command would put coloured lines in the place of those that ``logging.yml`` sets up, and unmasked."""
    io.configure_colored_logging = lambda _level: None


def configured_format() -> logging.Formatter:
    """The formatter that ``PROMODESK_LOG_FORMAT`` names; ``logging.yml`` calls it by its dotted path."""
    return line_format(read_settings().log_format)
