"""Drops what was begun, or starts afresh."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import DeskAction
from bot.core.replies import Reply
from bot.services.hold_dialogue import say


class ActionCancel(DeskAction):
    """The customer drops the look-up or the check that is open; what was given for it is forgotten."""

    def name(self) -> str:
        return "action_cancel"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        self.desk.lookups.forget(tracker.sender_id)
        events = [SlotSet("open_task", None), SlotSet("topic", None), SlotSet("purchase", None)]
        return [say("cancelled", self.desk.wording)], events


class ActionStartAfresh(ActionCancel):
    """The customer wants to begin again."""

    def name(self) -> str:
        return "action_start_afresh"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        _, events = super().act(tracker)
        return [say("restarted", self.desk.wording)], events
