"""When the details of a message go on with the purchase that was talked about."""

from __future__ import annotations

import pytest

from bot.core.ranking import Band
from bot.core.turn_context import Context, Given
from tests.core.asking import (
    A_KIND,
    A_PURCHASE,
    AN_ASIDE,
    ASKED_FOR_CLAIM,
    ASKED_FOR_PURCHASE,
    TALKED_OF_PURCHASE,
    asks,
    intent,
    turn,
)


def test_details_of_a_purchase_go_on_with_the_purchase_that_was_asked_about() -> None:
    for given in (A_PURCHASE, AN_ASIDE):
        assert intent(asks("greet", 0.1, Band.NONE), given=given, context=ASKED_FOR_PURCHASE) == "give_purchase_details"


def test_details_of_a_purchase_go_on_with_one_that_was_talked_about_before() -> None:
    unclear = asks("lost_invoice", 0.1, Band.NONE)
    assert intent(unclear, given=A_PURCHASE, context=TALKED_OF_PURCHASE) == "give_purchase_details"
    assert intent(unclear, given=AN_ASIDE, context=TALKED_OF_PURCHASE) != "give_purchase_details"


@pytest.mark.parametrize("context", [Context(), ASKED_FOR_CLAIM])
def test_without_a_purchase_in_the_conversation_its_details_continue_nothing(context: Context) -> None:
    taken = turn(asks("lost_invoice"), text="I lost the invoice of Monday", given=A_PURCHASE, context=context)
    assert (taken.intent, taken.answers) == ("faq", ("lost_invoice",))


def test_a_question_that_only_mentions_a_day_is_a_question_all_the_same() -> None:
    taken = turn(
        asks("when_can_i_claim"),
        text="can everybody at the office still claim until the end of November?",
        given=A_PURCHASE,
        context=ASKED_FOR_PURCHASE,
    )
    assert (taken.intent, taken.answers) == ("faq", ("when_can_i_claim",))


def test_a_short_answer_to_what_was_asked_is_no_question_whatever_it_resembles() -> None:
    taken = turn(asks("what_is_reseller"), text="from our usual reseller", given=A_PURCHASE, context=ASKED_FOR_PURCHASE)
    assert (taken.intent, taken.answers) == ("give_purchase_details", ())


@pytest.mark.parametrize("text", ["what if we got it in June?", "and in June?", "sorry, it was June"])
def test_a_follow_up_on_the_purchase_goes_on_with_it(text: str) -> None:
    taken = turn(asks("online_shop"), text=text, given=A_PURCHASE, context=TALKED_OF_PURCHASE)
    assert taken.intent == "give_purchase_details"


def test_a_new_question_that_begins_with_and_is_no_follow_up() -> None:
    taken = turn(
        asks("online_shop"), text="and can I buy it online in June?", given=A_PURCHASE, context=TALKED_OF_PURCHASE
    )
    assert (taken.intent, taken.answers) == ("faq", ("online_shop",))


def test_a_correction_goes_on_with_the_purchase_though_it_resembles_a_question_of_the_page() -> None:
    text = "the date is wrong. it was 12 November"
    taken = turn(asks("date_not_in_dropdown"), text=text, given=A_PURCHASE, context=TALKED_OF_PURCHASE)
    assert (taken.intent, taken.answers) == ("give_purchase_details", ())


@pytest.mark.parametrize("given", [AN_ASIDE, A_KIND])
def test_what_is_no_subject_of_its_own_can_be_corrected_after_a_verdict(given: Given) -> None:
    unclear = asks("lost_invoice", 0.1, Band.NONE)
    for question in (unclear, asks("who_can_use_promotion")):
        taken = turn(question, text="sorry, it was a private one", given=given, context=TALKED_OF_PURCHASE)
        assert (taken.intent, taken.answers) == ("give_purchase_details", ())
    assert intent(unclear, text="sorry, it was a private one", given=given) == "nlu_fallback"


def test_a_kind_of_product_answers_what_was_asked_and_no_question_of_the_page() -> None:
    unclear = asks("lost_invoice", 0.1, Band.NONE)
    assert intent(unclear, text="a webcam", given=A_KIND, context=ASKED_FOR_PURCHASE) == "give_purchase_details"
    asked = asks("serial_number_location")
    assert intent(asked, text="the webcam's number", given=A_KIND, context=ASKED_FOR_PURCHASE) == "faq"
