"""Look-ups by their result, and locks by the day on which they shut."""

from __future__ import annotations

from datetime import date, datetime

from bot.core.insights import (
    Locks,
    LookupCount,
)
from tests.adapters.sql.insights.counted_desk import ZONE, Desk, at


def test_look_ups_are_counted_by_result_and_locks_by_what_was_locked(desk: Desk) -> None:
    one, other = desk.begin(at(1, 9)), desk.begin(at(1, 10))

    def fail(conversation: str, moment: datetime, reference: str, email: str) -> None:
        desk.lookups.record_attempt(conversation, reference=reference, email=email, succeeded=False, at=moment)

    for minute in (0, 2, 4, 6, 14):  # within a quarter of an hour: the conversation is locked
        fail(one, at(1, 9, minute), f"L-{minute}", f"{minute}@a.example")
    for minute in (0, 14, 28, 42, 59):  # too slow for the conversation, quick enough for the reference
        fail(other, at(1, 23, minute), "L-1", f"{minute}@b.example")
    desk.lookups.record_attempt(other, reference="L-1", email="c@c.example", succeeded=True, at=at(2, 9))

    counts = desk.count()
    assert counts.lookups == [LookupCount(date(2023, 12, 1), 0, 10), LookupCount(date(2023, 12, 2), 1, 0)]
    assert counts.locks == Locks(conversations=1, references=1, addresses=0)


def test_a_lock_belongs_to_the_day_on_which_it_shut(desk: Desk) -> None:
    conversation = desk.begin(at(2, 0))
    for minute in (56, 57, 58, 59):
        moment = datetime(2023, 11, 30, 23, minute, tzinfo=ZONE)
        desk.lookups.record_attempt(conversation, reference="L-1", email="a@a.example", succeeded=False, at=moment)
    assert desk.count().locks == Locks()
    desk.lookups.record_attempt(conversation, reference="L-1", email="a@a.example", succeeded=False, at=at(1, 0, 2))
    assert desk.count().locks == Locks(1, 1, 1)
