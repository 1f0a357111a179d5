"""What was asked, read from real databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert, update
from sqlalchemy.engine import Engine

from bot.adapters.sql.asked_questions import SqlAskedQuestions
from bot.adapters.sql.conversation_tables import conversations, messages
from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.ticket_tables import tickets
from bot.core.gaps import Failure, SmallWords, gaps_in
from bot.core.tickets import TicketState
from bot.services.gap_ports import Asked
from tests.gaps import ANSWER, CHOICE, NOON, PROMOTION, THANKS, TURNED_AWAY, hold, open_ticket, thumb_down

WORDS = SmallWords(frozenset(), frozenset({THANKS.text}))


def found(asked: Asked) -> dict[str, tuple[tuple[Failure, ...], tuple[str, ...]]]:
    gaps = [gap for held in asked.conversations for gap in gaps_in(held, WORDS)]
    return {gap.text: (gap.failures, gap.reasons) for gap in gaps}


def test_what_failed_and_how_comes_out_of_messages_verdicts_and_tickets(desk_engine: Engine) -> None:
    hold(desk_engine, "Is it taxable?", TURNED_AWAY, "thanks", THANKS)
    hold(desk_engine, "the money?", CHOICE, "How long will it take?", ANSWER)
    hold(desk_engine, "the mony?", CHOICE)
    rated = hold(desk_engine, "How long?", ANSWER)
    thumb_down(desk_engine, rated[1], "out_of_date")
    handed = hold(desk_engine, "And in cash?", ANSWER)
    open_ticket(desk_engine, handed, NOON + timedelta(minutes=5))
    liked = hold(desk_engine, "Fine?", ANSWER)
    SqlConversations(desk_engine).rate("another", liked[1].id, helpful=False, reason="", at=NOON)

    assert found(SqlAskedQuestions(desk_engine).since(PROMOTION, None)) == {
        "Is it taxable?": ((Failure.NO_ANSWER,), ()),
        "the mony?": ((Failure.NO_ANSWER,), ()),
        "How long?": ((Failure.THUMBS_DOWN,), ("out_of_date",)),
        "And in cash?": ((Failure.HAND_OFF,), ()),
    }


def test_only_this_promotion_and_this_time_is_read(desk_engine: Engine) -> None:
    hold(desk_engine, "mine", TURNED_AWAY)
    hold(desk_engine, "theirs", TURNED_AWAY, promotion="lamps")
    hold(desk_engine, "long ago", TURNED_AWAY, at=NOON - timedelta(days=40))
    asked = SqlAskedQuestions(desk_engine)

    assert set(found(asked.since(PROMOTION, NOON - timedelta(days=30)))) == {"mine"}
    assert set(found(asked.since(PROMOTION, None))) == {"mine", "long ago"}
    assert set(found(asked.since("lamps", None))) == {"theirs"}
    assert found(asked.since("nobody's", None)) == {}


def test_conversations_whose_ticket_was_spam_are_left_out(desk_engine: Engine) -> None:
    spam, honest = hold(desk_engine, "buy my pills", TURNED_AWAY), hold(desk_engine, "Is it taxable?", TURNED_AWAY)
    marked = update(tickets).where(tickets.c.reference == open_ticket(desk_engine, spam, NOON))
    with desk_engine.begin() as connection:
        connection.execute(marked.values(state=TicketState.SPAM.value))
    open_ticket(desk_engine, honest, NOON)

    assert set(found(SqlAskedQuestions(desk_engine).since(PROMOTION, None))) == {"Is it taxable?"}


def test_of_too_many_messages_the_newest_conversations_are_read_whole_and_it_is_told(desk_engine: Engine) -> None:
    for number in range(6):
        hold(desk_engine, f"question {number}", TURNED_AWAY, at=NOON + timedelta(hours=number))
    cut = SqlAskedQuestions(desk_engine, most_messages=3, at_once=2).since(PROMOTION, None)
    whole = SqlAskedQuestions(desk_engine, most_messages=12, at_once=2).since(PROMOTION, None)

    assert (set(found(cut)), cut.is_cut) == ({"question 4", "question 5"}, True)
    assert (len(found(whole)), whole.is_cut) == (6, False)


def test_thousands_of_conversations_are_read_without_a_statement_that_takes_long(desk_engine: Engine) -> None:
    """Every statement is cancelled after three seconds on PostgreSQL."""
    begun = [
        {"id": f"c{number}", "session_hash": f"s{number}", "reference": f"R{number}", "promotion": PROMOTION, "started_at": NOON, "last_seen_at": NOON}
        for number in range(4000)
    ]  # fmt: skip
    said = [
        {"id": f"m{number}-{place}", "conversation_id": f"c{number}", "text": f"question {number}", "reply": reply, "created_at": NOON}
        for number in range(4000)
        for place, reply in enumerate((None, TURNED_AWAY.as_dict()) * 4)
    ]  # fmt: skip
    with desk_engine.begin() as connection:
        connection.execute(insert(conversations), begun)
        connection.execute(insert(messages), said)
    asked = SqlAskedQuestions(desk_engine).since(PROMOTION, None)

    assert (len(found(asked)), asked.is_cut) == (4000, False)
