"""Measure what the desk does in a period, and put it together into the columns in which it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from bot.core.faq import Faq
from bot.core.insights import IN_ORDER, Outcome, waits_for_answer, waits_for_resolution
from bot.core.periods import Column, Period, Step, columns_of, read_period, step_for
from bot.core.phase_marks import PhaseMark, phase_marks
from bot.core.promotion import Promotion
from bot.core.proportions import Share
from bot.core.waiting_times import Spread, spread_of
from bot.services.find_claim import CLAIM_WINDOW, CONVERSATION_WINDOW, FAILURES_ALLOWED
from bot.services.insight_ports import Counts, Days, LockRule, Measures
from bot.services.ports import Clock

LOCKS = LockRule(FAILURES_ALLOWED, CONVERSATION_WINDOW, CLAIM_WINDOW)


@dataclass(frozen=True)
class InsightDesk:
    """Everything insights are made from."""

    measures: Measures
    faq: Faq
    promotion: Promotion
    clock: Clock


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


OneDay = TypeVar("OneDay", bound=_Dated)


@dataclass(frozen=True)
class Insights:
    """The counts of a period, by column where they belong to days."""

    period: Period
    now: datetime
    step: Step
    columns: Sequence[Column]
    marks: Sequence[PhaseMark]
    counts: Counts
    faq: Faq

    def coarser(self) -> Insights:
        """The same counts in weeks instead of days, or in months."""
        step = self.step.coarser
        return replace(self, step=step, columns=columns_of(self.period, self.now.date(), step))

    @cached_property
    def outcomes(self) -> list[Counter[Outcome]]:
        """Messages of customers by column and outcome."""
        return [
            Counter({outcome: sum(one.messages for one in group if one.outcome is outcome) for outcome in IN_ORDER})
            for group in self._by_column(self.counts.outcomes)
        ]

    @property
    def messages(self) -> list[int]:
        """Messages of customers by column."""
        return [sum(outcomes.values()) for outcomes in self.outcomes]

    @property
    def conversations(self) -> list[int]:
        """Conversations begun, by column."""
        return self._sums(self.counts.conversations, lambda one: one.conversations)

    @property
    def running(self) -> list[int]:
        """Of these, the ones that still go on."""
        return self._sums(self.counts.conversations, lambda one: one.running)

    @property
    def without_hand_off(self) -> list[Share]:
        """Of the conversations that have ended, those that needed no person, by column."""
        handed_off = self._sums(self.counts.conversations, lambda one: one.handed_off)
        ended = [begun - running for begun, running in zip(self.conversations, self.running)]
        return [Share(all_ended - handed, all_ended) for all_ended, handed in zip(ended, handed_off)]

    @property
    def lookups(self) -> list[tuple[int, int]]:
        """Look-ups of claims that found one, and that did not, by column."""
        found = self._sums(self.counts.lookups, lambda one: one.found)
        return list(zip(found, self._sums(self.counts.lookups, lambda one: one.failed)))

    @property
    def tickets(self) -> list[int]:
        """Tickets opened, spam left out, by column."""
        zone = self.now.tzinfo
        days = [ticket.opened_at.astimezone(zone).date() for ticket in self.counts.tickets if not ticket.is_spam]
        return [sum(column.first <= day <= column.last for day in days) for column in self.columns]

    @property
    def topics(self) -> list[tuple[str, int]]:
        """Tickets by topic, spam left out, the most frequent first."""
        counted = Counter(ticket.topic for ticket in self.counts.tickets if not ticket.is_spam)
        return sorted(counted.items(), key=lambda one: (-one[1], one[0]))

    @property
    def spam(self) -> int:
        return sum(ticket.is_spam for ticket in self.counts.tickets)

    @property
    def answer_times(self) -> Spread:
        return spread_of(waits_for_answer(self.counts.tickets, self.now))

    @property
    def resolution_times(self) -> Spread:
        return spread_of(waits_for_resolution(self.counts.tickets, self.now))

    def _by_column(self, counted: Iterable[OneDay]) -> list[list[OneDay]]:
        ones = list(counted)
        return [[one for one in ones if column.first <= one.day <= column.last] for column in self.columns]

    def _sums(self, counted: Iterable[OneDay], of: Callable[[OneDay], int]) -> list[int]:
        return [sum(map(of, group)) for group in self._by_column(counted)]


def measure_desk(desk: InsightDesk, asked: str) -> Insights:
    """The insights of the days asked for (``30d``, ``2023-11-01..2023-11-30`` …).

    Raises ``InvalidPeriod`` for what is no period, ``Unavailable`` if the database cannot be reached.
    """
    now, zone, key = desk.clock.now(), desk.promotion.time_zone, desk.promotion.key
    earliest = desk.measures.first_day(key, zone)
    period = read_period(asked, now.date(), earliest)
    step = step_for(period)
    return Insights(
        period=period,
        now=now,
        step=step,
        columns=columns_of(period, now.date(), step),
        marks=phase_marks(desk.promotion, period),
        counts=desk.measures.count(Days(key, period, zone), LOCKS, now),
        faq=desk.faq,
    )
