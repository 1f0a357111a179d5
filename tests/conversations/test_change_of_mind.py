"""What was begun can be dropped, forgotten or complained about."""

from __future__ import annotations

import pytest

from tests.conversations.desk import ConversationDesk
from tests.conversations.ole import TODAY, VALIDATED
from tests.conversations.world import PRODUCTS


@pytest.mark.parametrize(
    "dropped", ["forget it, I don't need that anymore", "leave it", "cancel that please", "oh, never mind"]
)
def test_a_look_up_can_be_dropped(desk: ConversationDesk, dropped: str) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    ole.say("check my claim please")
    ole.say("LEN-351846")

    assert ole.say(dropped) == desk.words("cancelled")

    ole.takes_everything_back()
    assert "reference" in ole.say("where is my claim?")


def test_a_question_after_dropping_a_look_up_is_answered_and_the_look_up_stays_dropped(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    ole.say("check my claim please")

    told = ole.say("oh forget it, where do I find the serial number?")

    assert told.startswith(desk.words("cancelled"))
    assert ole.answers == ["serial_number_location"]
    assert "reference" not in told


def test_a_purchase_can_be_asked_about_after_dropping_a_look_up(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED], PRODUCTS)
    ole = desk.customer()
    ole.say("check my claim please")

    assert "which product" in ole.say("ugh. forget it, do docks count")


def test_what_the_page_does_not_answer_is_turned_away_in_the_middle_of_a_look_up_too(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    asked = ole.say("check my claim please")

    told = ole.say("is there warranty on the mouse")

    assert desk.words("out_of_scope") in told
    assert asked in told


@pytest.mark.parametrize("again", ["let's start over", "start from the beginning please", "can we begin again?"])
def test_starting_afresh_forgets_the_claim(desk: ConversationDesk, again: str) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    ole.say("look up LEN-351846 for ole@tinderik.example")

    assert ole.say(again) == desk.words("restarted")

    ole.takes_everything_back()
    told = ole.say("when will the payment for my claim arrive?")
    assert "its reference" in told
    assert "e-mail address" in told


@pytest.mark.parametrize(
    "complaint", ["that didn't help me", "this isn't what I was asking", "no, that's not an answer"]
)
def test_an_answer_that_did_not_help_leads_on(desk: ConversationDesk, complaint: str) -> None:
    desk.set_up(TODAY)
    customer = desk.customer()
    customer.say("where is the serial number?")

    customer.say(complaint)

    assert customer.offers_form
    assert customer.answers == []
