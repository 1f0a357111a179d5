"""Where the promotion stands on a day, with the days on which its own page disagrees about that."""

from __future__ import annotations

from datetime import date
from enum import Enum

from bot.core.promotion import Promotion


class Phase(str, Enum):
    """The promotion's phases in their order."""

    BEFORE = "before"
    OPEN = "open"
    CLAIMS_ONLY = "claims_only"
    DISPUTED = "disputed"
    """Over for claims by one reading of the page, not yet by another."""
    CLOSED = "closed"


def phase_on(promotion: Promotion, day: date) -> Phase:
    """The phase on a day: a purchase counts as possible as long as any reading allows it."""
    if day < promotion.purchases_from.earliest:
        return Phase.BEFORE
    if day > promotion.claims_until.latest:
        return Phase.CLOSED
    if day > promotion.claims_until.earliest:
        return Phase.DISPUTED
    if day > promotion.purchases_until.latest:
        return Phase.CLAIMS_ONLY
    return Phase.OPEN
