"""A ticket: what a customer hands to customer service, the states it goes through, and what the desk had answered before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.core.conversations import TranscriptLine


class TicketState(str, Enum):
    """Where a ticket stands."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting_for_customer"
    RESOLVED = "resolved"
    SPAM = "spam"


_NEXT = {
    TicketState.NEW: frozenset({TicketState.OPEN, TicketState.WAITING, TicketState.RESOLVED, TicketState.SPAM}),
    TicketState.OPEN: frozenset({TicketState.WAITING, TicketState.RESOLVED, TicketState.SPAM}),
    TicketState.WAITING: frozenset({TicketState.OPEN, TicketState.RESOLVED, TicketState.SPAM}),
    TicketState.RESOLVED: frozenset({TicketState.OPEN}),
    TicketState.SPAM: frozenset({TicketState.OPEN}),
}
"""A resolved ticket opens again when the customer writes back, and one taken for spam when that was a mistake."""


class ForbiddenTransition(ValueError):
    """A ticket cannot go from its state to the one asked for."""


def next_states(state: TicketState) -> frozenset[TicketState]:
    """Where a ticket can go from its state."""
    return _NEXT[state]


def check_move(before: TicketState, after: TicketState) -> None:
    """Raises ``ForbiddenTransition`` naming the states that are possible, unless this one is."""
    if after not in _NEXT[before]:
        possible = ", ".join(sorted(state.value for state in _NEXT[before]))
        raise ForbiddenTransition(
            f"a ticket that is {before.value} cannot become {after.value}; it can become: {possible}"
        )


@dataclass(frozen=True)
class GivenAnswer:
    """One reply the desk had given before the hand-over, without its words: what it was, in which version, and why."""

    kind: str
    faq_id: str = ""
    version: str = ""
    why: str = ""


@dataclass(frozen=True)
class TicketFile:
    """A file that goes along; ``id`` is also its random name where files are kept."""

    id: str
    name: str
    media_type: str
    size: int
    """In bytes, as it is kept."""


@dataclass(frozen=True)
class Ticket:
    """A complete ticket, with the part of the conversation that the customer let go along."""

    promotion: str
    conversation: str
    name: str
    email: str
    message: str
    at: datetime
    topic: str = ""
    company: str = ""
    claim_reference: str = ""
    transcript: tuple[TranscriptLine, ...] = ()
    lines_left_out: int = 0
    """How many lines of the conversation the customer did not let go along."""
    answers: tuple[GivenAnswer, ...] = ()
    files: tuple[TicketFile, ...] = ()
    state: TicketState = TicketState.NEW


_REFERENCE = re.compile(r"T-[0-9]{4}-[0-9]{6,9}")


def is_ticket_reference(text: str) -> bool:
    """Whether it looks like the number of a ticket: only then it is looked for."""
    return bool(_REFERENCE.fullmatch(text))


def ticket_reference(year: int, number: int) -> str:
    """How a ticket is called towards the customer: ``T-2023-000123``."""
    return f"T-{year}-{number:06d}"
