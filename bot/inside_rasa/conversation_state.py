"""Reads from Rasa's tracker what the conversation is about."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.bootstrap_content import Content
from bot.core.intents import NOT_UNDERSTOOD, OUT_OF_SCOPE
from bot.core.replies import ReplyKind
from bot.core.turn_context import Context

REPLIES = "replies"
"""The key of a reply's ``custom`` part under which the desk's replies travel through Rasa."""
_MISSED = (NOT_UNDERSTOOD, OUT_OF_SCOPE)


def context_of(tracker: DialogueStateTracker | None) -> Context:
    """What is open in this conversation; nothing without one."""
    if tracker is None:
        return Context()
    return Context(
        open_task=tracker.get_slot("open_task"),
        has_claim=bool(tracker.get_slot("topic")),
        has_purchase=bool(tracker.get_slot("purchase")),
        offered=_last_kind(tracker) == ReplyKind.SUGGESTIONS.value,
    )


def topic_of(tracker: DialogueStateTracker | None, content: Content) -> str | None:
    """What a short follow-up leans on, as a question of the page: the last one answered, or the one a look-up is about."""
    if tracker is None:
        return None
    for event in reversed(tracker.events):
        for reply in reversed(replies_of(event)):
            if reply.get("faq_id") in content.faq:
                return content.faq[reply["faq_id"]].question
            if reply.get("kind") == ReplyKind.LOOKUP.value and not tracker.get_slot("purchase"):
                return content.faq[content.promotion.payment_days.entries[0]].question
    return None


def misses_in_a_row(tracker: DialogueStateTracker) -> int:
    """How many of the customer's last messages were not understood, the current one included."""
    count = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if event.intent_name not in _MISSED:
                return count
            count += 1
    return count


def has_been_handed_over(tracker: DialogueStateTracker) -> bool:
    """Whether the contact form was offered as the way to a person before."""
    return any(reply.get("kind") == ReplyKind.HANDOFF.value for event in tracker.events for reply in replies_of(event))


def _last_kind(tracker: DialogueStateTracker) -> str | None:
    for event in reversed(tracker.events):
        replies = replies_of(event)
        if replies:
            kind: str = replies[-1]["kind"]
            return kind
    return None


def replies_of(event: Event) -> list[dict[str, Any]]:
    """The desk's replies in an event of Rasa's; none in most."""
    if not isinstance(event, BotUttered):
        return []
    replies: list[dict[str, Any]] = ((event.data or {}).get("custom") or {}).get(REPLIES, [])
    return replies
