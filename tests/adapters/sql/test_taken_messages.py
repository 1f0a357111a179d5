"""Messages that were taken up, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.engine import Engine

from bot.adapters.sql.taken_messages import SqlTakenMessages
from bot.services.help_desk_ports import HelpDeskMessage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
MESSAGE = HelpDeskMessage(account=1, conversation=7, id=99, text="how long?")
LATER = HelpDeskMessage(account=1, conversation=7, id=100)
ELSEWHERE = HelpDeskMessage(account=2, conversation=7, id=99)


@pytest.fixture
def taken(desk_engine: Engine) -> SqlTakenMessages:
    return SqlTakenMessages(desk_engine)


def test_a_message_is_taken_once(taken: SqlTakenMessages) -> None:
    assert taken.take(MESSAGE, NOW)
    assert not taken.take(MESSAGE, NOW + timedelta(hours=1))
    assert taken.take(ELSEWHERE, NOW)
    assert taken.take(LATER, NOW)


def test_of_many_at_once_one_gets_it(taken: SqlTakenMessages) -> None:
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda _: taken.take(MESSAGE, NOW), range(16)))
    assert got.count(True) == 1


def test_what_is_not_settled_is_known_without_what_it_says(taken: SqlTakenMessages) -> None:
    for message in (MESSAGE, LATER, ELSEWHERE):
        taken.take(message, NOW)
    taken.settle(LATER, NOW)
    hour = timedelta(hours=1)
    assert set(taken.unsettled(NOW - hour, NOW + hour)) == {HelpDeskMessage(1, 7, 99), ELSEWHERE}
    assert taken.unsettled(NOW - hour, NOW) == taken.unsettled(NOW + hour, NOW + 2 * hour) == []


def test_of_many_that_settle_a_message_one_is_told_so(taken: SqlTakenMessages) -> None:
    taken.take(MESSAGE, NOW)
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda _: taken.settle(MESSAGE, NOW), range(16)))
    assert told.count(True) == 1


def test_what_is_forgotten_could_be_taken_again(taken: SqlTakenMessages) -> None:
    taken.take(MESSAGE, NOW)
    taken.take(LATER, NOW + timedelta(days=2))
    taken.forget(NOW + timedelta(days=1))
    assert taken.take(MESSAGE, NOW)
    assert not taken.take(LATER, NOW)


def test_the_largest_ids_fit(taken: SqlTakenMessages) -> None:
    huge = 2**63 - 1
    assert taken.take(HelpDeskMessage(huge, huge, huge), NOW)
    assert not taken.take(HelpDeskMessage(huge, huge, huge), NOW)
