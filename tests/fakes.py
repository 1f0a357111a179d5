"""Hand-written stand-ins for the ports; each passes the same tests as the adapter it stands for."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.claims import Claim
from bot.core.conversations import Conversation, Message, OfferedButton, new_id, new_reference
from bot.core.enquiries import Enquiry, ticket_reference
from bot.core.replies import Reply, ReplyKind
from bot.services.ports import FailureCounts, LookupDetails, Product, Unavailable


class FakeClock:
    """The ``Clock`` port, standing still until it is told to move."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def today(self) -> date:
        return self._now.date()

    def move(self, by: timedelta) -> None:
        self._now += by


class FakeClaims:
    """The ``Claims`` port over a list; ``is_down`` makes it unavailable."""

    def __init__(self, claims: Iterable[Claim] = (), *, is_down: bool = False) -> None:
        self._claims = {claim.reference: claim for claim in claims}
        self.is_down = is_down
        self.asked_for: list[str] = []

    def find(self, reference: str) -> Claim | None:
        self.asked_for.append(reference)
        if self.is_down:
            raise Unavailable("the claims database is down")
        return self._claims.get(reference)


class FakeProducts:
    """The ``Products`` port over a list; ``is_down`` makes it unavailable."""

    def __init__(self, products: Iterable[Product] = (), *, is_down: bool = False) -> None:
        self._products = tuple(products)
        self.is_down = is_down

    def all(self) -> Sequence[Product]:
        if self.is_down:
            raise Unavailable("the claims database is down")
        return self._products


@dataclass(frozen=True)
class FakeAttempt:
    conversation: str
    reference: str
    email: str
    succeeded: bool
    at: datetime


class FakeLookups:
    """The ``Lookups`` port in memory; ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self._details: dict[str, LookupDetails] = {}
        self.attempts: list[FakeAttempt] = []
        self.is_down = is_down

    def details(self, conversation: str) -> LookupDetails:
        self._check()
        return self._details.get(conversation, LookupDetails())

    def keep(self, conversation: str, details: LookupDetails) -> None:
        self._check()
        self._details[conversation] = details

    def forget(self, conversation: str) -> None:
        self._check()
        self._details.pop(conversation, None)

    def record_attempt(self, conversation: str, *, reference: str, email: str, succeeded: bool, at: datetime) -> None:
        self._check()
        self.attempts.append(FakeAttempt(conversation, reference, email, succeeded, at))

    def failures_since(self, since: datetime, *, conversation: str, reference: str, email: str) -> FailureCounts:
        self._check()
        failed = [attempt for attempt in self.attempts if not attempt.succeeded and attempt.at >= since]
        return FailureCounts(
            conversation=sum(attempt.conversation == conversation for attempt in failed),
            reference=sum(attempt.reference == reference for attempt in failed),
            email=sum(attempt.email == email for attempt in failed),
        )

    def _check(self) -> None:
        if self.is_down:
            raise Unavailable("the desk database is down")


class FakeBot:
    """The ``Bot`` port with replies given beforehand; ``is_down`` makes it unavailable."""

    def __init__(self, *replies: Reply, is_down: bool = False) -> None:
        self.replies = list(replies) or [Reply(ReplyKind.ANSWER, "Yes.")]
        self.is_down = is_down
        self.seconds = 0.0
        """How long it thinks."""
        self.asked: list[tuple[str, str | None, str | None]] = []

    async def reply(self, conversation: str, *, text: str | None = None, command: str | None = None) -> list[Reply]:
        self.asked.append((conversation, text, command))
        if self.is_down:
            raise Unavailable("the bot is down")
        await asyncio.sleep(self.seconds)
        return list(self.replies)


class FakeConversations:
    """The ``Conversations`` port in memory; ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self._by_session: dict[str, Conversation] = {}
        self._messages: dict[str, list[Message]] = {}
        self.verdicts: dict[str, tuple[bool, str]] = {}
        self.is_down = is_down

    def start(self, session: str, promotion: str, at: datetime) -> Conversation:
        self._check()
        begun = Conversation(new_id(), new_reference(), promotion, started_at=at, last_seen_at=at)
        return self._by_session.setdefault(session, begun)

    def of_session(self, session: str) -> Conversation | None:
        self._check()
        return self._by_session.get(session)

    def add(self, conversation: str, *messages: Message) -> None:
        self._check()
        self._messages.setdefault(conversation, []).extend(messages)
        for session, known in self._by_session.items():
            if known.id == conversation and messages:
                self._by_session[session] = replace(known, last_seen_at=messages[-1].at)

    def messages(self, conversation: str) -> list[Message]:
        self._check()
        return list(self._messages.get(conversation, ()))

    def button(self, conversation: str, button: str) -> OfferedButton | None:
        offered = [known for message in self.messages(conversation) for known in message.buttons]
        return next((known for known in offered if known.id == button), None)

    def rate(self, conversation: str, message: str, *, helpful: bool, reason: str, at: datetime) -> bool:
        if not any(known.id == message and known.reply for known in self.messages(conversation)):
            return False
        self.verdicts[message] = (helpful, reason)
        return True

    def _check(self) -> None:
        if self.is_down:
            raise Unavailable("the desk database is down")


class FakeEnquiries:
    """The ``Enquiries`` port in memory; ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.kept: dict[str, Enquiry] = {}
        self._references: dict[tuple[str, str], str] = {}
        self.is_down = is_down

    def add(self, enquiry: Enquiry, form: str) -> str:
        if self.is_down:
            raise Unavailable("the desk database is down")
        same_year = sum(kept.at.year == enquiry.at.year for kept in self.kept.values())
        reference = self._references.setdefault(
            (enquiry.conversation, form), ticket_reference(enquiry.at.year, same_year + 1)
        )
        self.kept.setdefault(reference, enquiry)
        return reference
