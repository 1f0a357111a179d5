"""What the agents' desk as a whole needs of the outside world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.agents import Agent


class Audit(Protocol):
    """What was done with customers' personal data, and by whom."""

    def note(self, agent: Agent, action: str, subject: str, why: str, at: datetime) -> None:
        """Who did what, to what, and why. Raises ``Unavailable``: what cannot be noted is not to be shown."""


@dataclass(frozen=True)
class AuditEntry:
    """One thing that was done with personal data."""

    position: int
    """Later entries have higher ones."""
    at: datetime
    agent_id: str
    agent_name: str
    action: str
    subject: str
    why: str


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are wanted; what is not given filters nothing."""

    since: datetime | None = None
    until: datetime | None = None
    """Before this moment."""
    agent: str = ""
    """An agent's id."""
    subject: str = ""
    """A part of the subject, in letters of either case."""


EVERY_ENTRY = AuditFilter()


class AuditLog(Audit, Protocol):
    """The same, for those who look into it."""

    def entries(
        self, wanted: AuditFilter = EVERY_ENTRY, *, before_position: int | None = None, limit: int
    ) -> Sequence[AuditEntry]:
        """The latest entries first; ``before_position`` goes on after a page. Raises ``Unavailable``."""
