"""What answering in another help desk needs of the outside world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.services.ports import DeskError, InvalidInput


class Unconfirmed(DeskError):
    """The other help desk may have done it or not: done once more, the customer might read it twice."""


class NotAdmitted(InvalidInput):
    """The other help desk does not accept who asks; it will, once its settings or ours are mended."""


@dataclass(frozen=True)
class HelpDeskMessage:
    """A customer's message in the other help desk."""

    account: int
    conversation: int
    id: int
    text: str = ""


class HelpDesk(Protocol):
    """The other help desk, where customers write and agents answer."""

    async def say(self, message: HelpDeskMessage, text: str) -> None:
        """Answer the customer in the message's conversation.

        Raises ``Unavailable`` if that was not done, ``Unconfirmed``, or ``InvalidInput`` if it is refused.
        """

    async def note(self, message: HelpDeskMessage, text: str) -> None:
        """Leave a note that only agents see. Raises as ``say`` does."""

    async def hand_over(self, message: HelpDeskMessage) -> None:
        """Open the conversation to the agents; from then on it is theirs. May be done twice. Raises as ``say`` does,
        but ``Unavailable`` for ``Unconfirmed``."""

    async def close(self) -> None:
        """Let go of all connections; nothing can be said any more."""


class TakenMessages(Protocol):
    """Which messages were taken up, so that none is answered twice and none is forgotten."""

    def take(self, message: HelpDeskMessage, at: datetime) -> bool:
        """Take a message up; False if it was taken before. Raises ``Unavailable``."""

    def settle(self, message: HelpDeskMessage, at: datetime) -> bool:
        """Note that a message was answered or handed over; False if it was before. Raises ``Unavailable``."""

    def unsettled(self, since: datetime, before: datetime) -> Sequence[HelpDeskMessage]:
        """Messages taken between these moments and not settled: whoever took them is gone. Raises ``Unavailable``."""

    def forget(self, before: datetime) -> None:
        """Drop what was taken before this moment. Raises ``Unavailable``."""
