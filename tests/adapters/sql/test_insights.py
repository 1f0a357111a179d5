"""Counts against small data counted by hand, on both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, update
from sqlalchemy.engine import Engine

from bot.adapters.sql.conversation_tables import conversations, messages
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.insights import SqlMeasures
from bot.adapters.sql.lookups import SqlLookups
from bot.adapters.sql.ticket_tables import tickets
from bot.adapters.sql.tickets import SqlTickets
from bot.core.conversations import Message
from bot.core.insights import (
    ConversationCount,
    Locks,
    LookupCount,
    Outcome,
    OutcomeCount,
    QuestionCount,
    Verdicts,
    outcome_of_message,
)
from bot.core.periods import Period
from bot.core.replies import Reply, ReplyKind
from bot.core.tickets import Ticket, TicketState
from bot.services.insight_ports import Counts, Days, LockRule
from bot.services.ports import Unavailable

ZONE = ZoneInfo("Europe/Copenhagen")
KEY = "lamps"
RULE = LockRule(5, timedelta(minutes=15), timedelta(hours=1))
PERIOD = Period(date(2023, 12, 1), date(2023, 12, 2))
NOW = datetime(2023, 12, 2, 18, 0, tzinfo=ZONE)
TALKS = "answers thanks with 0.98, at least 0.50"
MISSES = "turns it away: no answer with 0.91, so cash with 0.03 is less than 1.50 times as likely"


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2023, 12, day, hour, minute, second, tzinfo=ZONE)


class Desk:
    """A desk database that is written to as the desk writes to it."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.conversations = SqlConversations(engine)
        self.lookups = SqlLookups(engine, "secret")
        self._count = 0

    def begin(self, moment: datetime, promotion: str = KEY) -> str:
        self._count += 1
        return self.conversations.start(f"session {self._count}", promotion, moment).id

    def say(
        self, conversation: str, moment: datetime, *replies: Reply, late: timedelta = timedelta(seconds=1)
    ) -> list[str]:
        """One message of a customer with its replies; the replies' ids."""
        self._count += 1
        ids = [f"reply {self._count} {place}" for place in range(len(replies))]
        self.conversations.add(conversation, Message(f"said {self._count}", moment, "where is my money"))
        self.conversations.add(
            conversation, *(Message(id, moment + late, reply.text, reply) for id, reply in zip(ids, replies))
        )
        return ids

    def open_ticket(
        self, moment: datetime, conversation: str = "", promotion: str = KEY, topic: str = "My claim"
    ) -> str:
        self._count += 1
        ticket = Ticket(promotion, conversation, "Ane", "ane@birkvik.example", "Hello", moment, topic=topic)
        return SqlTickets(self.engine).open(ticket, f"form {self._count}", lambda _: [])

    def count(self, period: Period = PERIOD) -> Counts:
        return SqlMeasures(self.engine).count(Days(KEY, period, ZONE), RULE, NOW)


def answer(faq_id: str = "cash", version: str = "v1") -> Reply:
    return Reply(
        ReplyKind.ANSWER, "By bank transfer.", faq_id, version, why=f"answers {faq_id} with 0.93, at least 0.50"
    )


def reply(kind: ReplyKind, why: str = "") -> Reply:
    return Reply(kind, "…", why=why)


@pytest.fixture
def desk(desk_engine: Engine) -> Iterator[Desk]:
    yield Desk(desk_engine)


def test_an_empty_desk_counts_nothing(desk: Desk) -> None:
    counts = desk.count()
    assert (counts.outcomes, counts.conversations, counts.questions) == ((), [], ())
    assert (counts.verdicts, counts.lookups, counts.tickets, counts.locks, counts.samples) == ([], [], [], Locks(), 0)
    assert SqlMeasures(desk.engine).first_day(KEY, ZONE) is None


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


