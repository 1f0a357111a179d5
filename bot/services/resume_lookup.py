"""Come back to a look-up that was interrupted: ask for what it still needs, or put it aside."""

from __future__ import annotations

from dataclasses import replace

from bot.core.promotion import Promotion
from bot.core.replies import Reply
from bot.core.wording import Wording
from bot.services.find_claim import LookupOutcome, LookupResult
from bot.services.hold_dialogue import say
from bot.services.ports import Lookups
from bot.services.tell_claim import tell_without_claim


def resume_lookup(
    conversation: str, lookups: Lookups, promotion: Promotion, wording: Wording, *, after_answer: bool = False
) -> Reply:
    """What is missing, or, if both details are there and did not match, how to go on. Raises ``Unavailable``.

    ``after_answer``: a question in between was answered, so that a failed look-up is only called to mind.
    """
    details = lookups.details(conversation)
    if details.reference and details.email and after_answer:
        return say("claim_still_open", wording)
    if details.reference and details.email:
        result = LookupResult.NOT_FOUND
    elif details.reference:
        result = LookupResult.NEED_EMAIL
    elif details.email:
        result = LookupResult.NEED_REFERENCE
    else:
        result = LookupResult.NEED_BOTH
    return tell_without_claim(LookupOutcome(result), wording, promotion.claim_reference)


def put_lookup_aside(conversation: str, lookups: Lookups, wording: Wording) -> Reply:
    """How to go on later, once asking again has not helped. Raises ``Unavailable``."""
    details = lookups.details(conversation)
    return say("claim_still_open" if details.reference and details.email else "claim_put_aside", wording)


def ask_for_another_claim(conversation: str, lookups: Lookups, promotion: Promotion, wording: Wording) -> Reply:
    """Put the claim looked up so far aside and ask for the other one's reference. Raises ``Unavailable``."""
    details = lookups.details(conversation)
    lookups.keep(conversation, replace(details, reference=None, verified_reference=None))
    return resume_lookup(conversation, lookups, promotion, wording)
