"""Nobody waits without end for a PostgreSQL that takes questions and answers none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import OperationalError

from bot.adapters.sql.engines import make_engine
from tests.databases import empty_database
from tests.faults.wire import Wire

LIMIT_SECONDS = 1
PATIENCE_SECONDS = 5.0


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with empty_database("postgresql", tmp_path) as url:
        yield url


@pytest.fixture
def wire(url: str) -> Iterator[Wire]:
    wire = Wire(make_url(url).port or 5432)
    yield wire
    wire.close()


@pytest.fixture
def engine(url: str, wire: Wire) -> Iterator[Engine]:
    through = make_url(url).set(host="127.0.0.1", port=wire.port)
    engine = make_engine(through, statement_seconds=LIMIT_SECONDS)
    yield engine
    engine.dispose()


def one(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT 1")).scalar_one())


def test_a_server_that_went_silent_is_given_up_and_asked_again_once_it_speaks(engine: Engine, wire: Wire) -> None:
    assert one(engine) == 1
    with wire.silent():
        began = time.monotonic()
        with pytest.raises(OperationalError, match="has not answered for 1.5 seconds"):
            one(engine)
        assert time.monotonic() - began < PATIENCE_SECONDS
    assert one(engine) == 1


def test_a_server_that_goes_silent_during_a_statement_is_given_up(engine: Engine, wire: Wire) -> None:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        with wire.silent(), pytest.raises(OperationalError, match="has not answered"):
            connection.execute(text("SELECT 2"))
    assert one(engine) == 1


def test_a_slow_answer_is_waited_for_where_no_limit_is_set(url: str) -> None:
    engine = make_engine(url, statement_seconds=0)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT 3 FROM pg_sleep(2)")).scalar_one() == 3
    engine.dispose()
