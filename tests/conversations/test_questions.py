"""Conversations about the page's questions: several at once, and messages nobody could understand."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conversations.desk import ConversationDesk
from tests.conversations.world import claim


def test_two_questions_get_two_answers_also_with_a_look_up(desk: ConversationDesk) -> None:
    validated = claim("LEN-493860", "indkob@sejlloft.example", date(2023, 8, 1), validated_on=date(2023, 8, 10))
    desk.set_up(date(2023, 8, 25), [validated])
    customer = desk.customer()

    customer.say("Could you send a cheque instead, and what if I can't find my invoice any more?")
    assert customer.answers == ["cash_or_cheque", "lost_invoice"]

    told = customer.say("How long does the payment take, and can you pay it out to my brother?")
    assert customer.answers == ["how_long_for_discount", "pay_to_someone_else"]
    assert "2023" not in told

    customer.say("And if nothing has come even then?")
    assert customer.answers == ["discount_not_received_50_days"]
    assert customer.offers_form

    told = customer.say("Where is the invoice number? Also, could you look at LEN-493860?")
    assert customer.answers == ["what_is_invoice_number"]
    assert desk.words("ask_claim_email") in told

    told = customer.say("indkob@sejlloft.example")
    assert "validated on 10 August 2023" in told
    assert "24 September 2023" in told
    assert "29 September 2023" in told


@pytest.mark.parametrize(
    ("text", "answers", "said"),
    [
        ("do i get vat back and where do i upload the invoice", ["include_invoice_copy"], "left_open"),
        (
            "which invoice do you need? until when can i claim? is amazon ok?",
            ["when_can_i_claim", "what_is_reseller"],
            "did_you_mean_beside",
        ),
        ("is the thinkvision p27h-30 covered? do i get vat back?", [], "left_open_first"),
        (
            "My new dock keeps overheating, can somebody swap it? And until which day can I send the claim in?",
            ["when_can_i_claim"],
            "left_open",
        ),
        ("what's the weather in oslo, and can i get the money in cash", ["cash_or_cheque"], "left_open"),
    ],
)
def test_what_has_no_answer_is_not_passed_over_beside_what_is_answered_or_checked(
    desk: ConversationDesk, text: str, answers: list[str], said: str
) -> None:
    desk.set_up(date(2023, 9, 20))
    customer = desk.customer()

    told = customer.say(text)

    assert customer.answers == answers
    assert desk.words(said) in told
    assert customer.offers_form


def test_three_questions_in_a_row_are_answered_in_their_order(desk: ConversationDesk) -> None:
    desk.set_up(date(2023, 9, 20))
    customer = desk.customer()
    customer.say("where do i find the invoice number, how long does payment take, and can i get a cheque?")
    assert customer.answers == ["what_is_invoice_number", "how_long_for_discount", "cash_or_cheque"]


@pytest.mark.parametrize("text", ["How do I claim?", "where's the form to apply with", "hvordan søger jeg om pengene"])
def test_how_to_claim_is_the_first_thing_anybody_asks(desk: ConversationDesk, text: str) -> None:
    desk.set_up(date(2023, 9, 20))
    customer = desk.customer()
    customer.say(text)
    assert customer.answers == ["how_to_qualify"]


def test_after_two_messages_not_understood_the_form_is_offered_unasked(desk: ConversationDesk) -> None:
    desk.set_up(date(2023, 7, 2))
    customer = desk.customer()

    first = customer.say("the thingy makes that wobble when it rains on the second one")
    assert customer.answers == []

    second = customer.say("nah the round one, same as yesterday, you see")
    assert customer.answers == []
    assert customer.offers_form
    assert "this conversation" in second
    assert second != first

    told = customer.say("Sorry, let me put that properly: which customers is this offer meant for?")
    assert customer.answers == ["who_can_use_promotion"]
    assert "not understood" not in told


def test_in_january_the_page_leaves_open_whether_a_claim_is_too_late(desk: ConversationDesk) -> None:
    desk.set_up(date(2024, 1, 10))
    customer = desk.customer()

    told = customer.say("until when can I hand in my claim?")
    assert "customer service can tell you what holds for you" in told
    assert customer.offers_form


def test_in_spring_the_promotion_is_over(desk: ConversationDesk) -> None:
    desk.set_up(date(2024, 3, 8))
    customer = desk.customer()

    told = customer.say("is it too late to claim?")
    assert "the promotion is over" in told
