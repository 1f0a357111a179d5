"""What an agent can ask the queue for, and what a ticket can be found by."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from bot.core.folding import fold_case
from bot.core.plain_text import one_line
from bot.core.tickets import Ticket, TicketState

LONGEST_SEARCH = 200
MOST_WORDS = 8


class StateGroup(str, Enum):
    """Which tickets, by where they stand."""

    OPEN = "open"
    WAITING = "waiting"
    RESOLVED = "resolved"
    SPAM = "spam"
    ALL = "all"

    @property
    def states(self) -> tuple[TicketState, ...]:
        return _STATES[self]


_STATES = {
    StateGroup.OPEN: (TicketState.NEW, TicketState.OPEN),
    StateGroup.WAITING: (TicketState.WAITING,),
    StateGroup.RESOLVED: (TicketState.RESOLVED,),
    StateGroup.SPAM: (TicketState.SPAM,),
    StateGroup.ALL: tuple(TicketState),
}


class Whose(str, Enum):
    """Which tickets, by who has them."""

    ANYBODYS = "all"
    MINE = "mine"
    NOBODYS = "unassigned"


@dataclass(frozen=True)
class QueueFilter:
    """Which tickets an agent wants to see, and in which order."""

    group: StateGroup = StateGroup.OPEN
    whose: Whose = Whose.ANYBODYS
    topic: str = ""
    """As the form has it; empty: whatever it is about."""
    search: str = ""
    """Words that have to stand in the ticket, all of them, each anywhere in it."""
    only_late: bool = False
    newest_first: bool = False


def search_words(typed: str) -> tuple[str, ...]:
    """The words that are searched, in the form in which tickets are searched."""
    words = dict.fromkeys(_folded(one_line(typed)[:LONGEST_SEARCH]).split())
    return tuple(words)[:MOST_WORDS]


def searched_text(reference: str, ticket: Ticket) -> str:
    """What a ticket is found by: number, address, company, claim, name and message, whatever their case."""
    return _folded(
        "\n".join((reference, ticket.email, ticket.company, ticket.claim_reference, ticket.name, ticket.message))
    )


def _folded(text: str) -> str:
    return fold_case(unicodedata.normalize("NFC", text))
