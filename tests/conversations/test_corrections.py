"""Conversations in which a detail of a purchase is corrected: the rest stays, and the verdict is given anew."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conversations.desk import Conversation, ConversationDesk
from tests.conversations.world import PRODUCTS, SILENT_MOUSE, VERTICAL_MOUSE, WEBCAM

TODAY = date(2023, 12, 15)
QUALIFIES = "As far as the page's rules go, this purchase qualifies"
DOES_NOT = "This purchase does not qualify"
TOO_EARLY = "We bought a lenovo verticl mose from amazon for our company on 3 May 2023, does it qualify?"
"""Judged by its date alone: nobody has had to ask yet which mouse it is."""


@pytest.fixture
def customer(desk: ConversationDesk) -> Conversation:
    desk.set_up(TODAY, products=PRODUCTS)
    return desk.customer()


@pytest.mark.parametrize(
    ("correction", "day"),
    [
        ("actually it was 12 november", "12 November 2023"),
        ("sorry, I meant the 3rd of October", "3 October 2023"),
        ("undskyld, det var den 12. november", "12 November 2023"),
        ("förlåt, jag menade den 3 oktober", "3 October 2023"),
        ("beklager, jeg mente 4. oktober", "4 October 2023"),
        ("the date is wrong. it was on 10 October 2023", "10 October 2023"),
    ],
)
def test_a_corrected_date_gives_the_verdict_anew_whatever_it_was_before(
    customer: Conversation, correction: str, day: str
) -> None:
    told = customer.say(
        "We bought a Lenovo Essential FHD Webcam at a shop for our company on 5 December 2023, does it qualify?"
    )
    assert "cannot settle" in told

    told = customer.say(correction)

    assert QUALIFIES in told
    assert f"{day} is in the purchase period" in told
    assert WEBCAM.name in told
    assert "shops are accepted" in told


def test_a_corrected_date_gives_the_verdict_also_if_the_product_was_never_clear(customer: Conversation) -> None:
    assert f"{DOES_NOT}: 3 May 2023 is before" in customer.say(TOO_EARLY)

    told = customer.say("actually it was 12 november")

    verdict, asked = customer.replies
    assert f"{QUALIFIES}, as long as the product is on the list of qualifying products" in verdict.text
    assert "12 November 2023 is in the purchase period" in verdict.text
    assert "Amazon is accepted" in verdict.text
    assert "Did you mean" in asked.text
    assert customer.offers_form
    assert "not on the list" not in told


def test_a_second_correction_gives_the_verdict_once_more(customer: Conversation) -> None:
    customer.say(TOO_EARLY)
    customer.say("actually it was 12 november")

    told = customer.say("sorry, I meant the 3rd of October")

    assert QUALIFIES in told
    assert "3 October 2023 is in the purchase period" in told


def test_the_product_named_after_a_correction_settles_the_verdict(customer: Conversation) -> None:
    customer.say(TOO_EARLY)
    customer.say("actually it was 12 november")

    told = customer.press(VERTICAL_MOUSE.name)

    assert QUALIFIES in told
    assert f"the {VERTICAL_MOUSE.name} is on the list" in told
    assert "12 November 2023" in told
    assert "as long as" not in told


def test_who_does_not_say_which_product_it_is_gets_corrections_without_the_question(customer: Conversation) -> None:
    customer.say(TOO_EARLY)
    for day in (12, 13, 14):
        assert "Did you mean" in customer.say(f"actually it was {day} november")

    told = customer.say("actually it was 15 november")

    assert QUALIFIES in told
    assert "15 November 2023" in told
    assert "Did you mean" not in told
    assert customer.offers_form


def test_a_corrected_seller_gives_the_verdict_and_asks_for_the_product_only(customer: Conversation) -> None:
    told = customer.say("I got a webcam for our company from a distributor on 1 July 2023. Is it eligible?")
    assert f"{DOES_NOT}: it was bought directly from a distributor" in told

    told = customer.say("actually it was amazon")

    assert f"{QUALIFIES}, as long as the product is on the list" in told
    assert "Please also tell me which product it is." in told
    assert "1 July 2023 is in the purchase period" in told


@pytest.mark.parametrize(
    ("correction", "verdict"),
    [
        ("sorry, it was for private use", f"{DOES_NOT}: the promotion is for businesses"),
        ("sorry, we only have an order confirmation", "an order confirmation is not accepted"),
        ("no, it was from a distributor", f"{DOES_NOT}: it was bought directly from a distributor"),
    ],
)
def test_another_detail_can_be_corrected_just_so(customer: Conversation, correction: str, verdict: str) -> None:
    customer.say("We bought a ThinkPad Bluetooth Silent Mouse in a shop on 2 June 2023, does it qualify?")

    told = customer.say(correction)

    assert verdict in told
    assert SILENT_MOUSE.name in told
    assert "2 June 2023" in told


def test_a_question_about_a_date_is_no_correction(customer: Conversation) -> None:
    customer.say("We bought a ThinkPad Bluetooth Silent Mouse in a shop on 2 June 2023, does it qualify?")

    customer.say("how do I get a copy of the invoice of 2 June if I lost it?")

    assert customer.answers == ["lost_invoice"]
    assert QUALIFIES not in customer.text
