"""Small talk and nonsense leave what was asked as it is."""

from __future__ import annotations

import pytest

from tests.conversations.desk import ConversationDesk
from tests.conversations.ole import TODAY, VALIDATED


def test_thanks_and_goodbye_leave_a_look_up_as_it_is(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    ole.say("I'd like to check my claim")
    ole.say("LEN-351846")

    assert ole.say("thanks!") == desk.words("thanks")
    assert ole.say("see you") == desk.words("goodbye")
    assert "validated on 11 September 2023" in ole.say("here I am again: ole@tinderik.example")


def test_nonsense_in_the_middle_of_a_look_up_leads_back_to_it(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    ole.say("I'd like to check my claim")
    ole.say("LEN-351846")

    assert ole.say("the green umbrella sings") == desk.words("ask_claim_email")


@pytest.mark.parametrize("nonsense", [("wibble the frobnicator", "flurb"), ("qwertz asdf", "jklö jklö jklö")])
def test_two_misses_bring_the_contact_form_unasked(desk: ConversationDesk, nonsense: tuple[str, str]) -> None:
    desk.set_up(TODAY)
    customer = desk.customer()
    first = customer.say(nonsense[0])

    second = customer.say(nonsense[1])

    assert customer.answers == []
    assert customer.offers_form
    assert second != first
    assert "trouble" not in second
