"""Hand-written stand-ins for the ports; each passes the same tests as the adapter it stands for."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from bot.core.asked_questions import ReadMail
from bot.core.claims import Claim
from bot.core.conversations import Conversation, Message, OfferedButton, new_id, new_reference
from bot.core.faq import Faq, FaqEntry
from bot.core.gap_groups import GroupedTexts, Reading
from bot.core.mails import Mail
from bot.core.ranking import Band
from bot.core.replies import Reply, ReplyKind
from bot.core.tickets import Ticket, TicketFile, ticket_reference
from bot.services.backlog import Backlog
from bot.services.ports import FailureCounts, LookupDetails, Product, Unavailable
from bot.services.ticket_ports import KeptTicket


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


class WatchedFaq(Faq):
    """A FAQ that notes in which threads it is read through."""

    def __init__(self, entries: Iterable[FaqEntry]) -> None:
        super().__init__(entries)
        self.threads: set[int] = set()

    def __iter__(self) -> Iterator[FaqEntry]:
        self.threads.add(threading.get_ident())
        return super().__iter__()


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
    turn: str | None = None

    def is_of(self, conversation: str, turn: str | None, reference: str, email: str) -> bool:
        of = (self.conversation, self.turn, self.reference, self.email)
        return turn is not None and of == (conversation, turn, reference, email)


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

    def record_attempt(
        self, conversation: str, *, reference: str, email: str, succeeded: bool, at: datetime, turn: str | None = None
    ) -> None:
        self._check()
        if not any(attempt.is_of(conversation, turn, reference, email) for attempt in self.attempts):
            self.attempts.append(FakeAttempt(conversation, reference, email, succeeded, at, turn))

    def failures_since(
        self, since: datetime, *, conversation: str, reference: str, email: str, turn: str | None = None
    ) -> FailureCounts:
        self._check()
        failed = [
            attempt
            for attempt in self.attempts
            if not attempt.succeeded and attempt.at >= since and not attempt.is_of(conversation, turn, reference, email)
        ]
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
        self.turns: list[str] = []
        """The ids of the turns it was asked in."""
        self.found: list[str] = []
        """The ids a search finds."""
        self.searched: list[str] = []
        self.nearest = Reading("how_long_for_discount", 0.31, Band.NONE, "how long does it take")
        """What it makes of every text that it groups; texts that begin with the same word are one group."""
        self.mail = ReadMail("en", ())
        """What every mail asks."""
        self.mails: list[tuple[str, int]] = []

    async def reply(
        self, conversation: str, turn: str, *, text: str | None = None, command: str | None = None
    ) -> list[Reply]:
        self.turns.append(turn)
        self.asked.append((conversation, text, command))
        if self.is_down:
            raise Unavailable("the bot is down")
        await asyncio.sleep(self.seconds)
        return list(self.replies)

    async def search(self, text: str) -> list[str]:
        self.searched.append(text)
        if self.is_down:
            raise Unavailable("the bot is down")
        return list(self.found)

    async def group(self, texts: Sequence[str]) -> GroupedTexts:
        if self.is_down:
            raise Unavailable("the bot is down")
        groups: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            groups.setdefault(text.split()[0].lower(), []).append(number)
        return GroupedTexts(tuple(map(tuple, groups.values())), tuple(self.nearest for _ in texts))

    async def read_mail(self, text: str, shown: int) -> ReadMail:
        self.mails.append((text, shown))
        if self.is_down:
            raise Unavailable("the bot is down")
        return self.mail


class FakeConversations:
    """The ``Conversations`` port in memory; ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self._by_session: dict[str, Conversation] = {}
        self._earlier: dict[str, str] = {}
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

    def move(self, conversation: str, session: str) -> None:
        self._check()
        before = next(key for key, known in self._by_session.items() if known.id == conversation)
        self._by_session[session] = self._by_session.pop(before)
        self._earlier[conversation] = before

    def of_earlier_session(self, session: str) -> Conversation | None:
        self._check()
        moved = [known for known in self._by_session.values() if self._earlier.get(known.id) == session]
        return moved[0] if moved else None

    def add(self, conversation: str, *messages: Message) -> None:
        self._check()
        self._messages.setdefault(conversation, []).extend(messages)
        for session, known in self._by_session.items():
            if known.id == conversation and messages:
                self._by_session[session] = replace(known, last_seen_at=messages[-1].at)

    def messages(self, conversation: str) -> list[Message]:
        self._check()
        return list(self._messages.get(conversation, ()))

    def replies_to(self, conversation: str, message: str) -> list[Message] | None:
        said = self.messages(conversation)
        position = next((at for at, known in enumerate(said) if known.id == message and known.reply is None), None)
        if position is None:
            return None
        return list(takewhile(lambda known: known.reply is not None, said[position + 1 :]))

    def end(self, conversation: str) -> None:
        self._check()
        self._by_session = {session: known for session, known in self._by_session.items() if known.id != conversation}
        self._earlier.pop(conversation, None)

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


