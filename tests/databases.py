"""Databases to test on: a SQLite file and a PostgreSQL schema of their own, gone afterwards."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.adapters.sql.engines import TIMEOUT_SECONDS, make_engine
from bot.adapters.sql.migrate import History, migrate

BACKENDS = ("sqlite", "postgresql")
DEFAULT_POSTGRES = "postgresql://root@127.0.0.1:5432/test"


@contextmanager
def empty_database(backend: str, folder: Path) -> Iterator[str]:
    """The URL of a database without tables; skips the test, or fails it where services are required, if there is none."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    server = os.environ.get("PROMODESK_TEST_POSTGRES", DEFAULT_POSTGRES)
    schema = f"promodesk_{secrets.token_hex(6)}"
    administration = create_engine(server, future=True, connect_args={"connect_timeout": 3})
    try:
        with administration.begin() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
    except OperationalError as error:
        _no_postgresql(server, error)
    try:
        yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{schema}"
    finally:
        with administration.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        administration.dispose()


@contextmanager
def migrated_database(
    backend: str, folder: Path, history: History, statement_seconds: int = TIMEOUT_SECONDS
) -> Iterator[Engine]:
    """An engine on a database with the tables of one history; whoever fills it with very much gives it more time."""
    with empty_database(backend, folder) as url:
        migrate(url, history)
        engine = make_engine(url, statement_seconds=statement_seconds)
        yield engine
        engine.dispose()


def _no_postgresql(server: str, error: OperationalError) -> None:
    if os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1":
        raise error
    pytest.skip(
        f"no PostgreSQL at {server}; start one, or set PROMODESK_TEST_POSTGRES to a database where schemas may be made"
    )
