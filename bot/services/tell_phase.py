"""Say in a sentence where the promotion stands today."""

from __future__ import annotations

from datetime import date

from bot.core.phases import Phase, phase_on
from bot.core.promotion import Promotion
from bot.core.wording import Wording


def tell_phase(promotion: Promotion, wording: Wording, today: date) -> str:
    """Whether purchases and claims are still possible; the safe last day is named wherever one is."""
    phase = phase_on(promotion, today)
    key = f"phase_{phase.value}"
    if phase is Phase.CLOSED and promotion.claims_until.is_disputed:
        key = "phase_closed_disputed"
    return wording.say(
        key,
        purchases_from=promotion.purchases_from.earliest,
        safe_last_day=promotion.claims_until.earliest,
        other_last_day=promotion.claims_until.latest,
    )
