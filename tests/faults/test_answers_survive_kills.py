"""Gateway, worker and mail server are killed while agents answer: each answer is kept once, with its state and its mail."""

from __future__ import annotations

import random
import sys
import threading
import time
from collections import Counter
from datetime import datetime, timezone
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.migrate import migrate
from bot.adapters.sql.ticket_tables import outbox
from bot.bootstrap_console import access_desk
from bot.config import read_settings
from bot.core.agents import Role
from bot.core.tickets import TicketState
from bot.services import manage_agents, sign_in
from tests.databases import BACKENDS, empty_database
from tests.fakes import FakeClock
from tests.faults.hand_off import DELIVERED_SECONDS, PATIENCE_SECONDS, SECRET, NeverAnswered, Parts, until_it_works
from tests.mail_server import accepted_in, message_id
from tests.processes.running_desk import wait_until
from tests.tickets import Desk
from tests.web.conftest import Page

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are told apart as on Linux only")
AGENTS = 4
KILLS = 15


@pytest.mark.parametrize("backend", BACKENDS)
def test_no_answer_is_lost_or_doubled_by_kills(backend: str, tmp_path: Path) -> None:
    with empty_database(backend, tmp_path) as url:
        migrate(url, "desk")
        engine = make_engine(url)
        tickets = Desk(engine, tmp_path, FakeClock(datetime.now(timezone.utc)))
        parts = Parts(tmp_path, url)
        stop = threading.Event()
        surprises: list[str] = []
        agents = [
            threading.Thread(target=_answer_until, args=(parts.url, _token(url, number), tickets, stop, surprises))
            for number in range(AGENTS)
        ]
        try:
            parts.start()
            for agent in agents:
                agent.start()
            _kill_at_random(parts)
            stop.set()
            for agent in agents:
                agent.join(2 * PATIENCE_SECONDS)
            assert surprises == [] and not any(agent.is_alive() for agent in agents)
            wait_until(lambda: _unsent(engine) == 0, DELIVERED_SECONDS, "all mails to be delivered")
        finally:
            stop.set()
            parts.stop()
        _assert_each_answer_is_kept_and_sent(engine, tickets, parts)
        engine.dispose()


def _token(url: str, number: int) -> str:
    access = access_desk(read_settings({"PROMODESK_DATABASE_URL": url, "PROMODESK_SECRET": SECRET}))
    _, link = manage_agents.add_agent(access, f"{number}@desk.example", f"Agent {number}", Role.AGENT)
    return sign_in.follow_link(access, link, "seven green umbrellas", device="a test")


def _answer_until(url: str, token: str, tickets: Desk, stop: threading.Event, surprises: list[str]) -> None:
    """An agent who answers one ticket after the other, sends each form until the desk says so, and often clicks twice."""
    with httpx.Client(base_url=url, timeout=10, trust_env=False, cookies={"desk-agent": token}) as browser:
        while not stop.is_set():
            reference = tickets.open()
            try:
                page = until_it_works(lambda: browser.get(f"/desk/tickets/{reference}"), stop)  # noqa: B023 - called at once
            except NeverAnswered as never:
                surprises.append(f"{reference}: {never}")
                return
            fields = {name: Page(page.text).fields[name] for name in ("csrf", "version", "key")}
            typed = {**fields, "answer": f"About {reference}.", "then": "resolved"}

            def send(reference: str = reference, typed: dict[str, str] = typed) -> None:
                try:
                    sent = until_it_works(lambda: browser.post(f"/desk/tickets/{reference}/answer", data=typed), stop)
                except NeverAnswered as never:
                    surprises.append(f"{reference}: {never}")
                    return
                if sent.headers.get("location") != f"/desk/tickets/{reference}?done=answer":
                    surprises.append(f"{reference}: {sent.status_code} {sent.headers.get('location')}")

            clicks = [threading.Thread(target=send) for _ in range(random.choice((1, 2)))]
            for click in clicks:
                click.start()
            for click in clicks:
                click.join()


def _kill_at_random(parts: Parts) -> None:
    chance = random.Random(seed := random.SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201 - shown by pytest if the test fails
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.5))
        names = [name for name in parts.names if name != "gateway" or parts.serve()]
        parts.kill(chance.choice(names))


def _unsent(engine: Engine) -> int:
    with engine.connect() as connection:
        return len(connection.execute(select(outbox.c.id).where(outbox.c.sent_at.is_(None))).all())


def _assert_each_answer_is_kept_and_sent(engine: Engine, tickets: Desk, parts: Parts) -> None:
    mails = select(outbox.c.ticket, outbox.c.message_id, outbox.c.answers_missing).where(outbox.c.kind == "answer")
    with engine.connect() as connection:
        rows = connection.execute(mails).all()
    assert len(rows) >= AGENTS, "too few answers got through for this test to mean anything"
    assert set(Counter(row.ticket for row in rows).values()) == {1}
    for row in rows:
        kept = tickets.find(row.ticket)
        assert [event.kind.value for event in kept.events] == ["opened", "assigned", "answered"]
        assert kept.progress.state is TicketState.RESOLVED and kept.version == 2
    received = Counter(message_id(mail) for mail in accepted_in(parts.mails))
    assert all(1 <= received[row.message_id] <= 1 + row.answers_missing for row in rows)
    print(f"{len(rows)} answers, {sum(row.answers_missing for row in rows)} acceptances not heard")  # noqa: T201
