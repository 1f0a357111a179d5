"""Rasa's record of a conversation, written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.core.replies import Reply, ReplyKind
from bot.core.turns import Turn


def asked(intent: str, turn: Turn | None = None, entities: Sequence[dict[str, Any]] = ()) -> UserUttered:
    """The customer's message as the understanding left it; without a turn it is a pressed button."""
    parse_data: dict[str, Any] = {"intent": {"name": intent}, "entities": list(entities), "text": "…"}
    if turn is not None:
        parse_data["turn"] = turn.as_dict()
    return UserUttered("…", parse_data["intent"], list(entities), parse_data)


def said(*replies: Reply) -> BotUttered:
    return BotUttered(None, {"custom": {"replies": [reply.as_dict() for reply in replies]}})


def reply(kind: ReplyKind = ReplyKind.NOTICE, faq_id: str | None = None) -> Reply:
    return Reply(kind, "…", faq_id=faq_id)


def conversation(*events: Event, **slots: Any) -> DialogueStateTracker:
    tracker = DialogueStateTracker(
        "here", [AnySlot(name, mappings=[{}]) for name in ("open_task", "topic", "purchase")]
    )
    for event in (*(SlotSet(name, value) for name, value in slots.items()), *events):
        tracker.update(event)
    return tracker
