"""Which questions count as not settled, and which of the customer's messages are questions at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.gaps import Failure, Gap, HeldConversation, SmallWords, gaps_in, has_placeholder, is_worth_reading
from bot.core.replies import Reply, ReplyKind
from tests.gaps import ANSWER, CHOICE, HAND_OFF, NOON, THANKS, TURNED_AWAY, Said, messages

WORDS = SmallWords(frozenset({"I have not understood."}), frozenset({"You are welcome!"}))
NO_ANSWER, THUMBS_DOWN, HANDED_OVER = (Failure.NO_ANSWER,), (Failure.THUMBS_DOWN,), (Failure.HAND_OFF,)


def gaps(*said: Said, tickets_after: tuple[int, ...] = ()) -> list[Gap]:
    moments = [NOON + timedelta(minutes=minutes, seconds=30) for minutes in tickets_after]
    return gaps_in(HeldConversation("c1", messages(*said), handed_over_at=moments), WORDS)


def told(*said: Said, tickets_after: tuple[int, ...] = ()) -> list[tuple[str, tuple[Failure, ...]]]:
    return [(gap.text, gap.failures) for gap in gaps(*said, tickets_after=tickets_after)]


def test_a_question_that_was_turned_away_is_a_gap_and_an_answered_one_is_not() -> None:
    assert told("Is it taxable?", TURNED_AWAY, "How long does it take?", ANSWER) == [("Is it taxable?", NO_ANSWER)]


def test_a_question_that_was_not_understood_is_known_by_the_desks_words_too() -> None:
    missed = Reply(ReplyKind.NOTICE, "I have not understood.", why="suggests greet with 0.2: too unsure")
    assert told("Blue?", missed) == [("Blue?", NO_ANSWER)]


def test_the_part_that_was_left_open_beside_an_answer_is_a_gap() -> None:
    left = Reply(ReplyKind.NOTICE, "The other thing is not on the page.", why=f"{ANSWER.why}; {TURNED_AWAY.why}")
    assert told("How long, and is it taxable?", ANSWER, left) == [("How long, and is it taxable?", NO_ANSWER)]


def test_thanks_are_no_gap_whatever_was_said_around_them() -> None:
    assert told("Thanks, bye to your cat", Reply(THANKS.kind, THANKS.text, why=TURNED_AWAY.why)) == []


def test_a_choice_is_a_gap_unless_one_of_it_is_taken() -> None:
    assert told("the money?", CHOICE) == [("the money?", NO_ANSWER)]
    assert told("the money?", CHOICE, "How long will it take?", ANSWER) == []
    assert told("the money?", CHOICE, "thanks", THANKS, "How long will it take?", ANSWER) == []


def test_none_of_these_takes_nothing_and_is_no_question_itself() -> None:
    denied = Reply(ReplyKind.NOTICE, "I have not understood.", why="the customer pressed a button")
    assert told("the money?", CHOICE, "None of these", denied) == [("the money?", NO_ANSWER)]


def test_a_desk_that_could_not_answer_makes_no_gap() -> None:
    assert told("How long?", Reply(ReplyKind.NOTICE, "I cannot answer messages at the moment.")) == []


def test_an_answer_that_did_not_help_is_a_gap_with_its_reason_and_entry() -> None:
    said = messages("How long?", ANSWER, "And cash?", ANSWER)
    held = HeldConversation("c1", said, {said[1].id: "out_of_date", said[3].id: ""})
    first, second = gaps_in(held, WORDS)

    assert (first.text, first.failures, first.reasons) == ("How long?", THUMBS_DOWN, ("out_of_date",))
    assert (second.failures, second.reasons, second.answered_with) == (THUMBS_DOWN, (), "how_long_for_discount")


def test_the_last_question_before_a_hand_off_is_a_gap() -> None:
    assert told("How long?", ANSWER, "And cash?", ANSWER, "thanks", THANKS, "a person please", HAND_OFF) == [
        ("And cash?", HANDED_OVER)
    ]
    assert told("a person please", HAND_OFF) == []


def test_a_question_asked_together_with_the_wish_for_a_person_is_the_gap_itself() -> None:
    assert told("Is it taxable?", ANSWER, "How long? Or let me talk to somebody", ANSWER, HAND_OFF) == [
        ("How long? Or let me talk to somebody", HANDED_OVER)
    ]


def test_the_last_question_before_a_ticket_is_a_gap_and_later_ones_are_not() -> None:
    assert told("How long?", ANSWER, "And cash?", ANSWER, tickets_after=(1,)) == [("How long?", HANDED_OVER)]
    assert told("How long?", ANSWER, tickets_after=(1, 1)) == [("How long?", HANDED_OVER)]


def test_a_question_may_fail_in_several_ways() -> None:
    assert told("Is it taxable?", TURNED_AWAY, "a person please", HAND_OFF) == [
        ("Is it taxable?", (Failure.NO_ANSWER, Failure.HAND_OFF))
    ]


def test_details_for_a_look_up_are_no_question() -> None:
    asks = Reply(ReplyKind.QUESTION, "Which reference?", why="answers claim_status with 0.9")
    found = Reply(ReplyKind.LOOKUP, "It is validated.", why="")
    assert told("where is my claim", asks, "it is ‹claim reference›", found, "a person please", HAND_OFF) == [
        ("where is my claim", HANDED_OVER)
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "?", "a", "aaaa AAA", "👍", "‹claim reference›", "‹e-mail address›, ‹number›!", "https://spam.example/win", "www.spam.example", "1234"]
)  # fmt: skip
def test_what_says_nothing_is_no_gap(text: str) -> None:
    assert not is_worth_reading(text)
    assert told(text, TURNED_AWAY) == []


@pytest.mark.parametrize(
    "text", ["hi", "see https://shop.example – ok?", "‹claim reference› is wrong", "Ваучер?", "ok"]
)
def test_whatever_has_a_word_may_be_one(text: str) -> None:
    assert is_worth_reading(text)


def test_a_placeholder_is_found() -> None:
    assert has_placeholder("it is ‹claim reference›")
    assert not has_placeholder("it is <b>")


def test_a_desk_that_speaks_first_and_an_empty_conversation_are_no_trouble() -> None:
    assert told(ANSWER, TURNED_AWAY) == []
    assert told() == []
    assert told("Is it taxable?") == []
