"""Invented activity for demonstrations: what customers might write, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.conversations import Conversation, Message
from bot.core.intents import OUT_OF_SCOPE
from bot.core.tickets import TicketState


@dataclass(frozen=True)
class SampleMessage:
    """A message somebody might write, with what it wants: entries of the FAQ, or one intent."""

    text: str
    expects: tuple[str, ...]
    offers: tuple[str, ...] = ()
    """What is offered for choice where the desk is unsure."""
    often: int = 1
    """How many times as often as others it is written."""
    language: str = "en"

    @property
    def has_answer(self) -> bool:
        return self.expects != (OUT_OF_SCOPE,)


@dataclass(frozen=True)
class SampleTicket:
    """What somebody might write in the contact form; ``about`` is ``claim``, ``other`` or the title of a section."""

    about: str
    name: str
    company: str
    message: str
    becomes: TicketState


@dataclass(frozen=True)
class SampleContent:
    """Everything that is written by hand of the invented activity."""

    messages: Sequence[SampleMessage]
    tickets: Sequence[SampleTicket]


@dataclass(frozen=True)
class InventedVerdict:
    """A thumb for a reply."""

    message: str
    helpful: bool
    reason: str
    at: datetime


@dataclass(frozen=True)
class InventedAttempt:
    """An attempt to look a claim up."""

    reference: str
    email: str
    succeeded: bool
    at: datetime


@dataclass(frozen=True)
class InventedConversation:
    """One conversation as it would have been kept, with the thumbs and attempts in it."""

    conversation: Conversation
    messages: tuple[Message, ...]
    verdicts: tuple[InventedVerdict, ...] = ()
    attempts: tuple[InventedAttempt, ...] = ()
    was_settled: bool = True
    """False where a question was left without an answer, or the way to a person was shown."""


@dataclass(frozen=True)
class InventedTicket:
    """A ticket from one of the conversations, with the states it went through after it was opened, and when."""

    ticket: SampleTicket
    conversation: InventedConversation
    opened_at: datetime
    steps: tuple[tuple[TicketState, datetime], ...]
