"""What Rasa keeps of conversations is read and removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.engine import Engine

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.tracker_events import TrackerEvents, events
from bot.services.ports import Unavailable
from tests.databases import BACKENDS, empty_database

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
DAY = timedelta(days=1)


@pytest.fixture(params=BACKENDS)
def empty_tracker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture
def tracker(empty_tracker: Engine) -> Engine:
    events.metadata.create_all(empty_tracker)
    return empty_tracker


def add(tracker: Engine, sender: str, *moments: datetime) -> None:
    with tracker.begin() as connection:
        for at in moments:
            data = json.dumps({"event": "user", "text": f"{sender}, “{at:%d}”"})
            row = {"sender_id": sender, "type_name": "user", "timestamp": at.timestamp(), "data": data}
            connection.execute(insert(events).values(row))


def senders(tracker: Engine) -> list[str]:
    with tracker.connect() as connection:
        return list(connection.execute(select(events.c.sender_id).distinct().order_by(events.c.sender_id)).scalars())


def test_a_store_that_rasa_has_not_begun_yet_is_empty(empty_tracker: Engine) -> None:
    dialogue = TrackerEvents(empty_tracker)
    assert dialogue.of(["a"]) == [] and dialogue.count(NOW) == 0
    assert list(dialogue.drop(NOW, 10)) == [] and dialogue.remove(["a"]) == ["a"]


def test_the_events_of_conversations_are_read_in_order_and_removed(tracker: Engine) -> None:
    add(tracker, "a", NOW, NOW + DAY)
    add(tracker, "b", NOW)
    dialogue = TrackerEvents(tracker)

    first, second = dialogue.of(["a", "unknown"])
    assert first["data"] == {"event": "user", "text": "a, “01”"} and second["data"] == {
        "event": "user",
        "text": "a, “02”",
    }

    assert set(dialogue.remove(["a", "unknown"])) == {"a", "unknown"}
    assert senders(tracker) == ["b"]


def test_a_conversation_goes_with_its_last_event_and_not_before(tracker: Engine) -> None:
    add(tracker, "silent", NOW - 3 * DAY, NOW - 2 * DAY)
    add(tracker, "goes on", NOW - 100 * DAY, NOW)
    dialogue = TrackerEvents(tracker)

    assert dialogue.count(NOW) == 1
    assert list(dialogue.drop(NOW, 10)) == [1]
    assert senders(tracker) == ["goes on"] and len(dialogue.of(["goes on"])) == 2


def test_many_go_in_small_transactions_also_between_those_that_stay(tracker: Engine) -> None:
    for number in range(25):
        add(tracker, f"c{number:02}", NOW if number % 5 == 0 else NOW - DAY)
    dialogue = TrackerEvents(tracker)

    interrupted = iter(dialogue.drop(NOW, 4))
    assert next(interrupted) == 3
    assert dialogue.count(NOW) == 17

    assert sum(dialogue.drop(NOW, 4)) == 17
    assert senders(tracker) == ["c00", "c05", "c10", "c15", "c20"]


def test_a_store_that_is_away_is_told_as_unavailable() -> None:
    with pytest.raises(Unavailable, match="tracker"):
        TrackerEvents(make_engine("postgresql://nobody@127.0.0.1:1/nothing")).of(["a"])
