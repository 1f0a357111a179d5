"""A hand-off is killed at any moment, again and again: no ticket is lost or doubled, no mail lost."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.ticket_tables import outbox, tickets, uploads
from tests.databases import empty_database
from tests.faults.hand_off import DELIVERED_SECONDS, Customers, Parts
from tests.mail_server import accepted_in, message_id
from tests.processes.running_desk import wait_until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart as on Linux only")
LONGEST_PAUSE = 1.4


@pytest.mark.parametrize(("backend", "kills"), [("sqlite", 50), ("postgresql", 20)])
def test_no_ticket_is_lost_or_doubled_by_kills(backend: str, kills: int, tmp_path: Path) -> None:
    with empty_database(backend, tmp_path) as url:
        migrate(url, "desk")
        engine = make_engine(url)
        parts, customers = Parts(tmp_path, url), None
        try:
            parts.start()
            customers = Customers(parts.url, seed := random.SystemRandom().randrange(10**6))
            customers.start()
            _kill_at_random(parts, kills, seed)
            customers.finish()
            wait_until(lambda: _unsent(engine) == 0, DELIVERED_SECONDS, "all mails to be delivered")
        finally:
            if customers:
                customers.stop()
            parts.stop()
        _assert_each_form_is_one_ticket(engine, customers)
        _assert_files_came_along(engine, customers, parts)
        _assert_each_mail_was_received_once(engine, parts)
        engine.dispose()


def _kill_at_random(parts: Parts, kills: int, seed: int) -> None:
    print(f"seed {seed}")  # noqa: T201 - shown by pytest if the test fails
    chance = random.Random(seed)
    for _ in range(kills):
        time.sleep(chance.uniform(0.05, LONGEST_PAUSE))
        # A gateway that is hardly ever up would be no test: mostly it is killed while it serves, sometimes while it starts.
        may_die = [name for name in parts.names if name != "gateway" or parts.serve() or chance.random() < 0.1]
        parts.kill(chance.choice(may_die))


def _unsent(engine: Engine) -> int:
    with engine.connect() as connection:
        return len(connection.execute(select(outbox.c.id).where(outbox.c.sent_at.is_(None))).all())


def _assert_each_form_is_one_ticket(engine: Engine, customers: Customers) -> None:
    with engine.connect() as connection:
        kept = connection.execute(select(tickets.c.message, tickets.c.reference)).all()
    assert customers.surprises == []
    assert len(customers.confirmed) >= customers.most, "too few customers got through for this test to mean anything"
    assert Counter(message for message, _ in kept) == Counter(customers.confirmed.keys())
    assert dict(kept) == customers.confirmed


def _assert_files_came_along(engine: Engine, customers: Customers, parts: Parts) -> None:
    attached = select(tickets.c.message, uploads.c.id).join(uploads, uploads.c.ticket == tickets.c.reference)
    with engine.connect() as connection:
        files = connection.execute(attached).all()
    assert Counter(message for message, _ in files) == Counter(customers.with_file)
    assert all((parts.uploads / id[:2] / id).stat().st_size > 0 for _, id in files)


def _assert_each_mail_was_received_once(engine: Engine, parts: Parts) -> None:
    """By its Message-ID, as mail stores tell a repetition; and nothing was repeated whose acceptance had been heard.

    What a server accepts in the moment in which it, or who sends, is killed can only be sent again: nobody knows.
    """
    with engine.connect() as connection:
        rows = connection.execute(select(outbox.c.message_id, outbox.c.ticket, outbox.c.answers_missing)).all()
    received = Counter(message_id(mail) for mail in accepted_in(parts.mails))
    assert received.keys() == {row.message_id for row in rows}
    assert set(Counter(row.ticket for row in rows).values()) == {2}
    unheard = {row.message_id: row.answers_missing for row in rows}
    repeated = {id: count - 1 for id, count in received.items() if count > 1}
    print(f"{len(rows)} mails, {sum(unheard.values())} answers not heard, {sum(repeated.values())} of these repeated")  # noqa: T201
    assert all(count <= unheard[id] for id, count in repeated.items())
