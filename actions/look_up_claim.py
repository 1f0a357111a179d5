"""Looks the customer's claim up and tells its state or its payment."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import DeskAction, intent
from bot.core.intents import CLAIM_STATUS, CLAIM_TASKS
from bot.core.replies import Reply
from bot.services.look_up_claim import look_up_claim


class ActionLookUpClaim(DeskAction):
    """For a question about a claim, and for each detail that is given for it."""

    def name(self) -> str:
        return "action_look_up_claim"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        topic = intent(tracker) if intent(tracker) in CLAIM_TASKS else tracker.get_slot("topic") or CLAIM_STATUS
        told = look_up_claim(
            tracker.sender_id,
            topic,
            claims=self.desk.claims,
            lookups=self.desk.lookups,
            promotion=self.desk.promotion,
            wording=self.desk.wording,
            clock=self.desk.clock,
        )
        return [told.reply], [SlotSet("topic", topic), SlotSet("open_task", "claim" if told.is_open else None)]
