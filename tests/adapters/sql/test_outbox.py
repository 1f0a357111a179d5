"""A mail is in one pair of hands at a time, and is sent once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.outbox import SqlOutbox
from bot.adapters.sql.ticket_tables import outbox as table
from bot.adapters.sql.tickets import SqlTickets
from tests.lamp_tickets import TICKET, mails
from tests.outboxes import mail_counts

NOW = datetime.now(timezone.utc) + timedelta(days=1)
"""When everything that the tests put into the outbox has long been due."""
SOON = NOW + timedelta(seconds=10)
LATER = NOW + timedelta(minutes=5)


def test_a_mail_is_in_one_pair_of_hands_until_its_time_is_over(outbox: SqlOutbox) -> None:
    first, second = outbox.claim(NOW, SOON), outbox.claim(NOW, SOON)
    assert first and second and first.id != second.id
    assert outbox.claim(NOW, SOON) is None

    again = outbox.claim(LATER, LATER + timedelta(seconds=10))
    assert again is not None and not again.handed_over_before
    assert not outbox.hold(first, LATER) and outbox.hold(again, LATER + timedelta(minutes=1))


def test_many_workers_never_take_the_same_mail(desk_engine: Engine) -> None:
    for number in range(10):
        SqlTickets(desk_engine).open(TICKET, f"form {number}", mails)
    outbox = SqlOutbox(desk_engine)

    with ThreadPoolExecutor(6) as pool:
        taken = [claimed for claimed in pool.map(lambda _: outbox.claim(NOW, SOON), range(40)) if claimed]

    assert len({claimed.id for claimed in taken}) == len(taken) == 20


def test_what_was_sent_is_never_taken_again_even_by_who_took_it_over(desk_engine: Engine, outbox: SqlOutbox) -> None:
    slow = outbox.claim(NOW, SOON)
    other = outbox.claim(NOW, SOON)
    assert slow and other
    outbox.note_sent(other, NOW)
    heir = outbox.claim(LATER, LATER + timedelta(seconds=10))
    assert heir is not None and heir.id == slow.id

    outbox.note_sent(slow, LATER)

    assert not outbox.hold(heir, LATER, handing_over=True)
    assert outbox.claim(LATER + timedelta(days=1), LATER + timedelta(days=2)) is None
    assert mail_counts(desk_engine) == {"waiting": 0, "sent": 2, "given_up": 0}


def test_a_hand_over_that_was_interrupted_is_remembered(outbox: SqlOutbox) -> None:
    claimed = outbox.claim(NOW, SOON)
    assert claimed and outbox.hold(claimed, SOON, handing_over=True)

    again = [outbox.claim(LATER, LATER + timedelta(seconds=9)) for _ in range(2)]

    assert {one.id: one.handed_over_before for one in again if one}[claimed.id] is True


@pytest.mark.parametrize("surely_not_accepted", [True, False])
def test_a_failed_try_is_noted_and_the_next_is_due_later(
    desk_engine: Engine, outbox: SqlOutbox, surely_not_accepted: bool
) -> None:
    claimed = outbox.claim(NOW, SOON)
    assert claimed and outbox.hold(claimed, SOON, handing_over=True)

    outbox.put_back(claimed, LATER, "the server said 450", refused=True, surely_not_accepted=surely_not_accepted)

    with desk_engine.connect() as connection:
        row = connection.execute(select(table).where(table.c.id == claimed.id)).mappings().one()
    assert (row["attempts"], row["refusals"], row["problem"]) == (1, 1, "the server said 450")
    assert row["answers_missing"] == (0 if surely_not_accepted else 1)
    other = outbox.claim(NOW, SOON)
    assert other and other.id != claimed.id and outbox.claim(NOW, SOON) is None
    assert outbox.claim(LATER, LATER + timedelta(seconds=9)) is not None


def test_what_was_given_up_waits_until_it_is_to_be_tried_again(desk_engine: Engine, outbox: SqlOutbox) -> None:
    claimed = outbox.claim(NOW, SOON)
    assert claimed
    outbox.give_up(claimed, NOW, "550 no such person")
    assert mail_counts(desk_engine) == {"waiting": 1, "sent": 0, "given_up": 1}

    assert outbox.try_again() == 1

    assert mail_counts(desk_engine)["waiting"] == 2
    assert {one.id for one in (outbox.claim(NOW, SOON), outbox.claim(NOW, SOON)) if one} >= {claimed.id}


@pytest.fixture
def outbox(desk_engine: Engine) -> SqlOutbox:
    """With the two mails of one ticket."""
    SqlTickets(desk_engine).open(TICKET, "form", mails)
    return SqlOutbox(desk_engine)
