"""What insights count, each thing defined exactly: outcomes of messages, endings of conversations, questions, verdicts, look-ups.

Everything is counted on the day, in the promotion's time zone, on which the customer's part of it happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from bot.core import intents
from bot.core.explanations import TURNED_AWAY
from bot.core.replies import ReplyKind
from bot.core.tickets import TicketState
from bot.core.waiting_times import Wait

REASONS = ("wrong", "out_of_date", "not_understood", "not_my_case")
"""What a customer can choose as the reason of a thumb down."""
TALK = tuple(sorted(intents.SMALL_TALK | {intents.CANCEL, intents.START_AFRESH, intents.AFFIRM}))
"""What wants no answer of the page: it is no gap when there is none."""


class Outcome(str, Enum):
    """What came of one message of a customer (typed, or a button pressed): the first of these that fits its replies.

    The replies of a message are those kept after it and before the customer's next one.
    """

    HANDED_OFF = "handed_off"
    """A reply shows the way to a person (kind ``handoff``): asked for, after a complaint, or because an answer did not help."""
    LOOKED_UP = "looked_up"
    """A reply tells a claim or a verdict on a purchase, says that a claim was not found, or asks for what is needed for one of
    these (kinds ``lookup`` and ``question``)."""
    ANSWERED = "answered"
    """A reply has approved words of the page (kind ``answer``)."""
    SUGGESTED = "suggested"
    """The desk was unsure and offered a choice (kind ``suggestions``)."""
    NONE = "none"
    """None of these: not understood, nothing the page says anything about, none of the offered choices, a part of the desk out of
    reach, or no reply at all."""
    TALK = "talk"
    """Only small talk or a move that wants no answer, understood as such: the reply is a notice whose reason begins with
    ``answers`` and one of ``TALK``, and turns nothing away."""


IN_ORDER = (
    Outcome.ANSWERED,
    Outcome.LOOKED_UP,
    Outcome.SUGGESTED,
    Outcome.HANDED_OFF,
    Outcome.NONE,
    Outcome.TALK,
)
"""How outcomes are listed and stacked."""
WEIGHTS = {
    Outcome.HANDED_OFF: 5,
    Outcome.LOOKED_UP: 4,
    Outcome.ANSWERED: 3,
    Outcome.SUGGESTED: 2,
    Outcome.NONE: 1,
    Outcome.TALK: 0,
}
"""Of several replies the heaviest decides. A notice beside an answer (a language, a date) takes nothing away from it."""
UNMET = (TURNED_AWAY, "suggests ")
"""What a reason has in it where one of the questions of a message was not answered."""
OF_KIND = {
    ReplyKind.HANDOFF: Outcome.HANDED_OFF,
    ReplyKind.LOOKUP: Outcome.LOOKED_UP,
    ReplyKind.QUESTION: Outcome.LOOKED_UP,
    ReplyKind.ANSWER: Outcome.ANSWERED,
    ReplyKind.SUGGESTIONS: Outcome.SUGGESTED,
}
"""The kinds that decide by themselves; a notice's reason has to be looked at."""


def outcome_of_reply(kind: ReplyKind, why: str) -> Outcome:
    """What one reply by itself would make of the message it answers."""
    if kind in OF_KIND:
        return OF_KIND[kind]
    is_talk = any(why.startswith(f"answers {intent} ") for intent in TALK)
    return Outcome.TALK if is_talk and not any(words in why for words in UNMET) else Outcome.NONE


def outcome_of_message(replies: Iterable[tuple[ReplyKind, str]]) -> Outcome:
    """What came of a message, from the kinds and reasons of its replies."""
    outcomes = [outcome_of_reply(kind, why) for kind, why in replies]
    return max(outcomes, key=WEIGHTS.__getitem__, default=Outcome.NONE)


@dataclass(frozen=True)
class OutcomeCount:
    """How many messages of customers came on a day and had this outcome."""

    day: date
    outcome: Outcome
    messages: int


@dataclass(frozen=True)
class QuestionCount:
    """In how many conversations an entry was given in answer to a message of the period, however often in each."""

    faq_id: str
    conversations: int


@dataclass(frozen=True)
class ConversationCount:
    """The conversations begun on a day (with the customer's first message), and how far they have come."""

    day: date
    conversations: int
    running: int
    """Of them, those in which something was said within the last hour (``IDLE``): how they end is not known."""
    handed_off: int
    """Of those that have ended, those in which a reply showed the way to a person, or from which a ticket was opened."""


@dataclass(frozen=True)
class Verdicts:
    """The thumbs given in the period to replies of one entry in one version, or of one kind where they are of no entry.

    Each reply has one verdict, the customer's last; the version is the checksum of the approved words, so that changed words
    start anew.
    """

    faq_id: str
    version: str
    kind: str
    helpful: int
    unhelpful: int
    reasons: tuple[tuple[str, int], ...] = ()
    """The reasons chosen for thumbs down, with how often."""


@dataclass(frozen=True)
class LookupCount:
    """The attempts to look a claim up on a day: reference and address belonged together, or did not.

    An attempt while locked is not recorded, and a claim told once more to its proven owner is no new attempt.
    """

    day: date
    found: int
    failed: int


@dataclass(frozen=True)
class Locks:
    """What reached the number of failed attempts that locks it, at least once in the period."""

    conversations: int = 0
    references: int = 0
    addresses: int = 0


@dataclass(frozen=True)
class TicketTimes:
    """One ticket opened in the period: what it is about and when what happened to it."""

    topic: str
    state: TicketState
    opened_at: datetime
    first_answered_at: datetime | None
    resolved_at: datetime | None

    @property
    def is_spam(self) -> bool:
        return self.state is TicketState.SPAM


def waits_for_answer(tickets: Iterable[TicketTimes], now: datetime) -> list[Wait]:
    """From the opening of each ticket to the first answer by a person; spam is left out.

    A ticket that was resolved without an answer waits for none any more, but never got one.
    """
    return [
        _wait(ticket.opened_at, ticket.first_answered_at, ticket.resolved_at or now)
        for ticket in tickets
        if not ticket.is_spam
    ]


def waits_for_resolution(tickets: Iterable[TicketTimes], now: datetime) -> list[Wait]:
    """From the opening of each ticket until it was resolved; one that was opened again is not; spam is left out."""
    return [_wait(ticket.opened_at, ticket.resolved_at, now) for ticket in tickets if not ticket.is_spam]


def _wait(begin: datetime, end: datetime | None, seen_until: datetime) -> Wait:
    """Clocks of several machines may differ a little: no wait is shorter than nothing."""
    return Wait(max(timedelta(), (end or seen_until) - begin), is_over=end is not None)
