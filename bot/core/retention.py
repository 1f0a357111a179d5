"""How long what the desk knows of people is kept: one table, which the notice in the chat and the clean-up both go by."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType


class Kept(str, Enum):
    """A kind of data, as the desk keeps it."""

    CONVERSATIONS = "conversations"
    """Messages with personal data hidden, the replies to them and what customers thought of these, in the desk and in Rasa."""
    LOOKUP_DETAILS = "lookup_details"
    """The reference and the address given for a look-up."""
    LOOKUP_ATTEMPTS = "lookup_attempts"
    """That somebody tried to look a claim up, and whether it worked."""
    TICKETS = "tickets"
    """What was sent with the contact form, and what became of it."""
    FILES = "files"
    """What was attached to a ticket."""
    UNSENT_FILES = "unsent_files"
    """What was attached to a form that was never sent."""
    MAILS = "mails"
    """Mails that were delivered or given up."""
    AUDIT = "audit"
    """Which agent has seen or changed what."""


KEPT_DAYS = MappingProxyType(
    {
        Kept.CONVERSATIONS: 90,
        Kept.LOOKUP_DETAILS: 1,
        Kept.LOOKUP_ATTEMPTS: 30,
        Kept.TICKETS: 730,
        Kept.FILES: 730,
        Kept.UNSENT_FILES: 1,
        Kept.MAILS: 90,
        Kept.AUDIT: 730,
    }
)
"""Days, counted from the last change. Why just so many:

* conversations, 90: a payment takes up to 50 days from validation, and who comes back about it refers to what was said;
  answers that were wrong are found within a quarter, or not at all;
* look-up details, 1: a conversation lasts half a day at most, and nothing needs them after it;
* look-up attempts, 30: guessing is stopped within a quarter of an hour, and a slow guesser is looked into within a month;
* tickets and their files, 730: a refused or missing payment is argued about long after the promotion, and the file is the proof
  in it; two years cover the promotion, its payments and complaints about them;
* unsent files, 1: nobody comes back to a form after a day;
* mails, 90: a mail repeats its ticket, and is of use only for finding out why it did not arrive;
* audit, 730: as long as the tickets it tells of; who has seen a claim can be asked as long as the claim can be argued about.
"""


def kept_since(kind: Kept, now: datetime) -> datetime:
    """What is older than this moment is to go."""
    return now - timedelta(days=KEPT_DAYS[kind])
