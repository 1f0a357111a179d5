"""Yes and no answer what was asked last, and nothing else."""

from __future__ import annotations

from tests.conversations.desk import ConversationDesk
from tests.conversations.ole import TODAY, VALIDATED


def test_yes_goes_on_with_what_was_asked(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    asked = ole.say("I want to check a claim")
    assert "reference" in asked

    assert ole.say("yes") == asked


def test_no_to_the_suggestions_leads_to_the_form(desk: ConversationDesk) -> None:
    desk.set_up(TODAY)
    customer = desk.customer()
    customer.say("invoice")
    assert customer.labels[-1] == desk.words("none_of_these")

    customer.say("no")

    assert customer.offers_form


def test_a_suggestion_is_answered_by_its_button(desk: ConversationDesk) -> None:
    desk.set_up(TODAY)
    customer = desk.customer()
    customer.say("invoice")

    customer.press(customer.labels[0])

    assert len(customer.answers) == 1


def test_yes_out_of_the_blue_is_not_understood(desk: ConversationDesk) -> None:
    desk.set_up(TODAY)
    customer = desk.customer()

    assert desk.words("not_understood") in customer.say("yes")
