"""Which of several processes that do the same work does it: the one that holds a lock of the database."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.adapters.sql.outages import told_as_unavailable

OUTBOX = 7_305_403
"""The lock of the outbox's worker; those of migrations and of tickets are its neighbours."""
# A machine that is gone for good must not keep the lead: the server asks after it, and lets go within half a minute.
_NOTICE_THE_DEAD = (
    "SET tcp_keepalives_idle = 10",
    "SET tcp_keepalives_interval = 5",
    "SET tcp_keepalives_count = 3",
)

# Such a lock belongs to the database; two desks may share one, each in a schema of its own.
_TAKE = "SELECT pg_try_advisory_lock(CAST(:lock AS integer), hashtext(current_schema()))"


class Leadership:
    """A lock that ends with the process or its connection, however they end; in SQLite a file beside the database."""

    def __init__(self, engine: Engine, lock: int = OUTBOX) -> None:
        self._engine = engine
        self._lock = lock
        self._connection: Connection | None = None
        self._file: int | None = None

    def is_ours(self) -> bool:
        """Whether this process leads; it takes the lead if nobody has it. Raises ``Unavailable``."""
        return self._holds_lock() if self._engine.dialect.name == "postgresql" else self._holds_file()

    def _holds_lock(self) -> bool:
        with told_as_unavailable("desk"):
            try:
                if self._connection is not None:
                    self._connection.execute(text("SELECT 1"))  # as long as the connection lives, so does the lock
                    return True
                return self._takes_lock()
            except SQLAlchemyError:
                self._let_go()
                raise

    def _takes_lock(self) -> bool:
        self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        for setting in _NOTICE_THE_DEAD:
            self._connection.execute(text(setting))
        if self._connection.execute(text(_TAKE), {"lock": self._lock}).scalar():
            return True
        self._let_go()
        return False

    def _let_go(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.invalidate()
                self._connection.close()
        self._connection = None

    def _holds_file(self) -> bool:
        if self._file is not None:
            return True
        file = os.open(f"{self._engine.url.database}.{self._lock}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            return False
        self._file = file
        return True
