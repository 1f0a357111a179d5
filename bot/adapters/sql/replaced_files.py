"""Gives up a kept connection to a SQLite file that was moved away or replaced: it would go on with the old file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.event import listen
from sqlalchemy.exc import DisconnectionError

_FILE = "file"


def notice_replaced_file(engine: Engine) -> None:
    """Before each use of a connection look whether its file is still the one that is there; if not, connect anew."""
    if not engine.url.database or engine.url.database == ":memory:":
        return
    path = Path(engine.url.database)

    def remember(_connection: Any, record: Any) -> None:
        record.info[_FILE] = _identity(path)

    def look(_connection: Any, record: Any, _proxy: Any) -> None:
        if record.info[_FILE] != _identity(path):
            raise DisconnectionError(f"{path} is another file than it was")

    listen(engine, "connect", remember)
    listen(engine, "checkout", look)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file it is; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
