"""What waits in the desk, and since when: figures for those who watch over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Backlog:
    """The mails of the outbox and the promotion's tickets, counted."""

    mails: Mapping[str, int]
    """How many are ``waiting``, ``sent`` and ``given_up``."""
    failing_mails: int
    """Of those that wait: how many were tried in vain."""
    oldest_mail: datetime | None
    """Since when the one waits that waits longest."""
    tickets: Mapping[str, int]
    """By state; every state is there."""
    oldest_unanswered: datetime | None
    """Since when the customer waits who has waited longest for customer service."""


class Backlogs(Protocol):
    """Where the figures come from."""

    def read(self) -> Backlog:
        """The figures as they are now. Raises ``Unavailable``."""
