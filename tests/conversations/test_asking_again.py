"""Conversations in which a question of the desk stays unanswered: it is asked again twice at most, then put aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.adapters.faq_files import read_faq
from tests.conversations.desk import Conversation, ConversationDesk
from tests.conversations.world import PRODUCTS, claim

TODAY = date(2023, 9, 20)
VALIDATED = claim("LEN-351846", "ole@tinderik.example", date(2023, 9, 1), validated_on=date(2023, 9, 11))
NONSENSE = ("asdf qwert", "the green umbrella sings", "jklö jklö jklö", "wibble the frobnicator")
WHICH = "Did you mean the Lenovo Go Wireless Vertical Mouse?"
WHICH_PRODUCT = read_faq(Path(__file__).parents[2] / "faq")["which_product_to_buy"].answer
ASKED = "which product it is"


@pytest.fixture
def customer(desk: ConversationDesk) -> Conversation:
    desk.set_up(TODAY, [VALIDATED], PRODUCTS)
    return desk.customer()


def test_a_check_is_put_aside_when_three_times_asking_has_not_helped(customer: Conversation) -> None:
    asked = customer.say("does my purchase qualify?")
    assert [customer.say(nonsense) for nonsense in NONSENSE[:2]] == [asked, asked]

    told = customer.say(NONSENSE[2])
    assert "put this check aside" in told
    assert f"{ASKED}, on which day it was bought and where it was bought" in told
    assert WHICH_PRODUCT in told
    assert customer.offers_form

    told = customer.say(NONSENSE[3])
    assert ASKED not in told
    assert customer.offers_form


def test_after_it_was_put_aside_a_check_goes_on_with_the_next_detail(customer: Conversation) -> None:
    customer.say("does my purchase qualify?")
    for nonsense in NONSENSE[:3]:
        customer.say(nonsense)

    told = customer.say("a ThinkPad Bluetooth Silent Mouse, bought on amazon on 2 June 2023 for our company")

    assert "this purchase qualifies" in told


def test_whoever_asks_for_a_check_anew_is_asked_anew(customer: Conversation) -> None:
    asked = customer.say("does my purchase qualify?")
    for nonsense in NONSENSE[:3]:
        customer.say(nonsense)

    assert customer.say("does my purchase qualify?") == asked
    assert customer.say(NONSENSE[0]) == asked


def test_a_product_that_is_never_named_leaves_a_verdict_with_its_condition(customer: Conversation) -> None:
    asked = customer.say("does a lenovo verticl mose from amazon qualify, bought for our company on 2 June 2023?")
    assert WHICH in asked
    assert [customer.say(nonsense) for nonsense in NONSENSE[:2]] == [asked, asked]

    told = customer.say(NONSENSE[2])

    assert "qualifies, as long as the product is on the list of qualifying products" in told
    assert WHICH not in told
    assert customer.offers_form


def test_other_details_do_not_bring_the_question_back_for_ever(customer: Conversation) -> None:
    customer.say("does the lenovo verticl mose qualify?")
    for detail in ("it was on amazon", "on 2 June 2023"):
        assert WHICH in customer.say(detail)

    told = customer.say("for our company")

    assert "qualifies, as long as the product is on the list of qualifying products" in told
    assert WHICH not in told


def test_an_answer_in_between_is_followed_by_the_open_question_once(customer: Conversation) -> None:
    customer.say("does my purchase qualify?")

    assert ASKED in customer.say("where is the serial number?")
    assert customer.answers == ["serial_number_location"]

    for question in ("is a cheque possible?", "how many products fit into one claim?"):
        assert ASKED not in customer.say(question)
        assert len(customer.answers) == 1


def test_a_new_detail_may_be_followed_by_one_more_reminder(customer: Conversation) -> None:
    customer.say("does my purchase qualify?")
    customer.say("where is the serial number?")
    customer.say("it was amazon")

    assert ASKED in customer.say("is a cheque possible?")
    assert customer.answers == ["cash_or_cheque"]


def test_a_kind_of_product_is_an_answer_to_which_product(customer: Conversation) -> None:
    customer.say("does my purchase qualify?")

    told = customer.say("a mouse")

    assert "Which of these is it?" in told
    assert len(customer.labels) == 3


def test_a_look_up_is_put_aside_when_three_times_asking_has_not_helped(
    customer: Conversation, desk: ConversationDesk
) -> None:
    asked = customer.say("where is my claim?")
    assert [customer.say(nonsense) for nonsense in NONSENSE[:2]] == [asked, asked]

    assert customer.say(NONSENSE[2]).startswith(desk.words("claim_put_aside"))
    assert customer.offers_form
    assert "reference" not in customer.say(NONSENSE[3])


def test_a_look_up_that_was_put_aside_goes_on_with_what_it_needs(
    customer: Conversation, desk: ConversationDesk
) -> None:
    customer.say("where is my claim?")
    for nonsense in NONSENSE[:3]:
        customer.say(nonsense)

    assert customer.say("LEN-351846") == desk.words("ask_claim_email")
    assert "validated on 11 September 2023" in customer.say("ole@tinderik.example")


def test_an_answer_in_between_is_followed_by_the_open_look_up_once(
    customer: Conversation, desk: ConversationDesk
) -> None:
    customer.say("where is my claim?")
    customer.say("LEN-351846")

    assert desk.words("ask_claim_email") in customer.say("is a cheque possible?")
    assert desk.words("ask_claim_email") not in customer.say("where is the serial number?")
    assert customer.answers == ["serial_number_location"]
    assert "validated on 11 September 2023" in customer.say("ole@tinderik.example")
