"""Say whether a purchase qualifies, rule by rule, or ask for what is missing to say so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from bot.core.eligibility import Missing, judge
from bot.core.promotion import Promotion
from bot.core.purchase import Purchase
from bot.core.replies import Reply
from bot.core.wording import Wording
from bot.services.ask_for_purchase import ask_for, put_aside, still_to_ask
from bot.services.tell_verdict import tell_verdict


def judge_purchase(
    purchase: Purchase,
    *,
    promotion: Promotion,
    today: date,
    wording: Wording,
    again: bool = False,
    unasked: Collection[Missing] = (),
) -> list[Reply]:
    """The question that is next, or the verdict; ``again`` gives a verdict that was told before in its short form.

    What is ``unasked`` is not asked for: the verdict does without it, or the check is put aside.
    """
    verdict = judge(purchase, promotion, today, unasked)
    missing = still_to_ask(verdict, unasked)
    if missing:
        return [ask_for(missing, purchase, verdict, wording)]
    if verdict.missing:
        return [put_aside(judge(purchase, promotion, today), purchase, promotion, wording)]
    return [tell_verdict(verdict, promotion, wording, again=again)]
