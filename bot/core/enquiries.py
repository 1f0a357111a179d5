"""An enquiry: what a customer sends to customer service with the contact form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.core.conversations import TranscriptLine


@dataclass(frozen=True)
class Enquiry:
    """A complete enquiry, with the conversation that led to it."""

    promotion: str
    conversation: str
    name: str
    email: str
    message: str
    at: datetime
    company: str = ""
    claim_reference: str = ""
    transcript: tuple[TranscriptLine, ...] = ()


def ticket_reference(year: int, number: int) -> str:
    """How a ticket is called towards the customer: ``T-2023-000123``."""
    return f"T-{year}-{number:06d}"
