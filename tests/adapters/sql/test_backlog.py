"""How much waits at the desk, as monitoring reads it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.adapters.sql.backlog import SqlBacklogs
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.outbox import SqlOutbox
from bot.adapters.sql.ticket_tables import tickets
from bot.adapters.sql.tickets import SqlTickets
from bot.services.ports import Unavailable
from tests.lamp_tickets import TICKET, mails

NOW = datetime.now(timezone.utc) + timedelta(days=1)


def test_an_empty_desk_has_nothing_that_waits(desk_engine: Engine) -> None:
    found = SqlBacklogs(desk_engine, TICKET.promotion).read()

    assert found.mails == {"waiting": 0, "sent": 0, "given_up": 0} and found.failing_mails == 0
    assert set(found.tickets.values()) == {0} and "waiting_for_customer" in found.tickets
    assert found.oldest_mail is None and found.oldest_unanswered is None


def test_mails_and_tickets_are_counted_with_the_oldest_that_waits(desk_engine: Engine) -> None:
    first = SqlTickets(desk_engine).open(TICKET, "form 1", mails)
    SqlTickets(desk_engine).open(TICKET, "form 2", mails)
    outbox = SqlOutbox(desk_engine)
    sent, failed, given_up = (outbox.claim(NOW, NOW + timedelta(minutes=1)) for _ in range(3))
    assert sent and failed and given_up
    outbox.note_sent(sent, NOW)
    outbox.put_back(failed, NOW, "refused", refused=True, surely_not_accepted=True)
    outbox.give_up(given_up, NOW, "refused")
    with desk_engine.begin() as connection:
        answered = {"state": "waiting_for_customer", "turn_since": TICKET.at - timedelta(days=9)}
        connection.execute(update(tickets).where(tickets.c.reference == first).values(**answered))

    found = SqlBacklogs(desk_engine, TICKET.promotion).read()

    assert found.mails == {"waiting": 2, "sent": 1, "given_up": 1} and found.failing_mails == 1
    assert found.oldest_mail is not None and NOW - found.oldest_mail <= timedelta(days=2)
    assert (found.tickets["new"], found.tickets["waiting_for_customer"]) == (1, 1)
    assert found.oldest_unanswered == TICKET.at, "who waits for the customer is not waiting for an answer"
    assert set(SqlBacklogs(desk_engine, "another promotion").read().tickets.values()) == {0}


def test_a_database_that_is_away_is_told_as_such() -> None:
    nobody = make_engine("postgresql://127.0.0.1:1/none")
    with pytest.raises(Unavailable):
        SqlBacklogs(nobody, "any").read()
