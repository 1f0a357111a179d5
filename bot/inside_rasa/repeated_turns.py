"""Which turn of a customer is being taken, so that one that comes again, because its answer was lost, happens only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from rasa.shared.core.events import UserUttered

TURN: ContextVar[str] = ContextVar("turn", default="")
"""The id of the turn that the current task takes; the channel knows it, and the tracker store has no other way to."""


def begin_of_repeated_turn(events: Sequence[Mapping[str, Any]]) -> int | None:
    """Where in a conversation the current turn was taken before, if it was the last one; everything from there on is of it."""
    for position in range(len(events) - 1, -1, -1):
        if events[position]["event"] == UserUttered.type_name:
            turn = TURN.get()
            return position if turn and events[position].get("message_id") == turn else None
    return None
