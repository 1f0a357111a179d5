"""A ticket about lamps, and the two automatic mails of each."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.core.conversations import TranscriptLine
from bot.core.mails import Mail, MailKind
from bot.core.tickets import GivenAnswer, Ticket

AT = datetime(2023, 10, 5, 12, 0, tzinfo=timezone.utc)
TICKET = Ticket(
    promotion="lamps",
    conversation="c1",
    topic="My claim",
    name="Ane Birk",
    email="ane@birkvik.example",
    message="Where is it?\nPlease write back.",
    at=AT,
    transcript=(TranscriptLine("Customer", "Hello"), TranscriptLine("Assistant", "Hello!")),
    lines_left_out=1,
    answers=(GivenAnswer("answer", "cash", "abc123", "answers cash with 0.93, at least 0.50"),),
)


def mails(reference: str) -> list[Mail]:
    """The two automatic mails, under ids of this reference."""
    kinds = (MailKind.SUPPORT, MailKind.CONFIRMATION)
    return [Mail(kind, f"<{reference}.{kind.value}@desk.test>", "a@b.example", "Subject", "Body") for kind in kinds]
