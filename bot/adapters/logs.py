"""Log set-up: one line for each event, personal data masked before it is written."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType

from bot.core.personal_data import mask_personal_data
from bot.core.promotion import ReferenceFormat

ANY_REFERENCE = ReferenceFormat(prefix="REF", digits=6)
"""References of the promotion are masked as long numbers all the same; logs are set up before content is read."""


class MaskingFilter(logging.Filter):
    """Masks what a record says; of an error only its type and place are kept, because its words can be a customer's."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask_personal_data(record.getMessage(), ANY_REFERENCE)
        record.args = ()
        if record.exc_info and record.exc_info[0]:
            record.msg += f" ({record.exc_info[0].__name__}{_place(record.exc_info[2])})"
        record.exc_info = record.exc_text = None
        return True


def mask_logs() -> None:
    """Log warnings and worse to the terminal, masked; for a process that sets up nothing else."""
    handler = logging.StreamHandler()
    handler.addFilter(MaskingFilter())
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", handlers=[handler])


def _place(trace: TracebackType | None) -> str:
    """The file and line where an error was raised."""
    frames = traceback.extract_tb(trace)
    return f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
