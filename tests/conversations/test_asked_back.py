"""Dates and products that may mean several things are asked back."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conversations.desk import ConversationDesk
from tests.conversations.ole import DOES_NOT, QUALIFIES, TODAY
from tests.conversations.world import HUB, P24, PRODUCTS, VERTICAL_MOUSE, WEBCAM


@pytest.mark.parametrize(
    ("pressed", "verdict"), [("5 October 2023", QUALIFIES), ("10 May 2023", f"{DOES_NOT}: 10 May 2023 is before")]
)
def test_a_date_with_two_readings_is_asked_back(desk: ConversationDesk, pressed: str, verdict: str) -> None:
    desk.set_up(date(2023, 11, 20), products=PRODUCTS)
    customer = desk.customer()

    customer.say("Our company ordered a ThinkPad Bluetooth Silent Mouse on Amazon on 5/10/2023, is it eligible?")
    assert customer.labels == ["10 May 2023", "5 October 2023"]

    assert verdict in customer.press(pressed)


@pytest.mark.parametrize("which", ["in October", "the october one", "5 October"])
def test_a_date_asked_back_can_be_typed(desk: ConversationDesk, which: str) -> None:
    desk.set_up(date(2023, 11, 20), products=PRODUCTS)
    customer = desk.customer()
    customer.say("Our company ordered a ThinkPad Bluetooth Silent Mouse on Amazon on 5/10/2023, is it eligible?")

    told = customer.say(which)

    assert QUALIFIES in told
    assert "5 October 2023" in told


@pytest.mark.parametrize("yes", ["yes", "yes that's the one", "exactly"])
def test_a_product_that_was_offered_is_accepted(desk: ConversationDesk, yes: str) -> None:
    desk.set_up(TODAY, products=PRODUCTS)
    customer = desk.customer()
    told = customer.say("does the lenovo verticl mose qualify")
    assert f"Did you mean the {VERTICAL_MOUSE.name}?" in told

    told = customer.say(yes)

    assert f"That is the {VERTICAL_MOUSE.name}" in told
    assert "on which day it was bought" in told


def test_a_product_that_was_offered_is_accepted_by_its_button(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, products=PRODUCTS)
    customer = desk.customer()
    customer.say("does the lenovo verticl mose qualify")

    assert f"That is the {VERTICAL_MOUSE.name}" in customer.press(VERTICAL_MOUSE.name)


@pytest.mark.parametrize("no", ["no", "no, not that one"])
def test_a_product_that_was_offered_is_refused(desk: ConversationDesk, no: str) -> None:
    desk.set_up(TODAY, products=PRODUCTS)
    customer = desk.customer()
    customer.say("does the lenovo verticl mose qualify")

    told = customer.say(no)

    assert "not on the list" in told
    assert customer.offers_form


def test_a_product_that_is_not_on_the_list_is_told_so(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, products=[HUB, P24, WEBCAM])
    customer = desk.customer()

    told = customer.say(
        "We bought a Dell UltraSharp U2723QE for our office from amazon on 3 July 2023, do we get cashback?"
    )

    assert f"{DOES_NOT}: it is not on the list of qualifying products." in told
    assert customer.offers_form
