"""What was begun can be dropped, forgotten or complained about."""

from __future__ import annotations

import pytest

from tests.conversations.desk import ConversationDesk
from tests.conversations.ole import TODAY, VALIDATED


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
