"""Leads back to what was being asked before another question came in between."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.base import DeskAction, intent
from bot.core.intents import FAQ
from bot.core.purchase import Purchase
from bot.core.replies import Reply
from bot.core.turns import CLAIM
from bot.services.judge_purchase import judge_purchase
from bot.services.resume_lookup import resume_lookup


class ActionResume(DeskAction):
    """Asks again for what is still missing; never looks anything up."""

    def name(self) -> str:
        return "action_resume"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        if tracker.get_slot("open_task") == CLAIM:
            reply = resume_lookup(
                tracker.sender_id,
                self.desk.lookups,
                self.desk.promotion,
                self.desk.wording,
                after_answer=intent(tracker) == FAQ,
            )
            return [reply], []
        purchase = Purchase.from_dict(tracker.get_slot("purchase") or {})
        replies = judge_purchase(
            purchase, promotion=self.desk.promotion, today=self.desk.clock.today(), wording=self.desk.wording
        )
        return replies, []
