"""Counts are put into days, weeks and months, and shares made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.faq import Faq, FaqEntry
from bot.core.insights import ConversationCount, Locks, LookupCount, Outcome, OutcomeCount, TicketTimes
from bot.core.periods import InvalidPeriod, Period, Step
from bot.core.proportions import Share
from bot.core.tickets import TicketState
from bot.services.insight_ports import Counts, Days, LockRule
from bot.services.measure_desk import InsightDesk, Insights, measure_desk
from tests.fakes import FakeClock
from tests.promotions import lenovo_like

ZONE = lenovo_like().time_zone
NOW = datetime(2023, 12, 15, 10, tzinfo=ZONE)
NOTHING = Counts((), (), (), (), (), Locks(), (), 0)


class FakeMeasures:
    """The ``Measures`` port over counts that are given; remembers what it was asked."""

    def __init__(self, counts: Counts = NOTHING, first_day: date | None = None) -> None:
        self._counts = counts
        self._first_day = first_day
        self.asked: list[tuple[Days, LockRule]] = []

    def first_day(self, promotion: str, zone: ZoneInfo) -> date | None:
        return self._first_day

    def count(self, days: Days, locks: LockRule, now: datetime) -> Counts:
        self.asked.append((days, locks))
        return self._counts


def measured(asked: str = "7d", counts: Counts = NOTHING, first_day: date | None = None) -> Insights:
    measures = FakeMeasures(counts, first_day)
    faq = Faq([FaqEntry("cash", "Payment", "Cash?", "No.")])
    return measure_desk(InsightDesk(measures, faq, lenovo_like(), FakeClock(NOW)), asked)


def day(number: int) -> date:
    return date(2023, 12, number)


def ticket(opened: datetime, state: TicketState = TicketState.NEW, topic: str = "My claim") -> TicketTimes:
    return TicketTimes(topic, state, opened, None, None)


def test_the_database_is_asked_for_the_days_of_the_promotion_and_the_rule_of_its_locks() -> None:
    measures = FakeMeasures()
    measure_desk(InsightDesk(measures, Faq([]), lenovo_like(), FakeClock(NOW)), "7d")
    ((days, rule),) = measures.asked
    assert (days.promotion, days.period, days.zone) == ("lenovo-accessories-2023", Period(day(9), day(15)), ZONE)
    assert (rule.failures, rule.conversation_window, rule.claim_window) == (
        5,
        timedelta(minutes=15),
        timedelta(hours=1),
    )


def test_counts_stand_in_the_column_of_their_day() -> None:
    counts = replace(
        NOTHING,
        outcomes=[
            OutcomeCount(day(9), Outcome.ANSWERED, 3),
            OutcomeCount(day(9), Outcome.NONE, 1),
            OutcomeCount(day(15), Outcome.TALK, 2),
        ],
        conversations=[ConversationCount(day(9), 4, 0, 1), ConversationCount(day(15), 3, 2, 1)],
        lookups=[LookupCount(day(10), 2, 1)],
        tickets=[
            ticket(datetime(2023, 12, 11, 0, 5, tzinfo=ZONE)),
            ticket(datetime(2023, 12, 11, 9, 0, tzinfo=ZONE), TicketState.SPAM),
        ],
    )
    insights = measured(counts=counts)
    assert insights.messages == [4, 0, 0, 0, 0, 0, 2]
    assert insights.outcomes[0][Outcome.ANSWERED] == 3
    assert insights.conversations == [4, 0, 0, 0, 0, 0, 3]
    assert insights.without_hand_off[0] == Share(3, 4)
    assert insights.without_hand_off[6] == Share(0, 1)
    assert insights.lookups[1] == (2, 1)
    assert insights.tickets == [0, 0, 1, 0, 0, 0, 0]
    assert insights.spam == 1
    assert insights.topics == [("My claim", 1)]


@pytest.mark.parametrize(("asked", "step"), [("7d", Step.DAY), ("30d", Step.DAY), ("90d", Step.WEEK)])
def test_the_sums_are_the_same_in_days_weeks_and_months(asked: str, step: Step) -> None:
    counts = replace(NOTHING, outcomes=[OutcomeCount(day(number), Outcome.NONE, number) for number in range(9, 16)])
    insights = measured(asked, counts)
    assert insights.step is step
    sums = [sum(one.messages) for one in (insights, insights.coarser(), insights.coarser().coarser())]
    assert sums == [84, 84, 84]


def test_all_begins_with_the_first_day_there_is_anything_of() -> None:
    assert measured("all", first_day=date(2023, 5, 22)).period == Period(date(2023, 5, 22), day(15))


def test_the_turns_of_the_promotion_are_marked() -> None:
    assert [mark.day for mark in measured("30d").marks] == [date(2023, 11, 30)]


def test_a_period_that_cannot_be_read_is_not_measured() -> None:
    with pytest.raises(InvalidPeriod):
        measured("yesterday")


def test_times_of_tickets_are_those_of_the_tickets_of_the_period() -> None:
    opened: Sequence[TicketTimes] = [
        replace(
            ticket(NOW - timedelta(hours=8)), resolved_at=NOW - timedelta(hours=8 - length), state=TicketState.RESOLVED
        )
        for length in (1, 2, 3, 4)
    ]
    insights = measured(counts=replace(NOTHING, tickets=opened))
    assert insights.resolution_times.median == timedelta(hours=2)
    assert insights.answer_times.median is None
