"""What came of customers' messages, counted by day, against small data counted by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.core.insights import (
    Outcome,
    OutcomeCount,
    QuestionCount,
    outcome_of_message,
)
from bot.core.periods import Period
from bot.core.replies import ReplyKind
from tests.adapters.sql.insights.counted_desk import MISSES, TALKS, ZONE, Desk, answer, at, reply

WHYS = (
    "", TALKS, MISSES, "the customer pressed a button", "answers greet with 0.9", "answers greetings with 0.9", "Answers thanks with 1",
    "answers thanks with 0.9; turns it away: no answer", "answers bot_challenge with 0.9", "answers botXchallenge with 0.9",
    "answers claim_status with 0.9; answers thanks with 0.9", "answers thanks", "x answers thanks with 0.9", "answers greet with 0.9; Suggests it",
)  # fmt: skip


def test_messages_are_counted_by_day_and_by_what_came_of_them(desk: Desk) -> None:
    first, second = desk.begin(at(1, 9)), desk.begin(at(1, 10))
    desk.say(first, at(1, 9), answer())
    desk.say(first, at(1, 9, 1), answer(), answer("dates"), reply(ReplyKind.NOTICE, MISSES))
    desk.say(second, at(1, 10), reply(ReplyKind.SUGGESTIONS, "suggests cash with 0.31"))
    desk.say(first, at(1, 11), answer(), reply(ReplyKind.HANDOFF))
    desk.say(second, at(2, 0, 30), reply(ReplyKind.NOTICE, TALKS))
    desk.say(second, at(2, 0, 31), reply(ReplyKind.NOTICE, MISSES))
    desk.say(second, at(2, 0, 32), reply(ReplyKind.NOTICE))
    desk.say(second, at(2, 0, 33))
    desk.say(second, at(2, 0, 34), reply(ReplyKind.QUESTION, "answers claim_status with 0.9"))

    assert desk.count().outcomes == (
        OutcomeCount(date(2023, 12, 1), Outcome.ANSWERED, 2),
        OutcomeCount(date(2023, 12, 1), Outcome.SUGGESTED, 1),
        OutcomeCount(date(2023, 12, 1), Outcome.HANDED_OFF, 1),
        OutcomeCount(date(2023, 12, 2), Outcome.LOOKED_UP, 1),
        OutcomeCount(date(2023, 12, 2), Outcome.NONE, 3),
        OutcomeCount(date(2023, 12, 2), Outcome.TALK, 1),
    )


def test_the_database_judges_a_reply_as_it_is_defined(desk: Desk) -> None:
    drawn = [(kind, why) for kind in ReplyKind for why in WHYS]
    conversation = desk.begin(at(1, 9))
    # One a day, so that each is counted by itself.
    days = [at(1, 9) + timedelta(days=number) for number in range(len(drawn))]
    for moment, (kind, why) in zip(days, drawn):
        desk.say(conversation, moment, reply(kind, why))

    counted = desk.count(Period(days[0].date(), days[-1].date())).outcomes

    assert [one.day for one in counted] == [moment.date() for moment in days]
    assert [one.outcome for one in counted] == [outcome_of_message([one]) for one in drawn]


def test_a_day_begins_at_midnight_where_the_promotion_runs(desk: Desk) -> None:
    conversation = desk.begin(at(1, 0))
    for moment in (at(1, 0), at(1, 23, 59, 59), at(2, 0), at(2, 23, 59, 59)):
        desk.say(conversation, moment, answer())
    desk.say(conversation, datetime(2023, 11, 30, 23, 59, 59, tzinfo=ZONE), answer())
    desk.say(conversation, at(3, 0), answer())

    assert [(one.day.day, one.messages) for one in desk.count().outcomes] == [(1, 2), (2, 2)]


def test_a_reply_after_midnight_still_answers_the_message_before_it(desk: Desk) -> None:
    conversation = desk.begin(datetime(2023, 11, 30, 23, 59, tzinfo=ZONE))
    desk.say(
        conversation,
        datetime(2023, 11, 30, 23, 59, 59, tzinfo=ZONE),
        reply(ReplyKind.HANDOFF),
        late=timedelta(seconds=5),
    )
    desk.say(conversation, at(2, 23, 59, 59), answer(), late=timedelta(seconds=5))

    counts = desk.count()
    assert counts.outcomes == (OutcomeCount(date(2023, 12, 2), Outcome.ANSWERED, 1),)
    assert counts.questions == (QuestionCount("cash", 1),)
