"""Find the claim a conversation asks for, and tell it only to whom it belongs."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from functools import partial

from bot.core.claims import Claim
from bot.core.email_addresses import comparable_email
from bot.services.ports import Claims, Clock, LookupDetails, Lookups

FAILURES_ALLOWED = 5
"""Failed attempts after which no further one is made, for each of the three counts."""
CONVERSATION_WINDOW = timedelta(minutes=15)
CLAIM_WINDOW = timedelta(hours=1)
"""How long failures count against a reference and an address, whether or not they exist."""
SHORTEST_SECONDS = 0.05
"""Every attempt takes at least this long, so that its time tells nothing."""


class LookupResult(str, Enum):
    """What came of a look-up."""

    NEED_REFERENCE = "need_reference"
    NEED_EMAIL = "need_email"
    NEED_BOTH = "need_both"
    FOUND = "found"
    NOT_FOUND = "not_found"
    """Unknown reference, other address, other promotion: deliberately one and the same."""
    TOO_MANY_ATTEMPTS = "too_many_attempts"


@dataclass(frozen=True)
class LookupOutcome:
    """The result, with the claim if, and only if, it was found."""

    result: LookupResult
    claim: Claim | None = None


def find_claim(
    conversation: str,
    *,
    claims: Claims,
    lookups: Lookups,
    clock: Clock,
    turn: str | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> LookupOutcome:
    """Look up the claim for the details this conversation has given; the proof is kept with them. Raises ``Unavailable``.

    ``turn``: the id of the customer's message; done for it once more, the outcome is the same, and nothing is counted.
    """
    details = lookups.details(conversation)
    if not details.reference or not details.email:
        return LookupOutcome(_missing(details))
    began = time.monotonic()
    try:
        return _attempt(conversation, turn, details, details.reference, details.email, claims, lookups, clock)
    finally:
        wait(max(0.0, SHORTEST_SECONDS - (time.monotonic() - began)))


def _missing(details: LookupDetails) -> LookupResult:
    if details.reference:
        return LookupResult.NEED_EMAIL
    return LookupResult.NEED_REFERENCE if details.email else LookupResult.NEED_BOTH


def _attempt(
    conversation: str,
    turn: str | None,
    details: LookupDetails,
    reference: str,
    email: str,
    claims: Claims,
    lookups: Lookups,
    clock: Clock,
) -> LookupOutcome:
    """The same steps for every failure: count, read, compare, record."""
    comparable = comparable_email(email)
    was_verified = details.verified_reference == reference
    locked = _is_locked(conversation, turn, reference, comparable, lookups, clock)
    claim = claims.find(reference)
    matches = _same_address(comparable, claim) and claim is not None
    if locked and not was_verified:
        # Not recorded: the lock opens by itself, however often it is tried meanwhile.
        return LookupOutcome(LookupResult.TOO_MANY_ATTEMPTS)
    if not (matches and was_verified):
        lookups.record_attempt(
            conversation, reference=reference, email=comparable, succeeded=matches, at=clock.now(), turn=turn
        )
    proved = replace(details, verified_reference=reference if matches else None)
    if proved != details:
        lookups.keep(conversation, proved)
    return LookupOutcome(LookupResult.FOUND, claim) if matches else LookupOutcome(LookupResult.NOT_FOUND)


def _is_locked(conversation: str, turn: str | None, reference: str, email: str, lookups: Lookups, clock: Clock) -> bool:
    now = clock.now()
    count = partial(lookups.failures_since, conversation=conversation, reference=reference, email=email, turn=turn)
    lately, past_hour = count(now - CONVERSATION_WINDOW), count(now - CLAIM_WINDOW)
    return max(lately.conversation, past_hour.reference, past_hour.email) >= FAILURES_ALLOWED


def _same_address(comparable: str, claim: Claim | None) -> bool:
    """Compare in a time that does not depend on where two addresses differ, also where there is nothing to compare."""
    on_record = comparable_email(claim.email if claim else "nobody@nowhere.invalid")
    return hmac.compare_digest(comparable.encode(), on_record.encode())
