"""Engines for the two databases the desk runs on, with time limits and a read-only variant."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from bot.services.ports import InvalidInput

TIMEOUT_SECONDS = 3
"""How long a statement, a connection or a lock is waited for before the database counts as unavailable."""


def make_engine(url: str, *, read_only: bool = False, statement_seconds: int = TIMEOUT_SECONDS) -> Engine:
    """An engine for a SQLite file or PostgreSQL; ``statement_seconds=0`` sets no limit. Connects to nothing yet.

    Raises ``InvalidInput`` for any other database.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed, read_only)
        if parsed.get_backend_name() == "postgresql":
            return _postgresql(parsed, read_only, statement_seconds)
    except (ArgumentError, NoSuchModuleError) as error:
        raise InvalidInput(_UNUSABLE) from error
    raise InvalidInput(_UNUSABLE)


# The address itself is left out: it may hold a password.
_UNUSABLE = "the address of a database cannot be used; write sqlite:///var/claims.db or postgresql://user:password@host:5432/name"


def _sqlite(url: URL, read_only: bool) -> Engine:
    if url.database and url.database != ":memory:" and not read_only:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, future=True, hide_parameters=True)

    def prepare(connection: Connection, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {TIMEOUT_SECONDS * 1000}")
        connection.execute("PRAGMA foreign_keys = ON")
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")

    event.listen(engine, "connect", prepare)
    return engine


def _postgresql(url: URL, read_only: bool, statement_seconds: int) -> Engine:
    given = url.query.get("options", "")
    options = [
        given if isinstance(given, str) else " ".join(given),
        f"-c statement_timeout={statement_seconds * 1000}",
    ]
    if read_only:
        options.append("-c default_transaction_read_only=on")
    return create_engine(
        url.difference_update_query(["options"]),
        future=True,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=TIMEOUT_SECONDS,
        connect_args={"connect_timeout": TIMEOUT_SECONDS, "options": " ".join(options).strip()},
    )
