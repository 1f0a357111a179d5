"""Checks whether a purchase qualifies, with everything told about it so far."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import DeskAction, entity
from bot.bootstrap import LookupDesk
from bot.core.purchase import TOLD, Purchase
from bot.core.replies import Reply, ReplyKind
from bot.core.turns import PURCHASE
from bot.services.judge_purchase import judge_purchase


class ActionJudgePurchase(DeskAction):
    """For a question about a purchase, and for each detail that is given for it."""

    def name(self) -> str:
        return "action_judge_purchase"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        return check_purchase(self.desk, tracker, told_now(tracker))


def check_purchase(desk: LookupDesk, tracker: Tracker, told: Purchase) -> tuple[list[Reply], list[EventType]]:
    """The verdict, or the next question, for what was known and what is told now."""
    known = Purchase.from_dict(tracker.get_slot("purchase") or {})
    purchase = known.merge(told)
    replies = judge_purchase(
        purchase,
        promotion=desk.promotion,
        today=desk.clock.today(),
        wording=desk.wording,
        again=purchase == known != Purchase() and tracker.get_slot("open_task") is None,
    )
    is_open = any(reply.kind is not ReplyKind.LOOKUP for reply in replies)
    return replies, [SlotSet("purchase", purchase.as_dict()), SlotSet("open_task", PURCHASE if is_open else None)]


def told_now(tracker: Tracker) -> Purchase:
    """What the current message, or the pressed button, tells of the purchase."""
    pressed_product, pressed_date = entity(tracker, "product"), entity(tracker, "date")
    if pressed_product is not None:
        return Purchase(product=pressed_product or None, listed=bool(pressed_product))
    if pressed_date is not None:
        return Purchase(bought_on=date.fromisoformat(pressed_date))
    return Purchase.from_dict(tracker.latest_message.get(TOLD) or {})
