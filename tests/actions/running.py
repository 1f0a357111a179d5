"""Runs one action as the action server would, over a desk of fakes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import DeskAction
from bot.adapters.replies_file import read_wording
from bot.bootstrap import LookupDesk
from bot.core.purchase import TOLD, Purchase
from bot.core.replies import Reply
from bot.core.wording import Wording
from bot.services.find_claim import LookupResult
from tests.fakes import FakeClaims, FakeClock, FakeLookups, FakeProducts
from tests.promotions import lenovo_like

WORDING: Wording = read_wording(Path(__file__).parents[2] / "faq" / "replies")
CONVERSATION = "conversation-1"


@dataclass
class Fakes:
    """What the actions work with, at hand to be filled and broken."""

    claims: FakeClaims = field(default_factory=FakeClaims)
    products: FakeProducts = field(default_factory=FakeProducts)
    lookups: FakeLookups = field(default_factory=FakeLookups)
    clock: FakeClock = field(
        default_factory=lambda: FakeClock(datetime(2023, 11, 15, 12, 0, tzinfo=ZoneInfo("Europe/Copenhagen")))
    )

    counted: list[LookupResult | None] = field(default_factory=list)
    """What came of each look-up."""

    def desk(self) -> LookupDesk:
        return LookupDesk(
            self.claims, self.products, self.lookups, lenovo_like(), WORDING, self.clock, self.counted.append
        )


def tracker(
    intent: str = "nlu_fallback",
    *,
    entities: Mapping[str, Any] | None = None,
    told: Purchase | None = None,
    before: Sequence[str] = (),
    **slots: Any,
) -> Tracker:
    """A conversation with these slots whose latest message has this intent and entities, and tells this of a purchase.

    ``before``: what went before it, as ``intent action``.
    """
    found = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
    filled = {"open_task": None, "topic": None, "purchase": None, **slots}
    latest = {
        "intent": {"name": intent, "confidence": 1.0},
        "entities": found,
        "text": "…",
        TOLD: told.as_dict() if told else {},
    }
    events = [event for turn in before for event in _turn(*turn.split())]
    return Tracker(CONVERSATION, filled, latest, events, False, None, {}, None)


def _turn(intent: str, action: str) -> list[dict[str, Any]]:
    listening = {"event": "action", "name": "action_listen"}
    said = {"event": "user", "parse_data": {"intent": {"name": intent}}}
    return [listening, said, {"event": "action", "name": "utter_answers"}, {"event": "action", "name": action}]


@dataclass(frozen=True)
class Outcome:
    """What an action said, and the slots it set."""

    replies: list[Reply]
    slots: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.replies)

    @property
    def purchase(self) -> Purchase:
        return Purchase.from_dict(self.slots["purchase"])


def run(action: DeskAction, conversation: Tracker) -> Outcome:
    dispatcher = CollectingDispatcher()
    events: Iterable[Any] = asyncio.run(action.run(dispatcher, conversation, {}))
    (message,) = dispatcher.messages
    assert not message["text"], "every sentence travels as a reply"
    replies = [Reply.from_dict(reply) for reply in message["custom"]["replies"]]
    return Outcome(replies, {event["name"]: event["value"] for event in events if event["event"] == "slot"})
