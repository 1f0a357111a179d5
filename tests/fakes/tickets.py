"""The ports to tickets, their files and the backlog, in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from bot.core.mails import Mail
from bot.core.tickets import Ticket, TicketFile, ticket_reference
from bot.services.backlog import Backlog
from bot.services.ports import Unavailable
from bot.services.ticket_ports import KeptTicket


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
