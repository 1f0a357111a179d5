"""Bring the claims or the desk database to the newest schema, from whatever schema it has."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, text
from sqlalchemy.engine import Connection

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.outages import told_as_unavailable

MIGRATIONS = Path(__file__).resolve().parents[3] / "migrations"

History = Literal["claims", "desk"]

_LOCKS: dict[History, int] = {"claims": 7_305_401, "desk": 7_305_402}


def migrate(url: str, history: History, to: str = "head") -> None:
    """Apply what is missing of one history, up to a revision; does nothing to a database that has it all. Raises ``Unavailable``.

    All of it happens in one transaction under a lock: of two processes that start together, one waits for the other.
    """
    engine = make_engine(url, statement_seconds=0)
    try:
        with told_as_unavailable(history), engine.connect() as connection, connection.begin():
            _lock(connection, history)
            command.upgrade(_configuration(connection, history), to)
    finally:
        engine.dispose()


def version_table(history: History) -> str:
    """Where a database notes its schema; a name per history lets both live in one database."""
    return f"{history}_schema_version"


def run_migrations(history: History, metadata: MetaData) -> None:
    """What the ``env.py`` of each history does: run on the connection that ``migrate`` has opened."""
    from alembic import context  # exists only while Alembic runs an env.py

    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=version_table(history),
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _configuration(connection: Connection, history: History) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(MIGRATIONS / history).replace("%", "%%"))
    configuration.attributes["connection"] = connection
    return configuration


def _lock(connection: Connection, history: History) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCKS[history]})
    else:
        # Python's sqlite3 begins a transaction only before changing rows, not before changing tables.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
