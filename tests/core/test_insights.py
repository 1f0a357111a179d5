"""What came of a message, from the replies to it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.insights import (
    IN_ORDER,
    WEIGHTS,
    Outcome,
    OutcomeCount,
    QuestionCount,
    TicketTimes,
    outcome_of_message,
    waits_for_answer,
    waits_for_resolution,
)
from bot.core.replies import ReplyKind
from bot.core.tickets import TicketState
from bot.core.turn_counts import Said, count_turns
from bot.core.waiting_times import Wait

DAY, NEXT = "2023-12-01", "2023-12-02"
LAST = date(2023, 12, 2)
AT = datetime(2023, 12, 1, 9, tzinfo=timezone.utc)
NOTICE = ReplyKind.NOTICE


@pytest.mark.parametrize(
    ("outcome", "replies"),
    [
        (Outcome.ANSWERED, [(ReplyKind.ANSWER, "answers cash with 0.93, at least 0.50")]),
        (Outcome.ANSWERED, [(NOTICE, "answers cash with 0.93"), (ReplyKind.ANSWER, ""), (NOTICE, "turns it away: …")]),
        (Outcome.LOOKED_UP, [(ReplyKind.QUESTION, "answers claim_status with 0.9")]),
        (Outcome.LOOKED_UP, [(ReplyKind.ANSWER, ""), (ReplyKind.LOOKUP, "")]),
        (Outcome.SUGGESTED, [(ReplyKind.SUGGESTIONS, "suggests cash with 0.31: …")]),
        (Outcome.HANDED_OFF, [(ReplyKind.ANSWER, ""), (ReplyKind.HANDOFF, "")]),
        (Outcome.NONE, [(NOTICE, "turns it away: no answer with 0.91, …")]),
        (Outcome.NONE, [(NOTICE, "answers thanks with 0.99, at least 0.50; turns it away: no answer with 0.8")]),
        (Outcome.NONE, [(NOTICE, "the customer pressed a button")]),
        (Outcome.NONE, [(NOTICE, "answers claim_status with 0.9")]),  # the look-up was out of reach
        (Outcome.NONE, [(NOTICE, "")]),
        (Outcome.NONE, [(NOTICE, "answers thanks_a_lot with 0.9")]),
        (Outcome.NONE, []),
        (Outcome.TALK, [(NOTICE, "answers thanks with 0.99, at least 0.50")]),
        (Outcome.TALK, [(NOTICE, "answers greet with 0.7; answers thanks with 0.6")]),
    ],
)
def test_each_message_has_one_outcome(outcome: Outcome, replies: list[tuple[ReplyKind, str]]) -> None:
    assert outcome_of_message(replies) is outcome
    assert outcome_of_message(reversed(replies)) is outcome


def test_every_outcome_is_listed_and_weighs_differently() -> None:
    assert set(IN_ORDER) == set(Outcome) == set(WEIGHTS)
    assert len(set(WEIGHTS.values())) == len(Outcome)


def test_replies_belong_to_the_message_before_them_in_their_conversation() -> None:
    answered, handed, none = (WEIGHTS[one] for one in (Outcome.ANSWERED, Outcome.HANDED_OFF, Outcome.NONE))
    said: list[Said] = [
        ("old", None, handed, None),  # answers what was said before the first day
        ("a", DAY, None, None),
        ("b", DAY, None, None),
        ("a", None, none, None),
        ("a", None, answered, "cash"),
        ("b", None, answered, "cash"),
        ("b", DAY, None, None),
        ("b", None, answered, "cash"),
        ("b", None, answered, "dates"),
        ("a", NEXT, None, None),
        ("c", NEXT, None, None),
        ("a", None, handed, None),
        ("d", "2023-12-03", None, None),
        ("d", None, handed, "dates"),
    ]

    turns = count_turns(said, LAST)

    assert turns.outcomes == (
        OutcomeCount(date(2023, 12, 1), Outcome.ANSWERED, 3),
        OutcomeCount(LAST, Outcome.HANDED_OFF, 1),
        OutcomeCount(LAST, Outcome.NONE, 1),
    )
    assert turns.questions == (QuestionCount("cash", 2), QuestionCount("dates", 1))
    assert turns.handed_off == {"a", "d"}


KINDS = st.sampled_from([*ReplyKind, None])


@given(st.lists(st.tuples(st.sampled_from("abc"), KINDS, st.sampled_from([DAY, NEXT]))))
def test_counting_as_it_comes_is_the_same_as_counting_each_conversation(
    drawn: list[tuple[str, ReplyKind | None, str]],
) -> None:
    said: list[Said] = []
    expected: Counter[tuple[str, Outcome]] = Counter()
    for conversation in "abc":
        turns: list[tuple[str, list[tuple[ReplyKind, str]]]] = []
        for _, kind, day in (one for one in drawn if one[0] == conversation):
            if kind is None:
                turns.append((day, []))
            elif turns:
                turns[-1][1].append((kind, ""))
        expected.update((day, outcome_of_message(replies)) for day, replies in turns)
    for conversation, kind, day in drawn:
        weight = None if kind is None else WEIGHTS[outcome_of_message([(kind, "")])]
        said.append((conversation, day if kind is None else None, weight, None))

    counted = {(one.day.isoformat(), one.outcome): one.messages for one in count_turns(said, LAST).outcomes}

    assert counted == expected


def ticket(state: TicketState, answered: float | None = None, resolved: float | None = None) -> TicketTimes:
    def at(hours: float | None) -> datetime | None:
        return None if hours is None else AT + timedelta(hours=hours)

    return TicketTimes("My claim", state, AT, at(answered), at(resolved))


def test_tickets_wait_until_something_happens_and_spam_does_not() -> None:
    now = AT + timedelta(hours=10)
    tickets = [
        ticket(TicketState.NEW),
        ticket(TicketState.OPEN, answered=2),
        ticket(TicketState.RESOLVED, answered=1, resolved=5),
        ticket(TicketState.RESOLVED, resolved=4),
        ticket(TicketState.SPAM, answered=1),
    ]
    hours = [(wait.length / timedelta(hours=1), wait.is_over) for wait in waits_for_answer(tickets, now)]
    assert hours == [(10, False), (2, True), (1, True), (4, False)]
    hours = [(wait.length / timedelta(hours=1), wait.is_over) for wait in waits_for_resolution(tickets, now)]
    assert hours == [(10, False), (10, False), (5, True), (4, True)]


def test_no_wait_is_shorter_than_nothing_whatever_the_clocks_say() -> None:
    early = AT - timedelta(hours=1)
    assert waits_for_answer([ticket(TicketState.NEW)], early) == [Wait(timedelta(), False)]
