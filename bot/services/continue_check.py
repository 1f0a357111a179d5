"""Go on with a check of a purchase by what is told now: corrections keep the rest, and nothing is asked for ever."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.core.eligibility import SPARED, Missing, judge
from bot.core.promotion import Promotion
from bot.core.purchase import Purchase
from bot.core.purchase_check import PurchaseCheck
from bot.core.replies import Reply, ReplyKind
from bot.core.wording import Wording
from bot.services.ask_for_purchase import still_to_ask
from bot.services.judge_purchase import judge_purchase


@dataclass(frozen=True)
class Checked:
    """What a check says now, and what is to be remembered of it."""

    replies: list[Reply]
    check: PurchaseCheck
    is_open: bool
    """Something was asked."""


def continue_check(
    check: PurchaseCheck, told: Purchase, *, promotion: Promotion, today: date, wording: Wording, is_open: bool
) -> Checked:
    """The verdict, or the next question; ``is_open``: an answer was waited for.

    A verdict that was told is given anew after a correction, even if the first one came before anybody had to know which
    product it is: the question for that follows it. What was asked for in vain is not asked for again; who answers a part of
    a question has not been asked for the rest in vain.
    """
    known, told = check.purchase, _as_asked(told, check)
    purchase = known.merge(told)
    unasked = _not_to_be_asked(check, told, still_to_ask(judge(known, promotion, today), ()))
    before, missing = (still_to_ask(judge(one, promotion, today, unasked), unasked) for one in (known, purchase))
    judged = partial(
        judge_purchase,
        purchase,
        promotion=promotion,
        today=today,
        wording=wording,
        again=not is_open and purchase == known != Purchase(),
    )
    replies = judged(unasked=unasked)
    is_correction = check.was_judged and purchase != known and not told.tells_product and not told.kinds
    if missing and is_correction and not judge(purchase, promotion, today, SPARED).missing:
        replies = [*judged(unasked=SPARED), *replies]
    was_judged = check.was_judged or any(reply.kind is ReplyKind.LOOKUP for reply in replies)
    if not judge(purchase, promotion, today).missing:
        check = PurchaseCheck()  # settled: what is asked for after this is asked for the first time
    elif not is_open or not set(missing) < set(before):
        check = check.after_asking_for(missing)
    return Checked(replies, replace(check, purchase=purchase, was_judged=was_judged), bool(missing))


def _not_to_be_asked(check: PurchaseCheck, told: Purchase, asked: Collection[Missing]) -> frozenset[Missing]:
    """What was asked for in vain; everything, if what is being asked for was, and again nothing is told."""
    is_hopeless = told == Purchase() and not check.in_vain.isdisjoint(asked)
    return frozenset(Missing) if is_hopeless else check.in_vain


def _as_asked(told: Purchase, check: PurchaseCheck) -> Purchase:
    """ "A webcam", said when the product was asked for, is one of the listed webcams; "the wireless one" the one offered
    that comes near.
    """
    chosen = set(told.close).intersection(check.purchase.close)
    if not told.product and len(chosen) == 1 and len(check.purchase.close) > 1:
        return replace(told, product=chosen.pop(), listed=True, close=())
    if told.kinds and not told.tells_product and check.was_asked_for(Missing.PRODUCT) and not check.purchase.product:
        return replace(told, listed=False, close=told.kinds)
    return told
