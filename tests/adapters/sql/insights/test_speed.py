"""Counting is quick, however many messages there are."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from random import Random

from sqlalchemy import insert

from bot.adapters.sql.conversation_tables import conversations, messages
from bot.core.periods import Period
from bot.core.replies import ReplyKind
from tests.adapters.sql.insights.counted_desk import KEY, MISSES, Desk, answer, reply
from tests.timing import processor_seconds, quiet_seconds

MANY = 100_000
SECONDS = {"sqlite": 1.0, "postgresql": 2.0}
"""A quiet machine takes a third of it."""


def test_a_hundred_thousand_messages_are_counted_at_once(desk: Desk) -> None:
    random, begin = Random(7), datetime(2023, 9, 10, tzinfo=timezone.utc)
    held, said = [], []
    kinds = [
        answer().as_dict(),
        reply(ReplyKind.LOOKUP).as_dict(),
        reply(ReplyKind.NOTICE, MISSES).as_dict(),
        reply(ReplyKind.HANDOFF).as_dict(),
    ]
    for number in range(MANY // 8):
        moment = begin + timedelta(seconds=random.randrange(80 * 86_400))
        id = f"conversation {number}"
        held.append(
            {
                "id": id,
                "session_hash": id,
                "reference": str(number),
                "promotion": KEY,
                "started_at": moment,
                "last_seen_at": moment,
            }
        )
        for place in range(8):
            kept = {**random.choice(kinds), "text": "words " * 60} if place % 2 else None
            said.append(
                {
                    "id": f"{number} {place}",
                    "conversation_id": id,
                    "text": "words " * 20,
                    "reply": kept,
                    "created_at": moment,
                }
            )
    with desk.engine.begin() as connection:
        for table, rows in ((conversations, held), (messages, said)):
            for start in range(0, len(rows), 5000):
                connection.execute(insert(table), rows[start : start + 5000])

    period = Period(date(2023, 9, 4), date(2023, 12, 2))
    counts = desk.count(period)
    # SQLite does all of it within this process.
    seconds_for = processor_seconds if desk.engine.dialect.name == "sqlite" else quiet_seconds
    seconds = seconds_for(lambda: desk.count(period), rounds=3)

    assert sum(one.messages for one in counts.outcomes) == MANY / 2
    assert sum(one.conversations for one in counts.conversations) == MANY / 8
    assert seconds < SECONDS[desk.engine.dialect.name]
