"""Engines for the two databases the desk runs on, with time limits and a read-only variant."""

from __future__ import annotations

import time
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from bot.adapters.sql.limited_waits import limited_connection
from bot.adapters.sql.replaced_files import notice_replaced_file
from bot.adapters.sql.traced_statements import trace_statements
from bot.services.ports import InvalidInput

TIMEOUT_SECONDS = 3
"""How long a statement, a connection or a lock is waited for before the database counts as unavailable."""
GRACE_SECONDS = 0.5
FORGET_SECONDS = 20.0
FORGET_PAUSE = 0.2
FORGET_TRY_MILLISECONDS = 300


def make_engine(
    url: str | URL, *, read_only: bool = False, statement_seconds: int = TIMEOUT_SECONDS, future: bool = True
) -> Engine:
    """An engine for a SQLite file or PostgreSQL; ``statement_seconds=0`` sets no limit. Connects to nothing yet.

    ``future=False`` is for Rasa, which is written in SQLAlchemy's older style. Raises ``InvalidInput`` for any other database.
    """
    try:
        engine = _engine(make_url(url), read_only, statement_seconds, future)
    except (ArgumentError, NoSuchModuleError) as error:
        raise InvalidInput(_UNUSABLE) from error
    trace_statements(engine)
    return engine


def _engine(url: URL, read_only: bool, statement_seconds: int, future: bool) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, read_only, future)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url, read_only, statement_seconds, future)
    raise InvalidInput(_UNUSABLE)


# The address itself is left out: it may hold a password.
_UNUSABLE = "the address of a database cannot be used; write sqlite:///var/claims.db or postgresql://user:password@host:5432/name"


def begin_to_write(connection: Connection) -> None:
    """Within a transaction that is about to change what it reads first: nobody else changes it in between.

    PostgreSQL locks the rows that are read ``with_for_update``; SQLite has one writer at a time, once it has begun.
    """
    if connection.dialect.name == "sqlite":
        # Python's sqlite3 begins a transaction by itself only before it changes something.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def forget_deleted(engine: Engine, seconds: float = FORGET_SECONDS) -> bool:
    """Empty SQLite's write-ahead log, which still has what was deleted; False if somebody reads from it all the time.

    In short tries: nobody can write during one.
    """
    if engine.dialect.name != "sqlite":
        return True
    deadline = time.monotonic() + seconds
    while not _log_is_emptied(engine):
        if time.monotonic() > deadline:
            return False
        time.sleep(FORGET_PAUSE)
    return True


def _log_is_emptied(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {FORGET_TRY_MILLISECONDS}")
            is_busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {TIMEOUT_SECONDS * 1000}")
    except SQLAlchemyError:
        return False
    return not is_busy


def _sqlite(url: URL, read_only: bool, future: bool) -> Engine:
    if url.database and url.database != ":memory:" and not read_only:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # Connections are kept, however many are needed at once: SQLite tidies up its write-ahead log whenever the last one is
    # closed, which took a third of the gateway's time.
    engine = create_engine(
        url,
        future=future,
        hide_parameters=True,
        poolclass=QueuePool,
        max_overflow=-1,
        connect_args={"check_same_thread": False},
    )

    def prepare(connection: SqliteConnection, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {TIMEOUT_SECONDS * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
            # What is deleted is overwritten: it cannot be read from the file any more.
            connection.execute("PRAGMA secure_delete = ON")

    event.listen(engine, "connect", prepare)
    notice_replaced_file(engine)
    return engine


def _postgresql(url: URL, read_only: bool, statement_seconds: int, future: bool) -> Engine:
    given = url.query.get("options", "")
    options = [
        given if isinstance(given, str) else " ".join(given),
        f"-c statement_timeout={statement_seconds * 1000}",
    ]
    if read_only:
        options.append("-c default_transaction_read_only=on")
    told: dict[str, Any] = {"options": " ".join(options).strip()}
    if statement_seconds:
        # The server ends what takes too long itself, and says so; later than that it has gone silent.
        told["connection_factory"] = limited_connection(statement_seconds + GRACE_SECONDS)
    return create_engine(
        url.difference_update_query(["options"]),
        future=future,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=TIMEOUT_SECONDS,
        connect_args={"connect_timeout": TIMEOUT_SECONDS, **told},
    )
