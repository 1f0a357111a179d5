"""Look a claim up and put what came of it into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.claims import Claim
from bot.core.intents import PAYMENT_TIMING
from bot.core.payment_timing import PaymentOutlook, payment_outlook
from bot.core.promotion import Promotion
from bot.core.replies import Reply
from bot.core.wording import Wording
from bot.services.find_claim import LookupResult, find_claim
from bot.services.ports import Claims, Clock, Lookups
from bot.services.tell_claim import tell_payment, tell_status, tell_without_claim


@dataclass(frozen=True)
class Told:
    """The reply, whether the look-up waits for something the customer is asked for, and what came of it."""

    reply: Reply
    is_open: bool
    result: LookupResult


def look_up_claim(
    conversation: str,
    topic: str,
    *,
    claims: Claims,
    lookups: Lookups,
    promotion: Promotion,
    wording: Wording,
    clock: Clock,
    turn: str | None = None,
) -> Told:
    """The claim's state, its payment if that is the topic, or what is needed to tell either. Raises ``Unavailable``."""
    outcome = find_claim(conversation, claims=claims, lookups=lookups, clock=clock, turn=turn)
    if outcome.claim is None:
        is_open = outcome.result is not LookupResult.TOO_MANY_ATTEMPTS
        return Told(tell_without_claim(outcome, wording, promotion.claim_reference), is_open, outcome.result)
    outlook = outlook_of(outcome.claim, promotion, clock.today())
    tell = tell_payment if topic == PAYMENT_TIMING else tell_status
    return Told(tell(outcome.claim, outlook, wording), False, outcome.result)


def outlook_of(claim: Claim, promotion: Promotion, today: date) -> PaymentOutlook:
    """What can be said of the claim's payment, by the promotion's days."""
    return payment_outlook(
        claim,
        today,
        promotion.payment_days.value,
        promotion.bank_days.value,
        promotion.contact_after_days.value,
    )
