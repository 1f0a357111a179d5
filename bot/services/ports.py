"""What the services need of the outside world, and the errors it may raise.

DeskError
├── Unavailable          an outside system cannot be reached or is too slow; try later
└── InvalidInput         what was given cannot be used; says what, where and what to do
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.asked_questions import ReadMail
from bot.core.claims import Claim
from bot.core.conversations import Conversation, Message, OfferedButton
from bot.core.gap_groups import GroupedTexts
from bot.core.replies import Reply


class DeskError(Exception):
    """Every error the desk knows how to put into words."""


class Unavailable(DeskError):
    """An outside system cannot be reached or is too slow."""


class InvalidInput(DeskError):
    """What was given cannot be used; the message says what, where and what to do."""


class Clock(Protocol):
    """What day it is where the promotion runs."""

    def now(self) -> datetime:
        """The current moment, in the promotion's time zone."""

    def today(self) -> date:
        """The current date, in the promotion's time zone."""


class Claims(Protocol):
    """The claims database, read only."""

    def find(self, reference: str) -> Claim | None:
        """The claim with this reference (official spelling), or None. Raises ``Unavailable``."""


@dataclass(frozen=True)
class Product:
    """A qualifying product as the list has it."""

    part_number: str
    name: str
    category: str = ""
    country: str = ""


class Products(Protocol):
    """The list of qualifying products, read only."""

    def all(self) -> Sequence[Product]:
        """Every product on the list, in the list's order. Raises ``Unavailable``."""


@dataclass(frozen=True)
class LookupDetails:
    """What a conversation has given so far to look a claim up, and what it has been told."""

    reference: str | None = None
    email: str | None = None
    verified_reference: str | None = None
    """The claim this conversation has proved to own; set only by ``find_claim``."""


class Lookups(Protocol):
    """Look-up details and attempts of conversations; never in Rasa's tracker."""

    def details(self, conversation: str) -> LookupDetails:
        """What this conversation has given; empty for an unknown one. Raises ``Unavailable``."""

    def keep(self, conversation: str, details: LookupDetails) -> None:
        """Replace what this conversation has given. Raises ``Unavailable``."""

    def forget(self, conversation: str) -> None:
        """Drop what this conversation has given and proved. Raises ``Unavailable``."""

    def record_attempt(
        self, conversation: str, *, reference: str, email: str, succeeded: bool, at: datetime, turn: str | None = None
    ) -> None:
        """Count one attempt; reference and e-mail are kept as keyed hashes only. Raises ``Unavailable``.

        The same attempt for the same ``turn``, a message's id, counts once.
        """

    def failures_since(
        self, since: datetime, *, conversation: str, reference: str, email: str, turn: str | None = None
    ) -> FailureCounts:
        """How many attempts failed since then, by conversation, reference and address. Raises ``Unavailable``.

        The same attempt for the same ``turn`` is left out: it is the one that is made now.
        """


@dataclass(frozen=True)
class FailureCounts:
    """Failed attempts in a window of time."""

    conversation: int
    reference: int
    email: int


class Bot(Protocol):
    """Whoever answers the customer: the dialogue engine."""

    async def reply(
        self, conversation: str, turn: str, *, text: str | None = None, command: str | None = None
    ) -> list[Reply]:
        """The replies to a text or to a button's command; never empty. Raises ``Unavailable``.

        The last turn of a conversation can be asked again by its id: it happens once all the same.
        """

    async def search(self, text: str) -> list[str]:
        """The ids of the entries that answer a text best, outside any conversation. Raises ``Unavailable``."""

    async def group(self, texts: Sequence[str]) -> GroupedTexts:
        """The texts put together by what they mean, and what the model makes of each. Raises ``Unavailable``."""

    async def read_mail(self, text: str, shown: int) -> ReadMail:
        """What a whole mail asks, each question with up to ``shown`` labels, outside any conversation. Raises ``Unavailable``."""


class Conversations(Protocol):
    """The conversations held in the chat; the customer's own words are given to it masked."""

    def start(self, session: str, promotion: str, at: datetime) -> Conversation:
        """The conversation of this session (its keyed hash), begun now if there is none. Raises ``Unavailable``."""

    def of_session(self, session: str) -> Conversation | None:
        """The conversation of this session, if it has one. Raises ``Unavailable``."""

    def move(self, conversation: str, session: str) -> None:
        """Put the conversation under another session; its own leads to it no more. Raises ``Unavailable``."""

    def of_earlier_session(self, session: str) -> Conversation | None:
        """The conversation that was under this session until it was moved, if any. Raises ``Unavailable``."""

    def add(self, conversation: str, *messages: Message) -> None:
        """Append messages, in their order; marks the conversation as seen at the last one. Raises ``Unavailable``."""

    def messages(self, conversation: str) -> list[Message]:
        """Everything said, in order; empty for an unknown conversation. Raises ``Unavailable``."""

    def replies_to(self, conversation: str, message: str) -> list[Message] | None:
        """What the desk has replied to a message of the customer; None if nobody has said it. Raises ``Unavailable``."""

    def end(self, conversation: str) -> None:
        """Cut the conversation off from its session, which may begin another one. Raises ``Unavailable``."""

    def button(self, conversation: str, button: str) -> OfferedButton | None:
        """The button if it was offered in this conversation. Raises ``Unavailable``."""

    def rate(self, conversation: str, message: str, *, helpful: bool, reason: str, at: datetime) -> bool:
        """Keep the customer's verdict on a reply of this conversation, replacing an earlier one.

        False if there is no such reply. Raises ``Unavailable``.
        """
