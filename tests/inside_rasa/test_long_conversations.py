"""A conversation of any length is read back in bounded time, with every slot as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.inside_rasa.kept_events import REMEMBERED
from bot.inside_rasa.tracker_store import DeskTrackerStore

DOMAIN = Domain.from_dict(
    {"slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in ("early", "late")}}
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskTrackerStore:
    monkeypatch.setenv("PROMODESK_TRACKER_URL", f"sqlite:///{tmp_path / 'tracker.db'}")
    return DeskTrackerStore(domain=DOMAIN)


async def talk(store: DeskTrackerStore, turns: int) -> DialogueStateTracker:
    """As Rasa does it: read the conversation, add the turn, save."""
    for turn in range(turns):
        tracker = await store.get_or_create_tracker("talker")
        tracker.update(UserUttered(f"message {turn}"))
        if turn == 0:
            tracker.update(SlotSet("early", "kept"))
        tracker.update(SlotSet("late", turn))
        tracker.update(BotUttered(f"reply {turn}"))
        tracker.update(ActionExecuted("action_listen"))
        await store.save(tracker)
    return await store.get_or_create_tracker("talker")


async def test_a_long_conversation_is_read_back_by_its_last_turns(store: DeskTrackerStore) -> None:
    tracker = await talk(store, 3 * REMEMBERED)
    said = [event.text for event in tracker.events if isinstance(event, UserUttered)]
    assert said == [f"message {turn}" for turn in range(2 * REMEMBERED, 3 * REMEMBERED)]


async def test_a_slot_set_long_ago_keeps_its_value(store: DeskTrackerStore) -> None:
    tracker = await talk(store, 3 * REMEMBERED)
    assert tracker.get_slot("early") == "kept"
    assert tracker.get_slot("late") == 3 * REMEMBERED - 1


async def test_nothing_of_a_long_conversation_is_lost_or_kept_twice(store: DeskTrackerStore) -> None:
    turns = 2 * REMEMBERED + 5
    await talk(store, turns)
    whole = await store.retrieve_full_tracker("talker")
    assert whole is not None
    said = [event.text for event in whole.events if isinstance(event, UserUttered)]
    assert said == [f"message {turn}" for turn in range(turns)]
    assert sum(isinstance(event, BotUttered) for event in whole.events) == turns


async def test_a_short_conversation_is_read_back_whole(store: DeskTrackerStore) -> None:
    tracker = await talk(store, REMEMBERED - 1)
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == REMEMBERED - 1
