"""Keep what a customer gives for a look-up, and drop a proof that no longer covers it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.email_addresses import comparable_email
from bot.core.lengths import LONGEST_EMAIL
from bot.services.ports import LookupDetails, Lookups


def keep_details(
    conversation: str, given_reference: str | None, given_email: str | None, lookups: Lookups
) -> LookupDetails:
    """Merge newly given details (the reference in its official spelling) with those the conversation gave before.

    Another reference or another address ends the proof for the old pair; whatever was not given anew stays and is
    tried with the new one. Raises ``Unavailable``.
    """
    before = lookups.details(conversation)
    after = before
    if given_reference and given_reference != before.reference:
        after = replace(after, reference=given_reference, verified_reference=None)
    email = _storable(given_email or "")
    if email and comparable_email(email) != comparable_email(before.email or ""):
        after = replace(after, email=email, verified_reference=None)
    if after != before:
        lookups.keep(conversation, after)
    return after


def _storable(email: str) -> str:
    """No control characters, no endless text: neither belongs to an address, and databases refuse them."""
    return "".join(character for character in email if character.isprintable()).strip()[:LONGEST_EMAIL]