WHYS = (
    "", TALKS, MISSES, "the customer pressed a button", "answers greet with 0.9", "answers greetings with 0.9", "Answers thanks with 1",
    "answers thanks with 0.9; turns it away: no answer", "answers bot_challenge with 0.9", "answers botXchallenge with 0.9",
    "answers claim_status with 0.9; answers thanks with 0.9", "answers thanks", "x answers thanks with 0.9", "answers greet with 0.9; Suggests it",
)  # fmt: skip


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


def test_look_ups_are_counted_by_result_and_locks_by_what_was_locked(desk: Desk) -> None:
    one, other = desk.begin(at(1, 9)), desk.begin(at(1, 10))

    def fail(conversation: str, moment: datetime, reference: str, email: str) -> None:
        desk.lookups.record_attempt(conversation, reference=reference, email=email, succeeded=False, at=moment)

    for minute in (0, 2, 4, 6, 14):  # within a quarter of an hour: the conversation is locked
        fail(one, at(1, 9, minute), f"L-{minute}", f"{minute}@a.example")
    for minute in (0, 14, 28, 42, 59):  # too slow for the conversation, quick enough for the reference
        fail(other, at(1, 23, minute), "L-1", f"{minute}@b.example")
    desk.lookups.record_attempt(other, reference="L-1", email="c@c.example", succeeded=True, at=at(2, 9))

    counts = desk.count()
    assert counts.lookups == [LookupCount(date(2023, 12, 1), 0, 10), LookupCount(date(2023, 12, 2), 1, 0)]
    assert counts.locks == Locks(conversations=1, references=1, addresses=0)


def test_a_lock_belongs_to_the_day_on_which_it_shut(desk: Desk) -> None:
    conversation = desk.begin(at(2, 0))
    for minute in (56, 57, 58, 59):
        moment = datetime(2023, 11, 30, 23, minute, tzinfo=ZONE)
        desk.lookups.record_attempt(conversation, reference="L-1", email="a@a.example", succeeded=False, at=moment)
    assert desk.count().locks == Locks()
    desk.lookups.record_attempt(conversation, reference="L-1", email="a@a.example", succeeded=False, at=at(1, 0, 2))
    assert desk.count().locks == Locks(1, 1, 1)


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


MANY = 100_000
SECONDS = {"sqlite": 1.0, "postgresql": 2.0}
"""With room for a busy machine; a quiet one takes a third of it."""


def test_a_hundred_thousand_messages_are_counted_at_once(desk: Desk) -> None:
    random, begin = Random(7), datetime(2023, 9, 10, tzinfo=timezone.utc)
    held, said = [], []
    kinds = [
        answer().as_dict(),
        reply(ReplyKind.LOOKUP).as_dict(),
        reply(ReplyKind.NOTICE, MISSES).as_dict(),
        reply(ReplyKind.HANDOFF).as_dict(),
    ]
    for number in range(MANY // 8):
        moment = begin + timedelta(seconds=random.randrange(80 * 86_400))
        id = f"conversation {number}"
        held.append(
            {
                "id": id,
                "session_hash": id,
                "reference": str(number),
                "promotion": KEY,
                "started_at": moment,
                "last_seen_at": moment,
            }
        )
        for place in range(8):
            kept = {**random.choice(kinds), "text": "words " * 60} if place % 2 else None
            said.append(
                {
                    "id": f"{number} {place}",
                    "conversation_id": id,
                    "text": "words " * 20,
                    "reply": kept,
                    "created_at": moment,
                }
            )
    with desk.engine.begin() as connection:
        for table, rows in ((conversations, held), (messages, said)):
            for start in range(0, len(rows), 5000):
                connection.execute(insert(table), rows[start : start + 5000])

    clock = time.process_time if desk.engine.dialect.name == "sqlite" else time.monotonic
    took = []
    for _ in range(3):
        began = clock()
        counts = desk.count(Period(date(2023, 9, 4), date(2023, 12, 2)))
        took.append(clock() - began)

    assert sum(one.messages for one in counts.outcomes) == MANY / 2
    assert sum(one.conversations for one in counts.conversations) == MANY / 8
    assert min(took) < SECONDS[desk.engine.dialect.name], took