class FakeTickets:
    """The ``Tickets`` port in memory; ``mails`` is its outbox, ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.kept: dict[str, Ticket] = {}
        self.mails: list[Mail] = []
        self._versions: dict[str, int] = {}
        self._references: dict[str, str] = {}
        self.is_down = is_down

    def open(self, ticket: Ticket, form: str, mails: Callable[[str], Sequence[Mail]]) -> str:
        self._check()
        earlier = self._references.get(form)
        if earlier:
            return earlier
        number = sum(kept.at.year == ticket.at.year for kept in self.kept.values()) + 1
        reference = self._references[form] = ticket_reference(ticket.at.year, number)
        self.kept[reference] = ticket
        self._versions[reference] = 1
        self.mails += mails(reference)
        return reference

    def sent_as(self, form: str) -> str | None:
        self._check()
        return self._references.get(form)

    def of_conversation(self, conversation: str, since: datetime) -> list[KeptTicket]:
        self._check()
        return [
            KeptTicket(reference, self._versions[reference], ticket)
            for reference, ticket in self.kept.items()
            if ticket.conversation == conversation and ticket.at >= since
        ]

    def find(self, reference: str) -> KeptTicket | None:
        self._check()
        ticket = self.kept.get(reference)
        return KeptTicket(reference, self._versions[reference], ticket) if ticket else None

    def _check(self) -> None:
        if self.is_down:
            raise Unavailable("the desk database is down")


class FakeUploads:
    """The ``Uploads`` port in memory; what a ticket has taken stays unsent, because the tickets are another fake."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, str, str], TicketFile] = {}

    def unsent(self, form: str) -> list[TicketFile]:
        return [file for key, file in self._files.items() if key[1] == form]

    def unsent_size(self, conversation: str) -> int:
        return sum(file.size for key, file in self._files.items() if key[0] == conversation)

    def has(self, form: str, digest: str) -> bool:
        return (form, digest) in {key[1:] for key in self._files}

    def digests(self, ids: Collection[str]) -> set[str]:
        return {key[2] for key, file in self._files.items() if file.id in ids}

    def add(self, conversation: str, form: str, file: TicketFile, digest: str) -> bool:
        return self._files.setdefault((conversation, form, digest), file) is file

    def remove(self, form: str, ids: Collection[str]) -> list[str]:
        gone = {key: file.id for key, file in self._files.items() if key[1] == form and file.id in ids}
        for key in gone:
            del self._files[key]
        return list(gone.values())

    def drop_unsent_since_before(self, moment: datetime) -> list[str]:
        return []

    def known(self, ids: Collection[str]) -> set[str]:
        return {file.id for file in self._files.values()} & set(ids)


class FakeBacklogs:
    """The ``Backlogs`` port with figures given beforehand; ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self.is_down = is_down
        self.backlog = Backlog({"waiting": 1, "sent": 0, "given_up": 2}, 1, None, {"new": 3}, None)
        self.reads = 0

    def read(self) -> Backlog:
        self.reads += 1
        if self.is_down:
            raise Unavailable("the desk database is down")
        return self.backlog


class FakeTryRunner:
    """The ``TryRunner`` port: notes what it is to start."""

    def __init__(self) -> None:
        self.started: list[int] = []

    def start(self, proposal: int) -> None:
        self.started.append(proposal)
