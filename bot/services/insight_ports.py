"""What insights need of the outside world: counts of what happened, never anybody's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.insights import (
    ConversationCount,
    Locks,
    LookupCount,
    OutcomeCount,
    QuestionCount,
    TicketTimes,
    Verdicts,
)
from bot.core.periods import Period


@dataclass(frozen=True)
class Days:
    """The days of one promotion that are measured."""

    promotion: str
    period: Period
    zone: ZoneInfo
    """The time zone in which days begin and end."""

    @property
    def since(self) -> datetime:
        return self.period.since(self.zone)

    @property
    def until(self) -> datetime:
        return self.period.until(self.zone)


@dataclass(frozen=True)
class LockRule:
    """How many failed attempts lock a conversation, a reference or an address, within which time."""

    failures: int
    conversation_window: timedelta
    claim_window: timedelta


@dataclass(frozen=True)
class Counts:
    """Everything measured of some days, as ``bot.core.insights`` defines it; days without anything are left out."""

    outcomes: Sequence[OutcomeCount]
    conversations: Sequence[ConversationCount]
    questions: Sequence[QuestionCount]
    verdicts: Sequence[Verdicts]
    lookups: Sequence[LookupCount]
    locks: Locks
    tickets: Sequence[TicketTimes]
    samples: int
    """How many of the conversations are invented ones of ``promodesk sample-activity``."""


class Measures(Protocol):
    """Counts over what the desk has kept."""

    def first_day(self, promotion: str, zone: ZoneInfo) -> date | None:
        """The day of the first conversation or ticket; None while there is none. Raises ``Unavailable``."""

    def count(self, days: Days, locks: LockRule, now: datetime) -> Counts:
        """All counts, as the database stands at one moment. Raises ``Unavailable``."""
