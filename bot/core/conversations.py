"""A conversation between a customer and the desk, as it is kept and shown."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.replies import Reply

IDLE = timedelta(hours=1)
"""A conversation in which nothing was said for so long has ended, and its session with it."""
LONGEST = timedelta(hours=12)
"""No conversation goes on for longer."""
CUSTOMER, DESK = "Customer", "Assistant"
UNMISTAKABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that are not taken for one another when read out."""


def new_id() -> str:
    """An opaque id that cannot be guessed: 128 random bits."""
    return secrets.token_urlsafe(16)


def new_reference() -> str:
    """How a conversation is called towards the customer: ``C-7F3K-92QD``."""
    signs = "".join(secrets.choice(UNMISTAKABLE) for _ in range(8))
    return f"C-{signs[:4]}-{signs[4:]}"


@dataclass(frozen=True)
class Conversation:
    """One customer's conversation; ``id`` never leaves the server, ``reference`` may be shown and read out."""

    id: str
    reference: str
    promotion: str
    started_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True)
class OfferedButton:
    """A button under the opaque id by which the customer's browser knows it."""

    id: str
    label: str
    command: str


@dataclass(frozen=True)
class Message:
    """What one side said: the customer's words with personal data masked, or a reply of the desk."""

    id: str
    at: datetime
    text: str
    reply: Reply | None = None
    """None for a message of the customer."""
    buttons: tuple[OfferedButton, ...] = ()
    """The reply's buttons with their ids, in its order."""

    @property
    def speaker(self) -> str:
        return CUSTOMER if self.reply is None else DESK


@dataclass(frozen=True)
class TranscriptLine:
    """One message as it goes along with a ticket."""

    speaker: str
    text: str
