"""Checks whether a purchase qualifies, with everything told about it so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import DeskAction, entity, intent
from bot.bootstrap import LookupDesk
from bot.core.intents import PRODUCT_ELIGIBILITY
from bot.core.purchase import TOLD, Purchase
from bot.core.purchase_check import PurchaseCheck
from bot.core.replies import Reply
from bot.core.turn_context import PURCHASE
from bot.services.continue_check import continue_check


class ActionJudgePurchase(DeskAction):
    """For a question about a purchase, and for each detail that is given for it."""

    def name(self) -> str:
        return "action_judge_purchase"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        return go_on_with_check(self.desk, tracker, told_now(tracker))


def go_on_with_check(desk: LookupDesk, tracker: Tracker, told: Purchase) -> tuple[list[Reply], list[EventType]]:
    """The verdict, or the next question, for what was known and what is told now."""
    check = PurchaseCheck.from_dict(tracker.get_slot("purchase"))
    is_open = tracker.get_slot("open_task") is not None
    if intent(tracker) == PRODUCT_ELIGIBILITY and not is_open:
        check = replace(check, asked={})  # whoever asks for a check anew may be asked anew
    checked = continue_check(
        check,
        told,
        promotion=desk.promotion,
        today=desk.clock.today(),
        wording=desk.wording,
        is_open=is_open,
    )
    open_task = PURCHASE if checked.is_open else None
    return checked.replies, [SlotSet("purchase", checked.check.as_dict()), SlotSet("open_task", open_task)]


def told_now(tracker: Tracker) -> Purchase:
    """What the current message, or the pressed button, tells of the purchase."""
    pressed_product, pressed_date = entity(tracker, "product"), entity(tracker, "date")
    if pressed_product is not None:
        return Purchase(product=pressed_product or None, listed=bool(pressed_product))
    if pressed_date is not None:
        return Purchase(bought_on=date.fromisoformat(pressed_date))
    return Purchase.from_dict(tracker.latest_message.get(TOLD) or {})
