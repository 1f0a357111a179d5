"""Looks the customer's claim up and tells its state or its payment."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import DeskAction, intent
from bot.core.intents import CLAIM_STATUS, CLAIM_TASKS
from bot.core.replies import Reply
from bot.core.turn_context import CLAIM
from bot.services.look_up_claim import Told, look_up_claim
from bot.services.ports import Unavailable
from bot.services.resume_lookup import ask_for_another_claim


class ActionLookUpClaim(DeskAction):
    """For a question about a claim, and for each detail that is given for it."""

    def name(self) -> str:
        return "action_look_up_claim"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        topic = intent(tracker) if intent(tracker) in CLAIM_TASKS else tracker.get_slot("topic") or CLAIM_STATUS
        told = self._counted(tracker.sender_id, topic, tracker.latest_message.get("message_id"))
        return [told.reply], [SlotSet("topic", topic), SlotSet("open_task", CLAIM if told.is_open else None)]

    def _counted(self, conversation: str, topic: str, turn: str | None) -> Told:
        desk = self.desk
        try:
            told = look_up_claim(
                conversation,
                topic,
                claims=desk.claims,
                lookups=desk.lookups,
                promotion=desk.promotion,
                wording=desk.wording,
                clock=desk.clock,
                turn=turn,
            )
        except Unavailable:
            desk.count_lookup(None)
            raise
        desk.count_lookup(told.result)
        return told


class ActionLookUpAnotherClaim(DeskAction):
    """For a customer with a second claim: its reference is asked for, the address is kept."""

    def name(self) -> str:
        return "action_look_up_another_claim"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        desk = self.desk
        reply = ask_for_another_claim(tracker.sender_id, desk.lookups, desk.promotion, desk.wording)
        return [reply], [SlotSet("open_task", CLAIM)]
