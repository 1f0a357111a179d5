"""Conversations, questions, thumbs, look-ups and tickets against small data counted by hand."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.insights import SqlMeasures
from bot.adapters.sql.ticket_tables import tickets
from bot.core.insights import (
    ConversationCount,
    Locks,
    QuestionCount,
    Verdicts,
)
from bot.core.periods import Period
from bot.core.replies import ReplyKind
from bot.core.tickets import TicketState
from bot.services.insight_ports import Days
from bot.services.ports import Unavailable
from tests.adapters.sql.insights.counted_desk import KEY, NOW, PERIOD, RULE, ZONE, Desk, answer, at, reply


def test_an_empty_desk_counts_nothing(desk: Desk) -> None:
    counts = desk.count()
    assert (counts.outcomes, counts.conversations, counts.questions) == ((), [], ())
    assert (counts.verdicts, counts.lookups, counts.tickets, counts.locks, counts.samples) == ([], [], [], Locks(), 0)
    assert SqlMeasures(desk.engine).first_day(KEY, ZONE) is None


def test_conversations_of_another_promotion_are_not_counted(desk: Desk) -> None:
    other = desk.begin(at(1, 9), "other")
    (rated,) = desk.say(other, at(1, 9), answer())
    desk.conversations.rate(other, rated, helpful=True, reason="", at=at(1, 9))
    desk.lookups.record_attempt(other, reference="L-1", email="a@b.example", succeeded=True, at=at(1, 9))
    desk.open_ticket(at(1, 9), promotion="other")

    counts = desk.count()
    assert not any((counts.outcomes, counts.conversations, counts.verdicts, counts.lookups, counts.tickets))


def test_a_conversation_counts_as_handed_off_once_it_has_ended(desk: Desk) -> None:
    settled, shown, with_ticket, long, running = (desk.begin(at(1, hour)) for hour in (9, 10, 11, 12, 13))
    desk.say(settled, at(1, 9), answer())
    desk.say(shown, at(1, 10), answer())
    desk.say(shown, at(1, 10, 1), reply(ReplyKind.HANDOFF))
    desk.say(with_ticket, at(1, 11), answer())
    desk.open_ticket(at(1, 12), with_ticket)
    desk.say(long, at(1, 12), answer())
    desk.say(long, at(1, 23), reply(ReplyKind.HANDOFF))
    desk.say(running, at(1, 13), reply(ReplyKind.HANDOFF))
    desk.say(running, at(2, 17, 30), answer())

    assert desk.count().conversations == [ConversationCount(date(2023, 12, 1), 5, 1, 3)]
    # What came after the last day counts for how a conversation of these days ended.
    only_then = desk.count(Period(date(2023, 12, 1), date(2023, 12, 1))).conversations
    assert only_then == [ConversationCount(date(2023, 12, 1), 5, 1, 3)]


def test_a_question_counts_once_for_each_conversation(desk: Desk) -> None:
    first, second = desk.begin(at(1, 9)), desk.begin(at(1, 10))
    for moment in (at(1, 9), at(1, 9, 1), at(2, 9)):
        desk.say(first, moment, answer("cash"), answer("dates"))
    desk.say(second, at(1, 10), answer("cash"))

    assert desk.count().questions == (QuestionCount("cash", 2), QuestionCount("dates", 1))


def test_thumbs_are_counted_by_entry_and_version_with_their_reasons(desk: Desk) -> None:
    conversation = desk.begin(at(1, 9))
    said = [
        desk.say(conversation, at(1, 9), one)[0]
        for one in (answer(), answer(), answer(), answer(version="v2"), reply(ReplyKind.LOOKUP), answer(), answer())
    ]
    thumbs = [
        (True, ""),
        (False, "wrong"),
        (False, "my own words"),
        (False, "out_of_date"),
        (True, ""),
        (False, "wrong"),
    ]
    for id, (helpful, reason) in zip(said, thumbs):
        desk.conversations.rate(conversation, id, helpful=helpful, reason=reason, at=at(2, 9))
    desk.conversations.rate(conversation, said[6], helpful=True, reason="", at=at(3, 9))
    desk.conversations.rate(conversation, said[0], helpful=False, reason="", at=at(2, 10))  # thought better of it

    assert desk.count().verdicts == [
        Verdicts("", "", "lookup", 1, 0),
        Verdicts("cash", "v1", "answer", 0, 4, (("wrong", 2),)),
        Verdicts("cash", "v2", "answer", 0, 1, (("out_of_date", 1),)),
    ]


def test_tickets_come_with_what_happened_to_them(desk: Desk) -> None:
    references = [
        desk.open_ticket(at(1, hour), topic=topic) for hour, topic in ((9, "My claim"), (10, "Payment"), (11, ""))
    ]
    desk.open_ticket(at(3, 9))
    with desk.engine.begin() as connection:
        change = update(tickets).where(tickets.c.reference == references[1])
        times = {"first_answered_at": at(2, 8), "resolved_at": at(2, 10), "changed_at": at(3, 9)}
        connection.execute(change.values(state=TicketState.RESOLVED.value, **times))

    found = desk.count().tickets
    assert [(one.topic, one.state, one.opened_at) for one in found] == [
        ("My claim", TicketState.NEW, at(1, 9)),
        ("Payment", TicketState.RESOLVED, at(1, 10)),
        ("", TicketState.NEW, at(1, 11)),
    ]
    assert [one.resolved_at for one in found] == [None, at(2, 10), None]
    assert [one.first_answered_at for one in found] == [None, at(2, 8), None]


def test_the_first_day_is_that_of_the_first_conversation_or_ticket(desk: Desk) -> None:
    desk.begin(at(2, 9))
    measures = SqlMeasures(desk.engine)
    assert measures.first_day(KEY, ZONE) == date(2023, 12, 2)
    desk.open_ticket(at(1, 0, 10))
    assert measures.first_day(KEY, ZONE) == date(2023, 12, 1)
    assert measures.first_day("other", ZONE) is None


def test_a_database_out_of_reach_is_said_to_be() -> None:
    engine = make_engine("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(Unavailable):
        SqlMeasures(engine).count(Days(KEY, PERIOD, ZONE), RULE, NOW)
    with pytest.raises(Unavailable):
        SqlMeasures(engine).first_day(KEY, ZONE)
