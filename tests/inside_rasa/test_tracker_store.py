"""What Rasa keeps of a conversation, and what it does not."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import inspect

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.tracker_events import TrackerEvents
from bot.adapters.sql.tracker_events import events as known
from bot.core.intents import CLAIM_STATUS
from bot.core.replies import Reply, ReplyKind
from bot.inside_rasa.conversation_state import has_been_handed_over
from bot.inside_rasa.tracker_store import DeskTrackerStore
from tests.inside_rasa.trackers import asked, said


async def test_what_a_claim_reply_told_is_not_kept(store: DeskTrackerStore, file: Path) -> None:
    told = Reply(ReplyKind.LOOKUP, "Your claim LEN-615204 was paid.", faq_id=None)
    await store.save(tracker(asked(CLAIM_STATUS), said(told)))

    with sqlite3.connect(file) as connection:
        rows = str(connection.execute("SELECT * FROM events").fetchall())
    assert '"kind": "lookup"' in rows
    assert "615204" not in rows


async def test_a_conversation_goes_on_from_what_is_kept(store: DeskTrackerStore) -> None:
    await store.save(tracker(asked("faq"), said(Reply(ReplyKind.HANDOFF, "The form is here."))))

    kept = await store.retrieve("here")

    assert kept is not None
    assert has_been_handed_over(kept)
    assert [event.type_name for event in kept.events] == ["user", "bot"]


async def test_nothing_is_kept_twice_however_often_a_turn_is_saved(store: DeskTrackerStore, file: Path) -> None:
    await store.save(tracker(asked("faq")))
    kept = await store.retrieve("here")
    assert kept is not None

    for _ in range(2):
        kept.update(said(Reply(ReplyKind.NOTICE, "You are welcome!")))
        await store.save(kept)
    await store.save(kept)

    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT type_name FROM events ORDER BY id").fetchall() == [
            ("user",),
            ("bot",),
            ("bot",),
        ]


async def test_the_desk_reads_ages_and_removes_what_rasa_keeps_without_rasa(
    store: DeskTrackerStore, file: Path
) -> None:
    await store.save(tracker(asked("faq")))
    engine = make_engine(f"sqlite:///{file}")
    dialogue = TrackerEvents(engine)
    now = datetime.now(timezone.utc)

    assert {column["name"] for column in inspect(engine).get_columns("events")} == set(known.columns.keys())
    (event,) = dialogue.of(["here"])
    assert event["type_name"] == "user" and event["data"]["event"] == "user"  # type: ignore[index]
    assert dialogue.count(now - timedelta(minutes=1)) == 0 and dialogue.count(now + timedelta(minutes=1)) == 1

    dialogue.remove(["here"])

    assert await store.retrieve("here") is None
    engine.dispose()


def tracker(*events: object) -> DialogueStateTracker:
    new = DialogueStateTracker("here", [])
    for event in events:
        new.update(event)
    return new


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "tracker.db"


@pytest.fixture
def store(file: Path, monkeypatch: pytest.MonkeyPatch) -> DeskTrackerStore:
    monkeypatch.setenv("PROMODESK_TRACKER_URL", f"sqlite:///{file}")
    return DeskTrackerStore(domain=Domain.empty())
