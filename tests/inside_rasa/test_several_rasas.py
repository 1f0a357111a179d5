"""Two Rasa processes over one tracker store: a turn that comes again happens once, and who was held up keeps nothing."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import inspect

from bot.inside_rasa.repeated_turns import TURN
from bot.inside_rasa.tracker_store import DeskTrackerStore, Overtaken
from tests.databases import BACKENDS, empty_database

DOMAIN = Domain.from_dict({"slots": {"topic": {"type": "any", "mappings": [{"type": "custom"}]}}})


@pytest.fixture(params=BACKENDS)
def stores(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[DeskTrackerStore, DeskTrackerStore]]:
    with empty_database(request.param, tmp_path) as url:
        monkeypatch.setenv("PROMODESK_TRACKER_URL", url)
        made = DeskTrackerStore(domain=DOMAIN), DeskTrackerStore(domain=DOMAIN)
        yield made
        for store in made:
            store.engine.dispose()


@pytest.fixture(autouse=True)
def no_turn() -> Iterator[None]:
    before = TURN.set("")
    yield
    TURN.reset(before)


def test_all_can_start_at_once_on_an_empty_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with empty_database("postgresql", tmp_path) as url, ThreadPoolExecutor() as threads:
        monkeypatch.setenv("PROMODESK_TRACKER_URL", url)
        made = list(threads.map(lambda _: DeskTrackerStore(domain=DOMAIN), range(4)))
        for store in made:
            assert inspect(store.engine).has_table("events")
            store.engine.dispose()


async def take(store: DeskTrackerStore, turn: str, text: str, topic: str | None = None) -> None:
    """As Rasa takes a turn: read the conversation, add what was said and done, keep it."""
    await store.save(await under_way(store, turn, text, topic))


async def under_way(store: DeskTrackerStore, turn: str, text: str, topic: str | None = None) -> DialogueStateTracker:
    TURN.set(turn)
    tracker = await store.get_or_create_tracker("c1")
    tracker.update(UserUttered(text, message_id=turn))
    if topic:
        tracker.update(SlotSet("topic", topic))
    tracker.update(BotUttered(f"about {text}"))
    tracker.update(ActionExecuted("action_listen"))
    return tracker


async def kept(store: DeskTrackerStore) -> tuple[list[str | None], object]:
    TURN.set("")
    tracker = await store.get_or_create_tracker("c1")
    return [event.text for event in tracker.events if isinstance(event, UserUttered)], tracker.get_slot("topic")


async def test_a_conversation_goes_from_one_to_the_other(stores: tuple[DeskTrackerStore, DeskTrackerStore]) -> None:
    for number, text in enumerate(["one", "two", "three"]):
        await take(stores[number % 2], f"t{number}", text, topic=text)

    assert await kept(stores[1]) == (["one", "two", "three"], "three")


async def test_a_turn_that_comes_again_happens_once(stores: tuple[DeskTrackerStore, DeskTrackerStore]) -> None:
    one, other = stores
    await take(one, "t1", "one", topic="claim")
    await take(one, "t2", "two", topic="payment")
    TURN.set("t2")
    before = await other.get_or_create_tracker("c1")

    assert before.get_slot("topic") == "claim" and len(before.events) == 5
    await take(other, "t2", "two", topic="payment")

    assert await kept(one) == (["one", "two"], "payment")
    whole = await one.retrieve_full_tracker("c1")
    assert whole is not None and len(whole.events) == 9


async def test_a_first_turn_can_come_again_too(stores: tuple[DeskTrackerStore, DeskTrackerStore]) -> None:
    for store in stores:
        await take(store, "t1", "one")

    assert await kept(stores[0]) == (["one"], None)


async def test_messages_without_an_id_are_never_taken_for_each_other(
    stores: tuple[DeskTrackerStore, DeskTrackerStore],
) -> None:
    for store in stores:
        await take(store, "", "one")

    assert (await kept(stores[0]))[0] == ["one", "one"]


async def test_who_was_held_up_keeps_nothing(stores: tuple[DeskTrackerStore, DeskTrackerStore]) -> None:
    held_up, other = stores
    await take(other, "t0", "before")
    late = await under_way(held_up, "t1", "one", topic="late")
    await take(other, "t1", "one", topic="in time")

    with pytest.raises(Overtaken):
        await held_up.save(late)

    assert await kept(other) == (["before", "one"], "in time")


async def test_of_two_that_begin_a_conversation_the_first_one_counts(
    stores: tuple[DeskTrackerStore, DeskTrackerStore],
) -> None:
    late = await under_way(stores[0], "t1", "one")
    await take(stores[1], "t1", "one")

    with pytest.raises(Overtaken):
        await stores[0].save(late)
    assert (await kept(stores[1]))[0] == ["one"]
