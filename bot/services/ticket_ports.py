"""What handing over needs of the outside world: where tickets, files and mails are kept, and who delivers.

DeskError
├── FileRefused          a file is not what may be attached; carries the key of the sentence that says why
├── MailRefused          the mail server has said no; the mail was surely not accepted
├── AnswerMissing        the mail was handed over and no answer came: it may have been accepted
└── ClaimLost            another worker has taken the mail over
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from bot.core.mails import ClaimedMail, Mail
from bot.core.tickets import Ticket, TicketFile
from bot.services.ports import DeskError


class FileRefused(DeskError):
    """A file cannot be attached; ``key`` is the wording key of the reason."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class MailRefused(DeskError):
    """The mail server does not take this mail; ``for_good`` if it says that it never will."""

    def __init__(self, message: str, *, for_good: bool) -> None:
        super().__init__(message)
        self.for_good = for_good


class AnswerMissing(DeskError):
    """The connection ended after the mail was handed over and before the server answered."""


class ClaimLost(DeskError):
    """Another worker has taken the mail: it is no longer this one's to deliver."""


@dataclass(frozen=True)
class KeptTicket:
    """A ticket as it is kept; ``version`` grows with every change."""

    reference: str
    version: int
    ticket: Ticket


class Tickets(Protocol):
    """The tickets, with their files and the mails about them."""

    def open(self, ticket: Ticket, form: str, mails: Callable[[str], Sequence[Mail]]) -> str:
        """Keep the ticket, its files and the mails made for its reference: all of it or nothing. The reference.

        The same form is kept once, even if its conversation is another one by then: sent again, it gives the
        reference it got. Raises ``Unavailable``, also if one of the files is gone meanwhile.
        """

    def sent_as(self, form: str) -> str | None:
        """The reference that this form got, if it was sent already. Raises ``Unavailable``."""

    def of_conversation(self, conversation: str, since: datetime) -> list[KeptTicket]:
        """The tickets opened in a conversation from that moment on, oldest first. Raises ``Unavailable``."""

    def find(self, reference: str) -> KeptTicket | None:
        """The ticket, or None. Raises ``Unavailable``."""


class Uploads(Protocol):
    """Which files customers have handed in: unsent ones belong to a form, which only its own browser can name, the others to a ticket."""

    def unsent(self, form: str) -> list[TicketFile]:
        """The files of a form, in the order they came. Raises ``Unavailable``."""

    def unsent_size(self, conversation: str) -> int:
        """How many bytes lie unsent in all forms of a conversation. Raises ``Unavailable``."""

    def has(self, form: str, digest: str) -> bool:
        """Whether this form has a file with this content. Raises ``Unavailable``."""

    def digests(self, ids: Collection[str]) -> set[str]:
        """What tells these files apart from others, as they were when they were sent. Raises ``Unavailable``."""

    def add(self, conversation: str, form: str, file: TicketFile, digest: str) -> bool:
        """Note a file of a form sent in this conversation; False if the form has this content already. Raises ``Unavailable``."""

    def remove(self, form: str, ids: Collection[str]) -> list[str]:
        """Drop unsent files of a form; the ids of those that were there. Raises ``Unavailable``."""

    def drop_unsent_since_before(self, moment: datetime) -> list[str]:
        """Drop unsent files that came before the moment; their ids. Raises ``Unavailable``."""

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of the ids that are noted. Raises ``Unavailable``."""


class FileStore(Protocol):
    """Where the bytes of files lie, under random names."""

    def take_in(self, id: str, content: BinaryIO) -> Path:
        """Write what was sent to a place of its own; the path, for inspection. Raises ``Unavailable``."""

    def keep(self, id: str, inspected: Path) -> None:
        """Put an inspected file in its place, safe from a loss of power. Raises ``Unavailable``."""

    def discard(self, id: str) -> None:
        """Remove whatever there is of a file."""

    def path(self, id: str) -> Path:
        """Where a kept file lies."""

    def older_than(self, moment: datetime) -> list[str]:
        """The ids of everything that was last written before the moment."""


@dataclass(frozen=True)
class InspectedFile:
    """A file found to be what may be attached, as it is to be kept."""

    media_type: str
    path: Path
    size: int


class Inspector(Protocol):
    """Finds out what a file really is, whatever its name says."""

    def inspect(self, sent: Path) -> InspectedFile:
        """The file made safe to keep. Raises ``FileRefused``."""


class Outbox(Protocol):
    """The mails still to be delivered, and what became of the others."""

    def claim(self, now: datetime, until: datetime) -> ClaimedMail | None:
        """Take the next mail that is due and held by nobody; it is this caller's until the moment given. Raises ``Unavailable``."""

    def hold(self, claimed: ClaimedMail, until: datetime, *, handing_over: bool = False) -> bool:
        """Hold a mail for longer, and note that its text is about to be given away; False if it is held by somebody else."""

    def note_sent(self, claimed: ClaimedMail, at: datetime) -> None:
        """The server has accepted it: it is never sent again, whoever holds it. Raises ``Unavailable``."""

    def put_back(
        self, claimed: ClaimedMail, due: datetime, problem: str, *, refused: bool, surely_not_accepted: bool
    ) -> None:
        """Note a try that failed, and when the next one is due. Raises ``Unavailable``."""

    def give_up(self, claimed: ClaimedMail, at: datetime, problem: str) -> None:
        """No further try. Raises ``Unavailable``."""

    def try_again(self) -> int:
        """Make all that were given up due once more; how many. Raises ``Unavailable``."""


class Mailer(Protocol):
    """Delivers one mail."""

    seconds: float
    """The longest one step of a delivery waits."""

    def deliver(
        self, claimed: ClaimedMail, before_step: Callable[[], None], before_hand_over: Callable[[], None]
    ) -> None:
        """Returns when the mail is accepted.

        Calls ``before_step`` before each step that may take its time, and ``before_hand_over`` right before what cannot
        be taken back; what these raise ends the delivery. Raises ``MailRefused``, ``Unavailable`` if the mail was surely
        not accepted, ``AnswerMissing`` if it may have been.
        """
