"""A mail of the desk: plain text, one recipient, an id of its own that stays the same however often it is tried."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.core.conversations import new_id
from bot.core.plain_text import one_line, plain_text

FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=15)
MOST_REFUSALS = 5
"""So often a mail that is refused for good is tried before it is given up: some servers mean “not now” by it."""


class MailKind(str, Enum):
    """To whom a mail goes, and therefore what it says of itself."""

    SUPPORT = "support"
    CONFIRMATION = "confirmation"
    ANSWER = "answer"
    """A person has written it, to the customer."""


@dataclass(frozen=True)
class Mail:
    """What is to be delivered; no line break in it can start a header of its own."""

    kind: MailKind
    message_id: str
    """With its angle brackets; by it a receiver knows a mail that comes twice."""
    recipient: str
    subject: str
    body: str
    reply_to: str = ""
    thread: tuple[str, ...] = ()
    """The ids of the mails that it follows on, the first of them first."""

    def __post_init__(self) -> None:
        for name in ("message_id", "recipient", "subject", "reply_to"):
            object.__setattr__(self, name, one_line(getattr(self, name)))
        object.__setattr__(self, "body", plain_text(self.body))
        object.__setattr__(self, "thread", tuple(map(one_line, self.thread)))


class MailState(str, Enum):
    """How far a mail is."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class MailProgress:
    """How far one mail of a ticket is, and what has gone wrong with it so far."""

    kind: MailKind
    recipient: str
    state: MailState
    since: datetime
    """When it was sent, given up, or put into the outbox."""
    attempts: int = 0
    problem: str = ""


def new_message_id(reference: str, sender: str) -> str:
    """An id for a mail about a ticket, at the domain of the address it comes from."""
    return f"<{reference}.{new_id()}@{sender.rpartition('@')[2]}>"


@dataclass(frozen=True)
class ClaimedMail:
    """A mail that one worker has taken out of the outbox to deliver it."""

    id: int
    mail: Mail
    created_at: datetime
    claim: str
    """Names this taking: whoever holds another one has lost the mail to somebody else."""
    attempts: int
    """How often it was tried before."""
    refusals: int
    """How often it was refused for good before."""
    handed_over_before: bool = False
    """An earlier try ended after the text had been given away and before the answer was noted: it may have arrived."""


def pause_after(attempts: int, chance: Callable[[], float] = random.random) -> timedelta:
    """How long to wait after so many tries: twice as long each time, a little less by chance so that not all come at once."""
    longest = min(FIRST_PAUSE * int(2 ** min(attempts - 1, 20)), LONGEST_PAUSE)
    return longest * (0.75 + 0.25 * chance())
