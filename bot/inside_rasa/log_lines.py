"""How Rasa's process writes its log lines: as the settings say. Rasa's logging set-up calls it by its dotted path."""

from __future__ import annotations

import logging

from bot.adapters.logs import line_format
from bot.config import read_settings


def configured_format() -> logging.Formatter:
    """The formatter that ``PROMODESK_LOG_FORMAT`` names."""
    return line_format(read_settings().log_format)
