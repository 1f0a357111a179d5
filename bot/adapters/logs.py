"""Log set-up: one line for each event, personal data masked before it is written."""

from __future__ import annotations

import logging

from bot.core.personal_data import mask_personal_data
from bot.core.promotion import ReferenceFormat

ANY_REFERENCE = ReferenceFormat(prefix="REF", digits=6)
"""References of the promotion are masked as long numbers all the same; logs are set up before content is read."""


class MaskingFilter(logging.Filter):
    """Masks what a record says; a traceback is cut down to its last line, because it can hold a customer's words."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask_personal_data(record.getMessage(), ANY_REFERENCE)
        record.args = ()
        if record.exc_info and record.exc_info[0]:
            record.msg += f" ({record.exc_info[0].__name__})"
        record.exc_info = record.exc_text = None
        return True
