"""Of several workers one leads, as long as it lives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.leadership import OUTBOX, Leadership
from bot.config import ROOT
from bot.services.ports import Unavailable
from tests.processes.running_desk import wait_until

LEAD_UNTIL_KILLED = """
import sys, time
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.leadership import Leadership
lead = Leadership(make_engine(sys.argv[1]))
print(lead.is_ours(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def workers(empty_url: str) -> Iterator[tuple[Leadership, Leadership, Engine]]:
    engines = make_engine(empty_url), make_engine(empty_url)
    yield Leadership(engines[0]), Leadership(engines[1]), engines[0]
    for engine in engines:
        engine.dispose()


def test_one_leads_and_goes_on_leading(workers: tuple[Leadership, Leadership, Engine]) -> None:
    one, other, _ = workers
    assert [one.is_ours(), other.is_ours(), one.is_ours(), other.is_ours()] == [True, False, True, False]


def test_who_was_killed_leads_no_longer(empty_url: str) -> None:
    program = [sys.executable, "-c", LEAD_UNTIL_KILLED, empty_url]
    killed = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert killed.stdout is not None and killed.stdout.readline() == "True\n"
    engine = make_engine(empty_url)
    other = Leadership(engine)
    assert not other.is_ours()

    killed.kill()
    killed.wait()

    wait_until(other.is_ours, 30, "the lead to be free")
    engine.dispose()


def test_who_loses_the_connection_finds_out_and_takes_the_lead_again(
    workers: tuple[Leadership, Leadership, Engine], empty_url: str
) -> None:
    one, other, engine = workers
    if engine.dialect.name != "postgresql":
        pytest.skip("a lock file has no connection")
    assert one.is_ours()
    with engine.connect() as connection:
        mine = (
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
            "AND classid = :lock AND objid::bigint = hashtext(current_schema())::bigint & 4294967295"
        )
        connection.execute(text(mine), {"lock": OUTBOX})

    with pytest.raises(Unavailable):
        one.is_ours()
    assert other.is_ours() and not one.is_ours()
