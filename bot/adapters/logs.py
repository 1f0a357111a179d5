"""Log set-up: one line for each event, as text or JSON, personal data masked before it is written."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import datetime, timezone
from types import TracebackType

from bot.adapters.request_ids import request_id
from bot.core.personal_data import mask_personal_data
from bot.core.promotion import ReferenceFormat

ANY_REFERENCE = ReferenceFormat(prefix="REF", digits=6)
"""References of the promotion are masked as long numbers all the same; logs are set up before content is read."""
TEXT_LINE = "%(asctime)s %(levelname)s %(name)s %(message)s"
OWN_LOGGERS = ("bot", "actions")
"""What these say is said at the level INFO too; of libraries only warnings and worse are kept."""
_TOLD = "told"


class MaskingFilter(logging.Filter):
    """Masks what a record says; of an error only its type and place are kept, because its words can be a customer's."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = mask_personal_data(record.getMessage(), ANY_REFERENCE)
        record.args = ()
        if record.exc_info and record.exc_info[0]:
            record.msg += f" ({record.exc_info[0].__name__}{_place(record.exc_info[2])})"
        record.exc_info = record.exc_text = record.stack_info = None
        return True


class TextLines(logging.Formatter):
    """A line for people: what happened, what is told of it, and the request it belongs to."""

    def __init__(self) -> None:
        super().__init__(TEXT_LINE)

    def format(self, record: logging.LogRecord) -> str:
        told = {**getattr(record, _TOLD, {}), **_request()}
        line = super().format(record).replace("\n", "\\n")
        return " ".join([line, *(f"{name}={value}" for name, value in told.items())])


class JsonLines(logging.Formatter):
    """A line for programs: ``time`` (UTC), ``level``, ``event``, ``logger``, ``request_id``, and what is told of the event."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
        line = {"time": moment, "level": record.levelname, "event": record.getMessage(), "logger": record.name}
        return json.dumps({**line, **_request(), **getattr(record, _TOLD, {})}, ensure_ascii=False)


def line_format(name: str) -> logging.Formatter:
    """The formatter that ``PROMODESK_LOG_FORMAT`` names: ``text`` or ``json``."""
    return JsonLines() if name == "json" else TextLines()


def set_up_logs(log_format: str) -> None:
    """Write masked lines to the terminal; for a process that sets up nothing else."""
    handler = logging.StreamHandler()
    handler.addFilter(MaskingFilter())
    handler.setFormatter(line_format(log_format))
    logging.basicConfig(handlers=[handler])
    logging.captureWarnings(True)
    for name in OWN_LOGGERS:
        logging.getLogger(name).setLevel(logging.INFO)


def log_event(logger: logging.Logger, event: str, *, level: int = logging.INFO, **told: str | float) -> None:
    """Log that something happened. ``told`` holds figures and the desk's own ids, never a customer's words: it is not masked."""
    logger.log(level, event, extra={_TOLD: told})


def _request() -> dict[str, str]:
    return {"request_id": request_id()} if request_id() else {}


def _place(trace: TracebackType | None) -> str:
    """The file and line where an error was raised."""
    frames = traceback.extract_tb(trace)
    return f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
