"""Counting is quick, however many messages there are."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta, timezone
from random import Random

from sqlalchemy import insert

from bot.adapters.sql.conversation_tables import conversations, messages
from bot.core.periods import Period
from bot.core.replies import ReplyKind
from tests.adapters.sql.insights.counted_desk import KEY, MISSES, Desk, answer, reply

MANY = 100_000
SECONDS = {"sqlite": 1.0, "postgresql": 2.0}
"""With room for a busy machine; a quiet one takes a third of it."""


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

    clock = time.process_time if desk.engine.dialect.name == "sqlite" else time.monotonic
    took = []
    for _ in range(3):
        began = clock()
        counts = desk.count(Period(date(2023, 9, 4), date(2023, 12, 2)))
        took.append(clock() - began)

    assert sum(one.messages for one in counts.outcomes) == MANY / 2
    assert sum(one.conversations for one in counts.conversations) == MANY / 8
    assert min(took) < SECONDS[desk.engine.dialect.name], took
