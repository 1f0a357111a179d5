"""What a yes or a no means: it answers the last thing that was offered."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import DeskAction
from actions.judge_purchase import go_on_with_check
from actions.resume import ActionResume
from bot.core.purchase import Purchase
from bot.core.replies import Reply
from bot.core.turn_context import PURCHASE
from bot.services.hold_dialogue import say


class ActionConfirm(DeskAction):
    """Yes: to the one product that was offered; else what was asked is asked again."""

    def name(self) -> str:
        return "action_confirm"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        if tracker.get_slot("open_task") == PURCHASE:
            offered = Purchase.from_dict(tracker.get_slot("purchase") or {}).close
            told = Purchase(product=offered[0], listed=True) if len(offered) == 1 else Purchase()
            return go_on_with_check(self.desk, tracker, told)
        if tracker.get_slot("open_task"):
            return ActionResume(self.desk).act(tracker)
        return [say("affirmed", self.desk.wording)], []


class ActionDeny(DeskAction):
    """No: to the products that were offered, to the suggestions, or to going on with a look-up."""

    def name(self) -> str:
        return "action_deny"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        purchase = Purchase.from_dict(tracker.get_slot("purchase") or {})
        if tracker.get_slot("open_task") == PURCHASE and purchase.close:
            return go_on_with_check(self.desk, tracker, Purchase(listed=False))
        return [say("denied", self.desk.wording)], [SlotSet("open_task", None)]
