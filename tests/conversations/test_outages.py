"""Conversations while a part of the desk is down: the page's questions are answered all the same."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conversations.desk import ConversationDesk
from tests.conversations.world import PRODUCTS, claim

TODAY = date(2023, 9, 20)
VALIDATED = claim("LEN-351846", "ole@tinderik.example", date(2023, 9, 1), validated_on=date(2023, 9, 11))
DATABASES = ["PROMODESK_CLAIMS_URL", "PROMODESK_DATABASE_URL"]


def test_without_the_action_server_a_look_up_leads_to_the_form(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    desk.actions.is_down = True

    told = ole.say("where is my claim LEN-351846, ole@tinderik.example?")

    assert told.startswith(desk.words("look_up_failed"))
    assert ole.offers_form


def test_without_the_action_server_questions_are_answered(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    customer = desk.customer()
    desk.actions.is_down = True

    customer.say("how many products can go on one claim?")
    assert customer.answers == ["max_products_per_claim"]
    customer.say("I want to talk to a person")
    assert customer.offers_form


def test_in_the_middle_of_a_look_up_questions_are_answered_without_the_action_server(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    ole.say("I'd like to check my claim")
    desk.actions.is_down = True

    ole.say("how many products can go on one claim?")

    assert ole.answers == ["max_products_per_claim"]


def test_a_look_up_goes_on_when_the_action_server_is_back(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    desk.actions.is_down = True
    ole.say("where is my claim LEN-351846, ole@tinderik.example?")
    desk.actions.is_down = False

    assert "validated on 11 September 2023" in ole.say("and now? where is my claim?")


@pytest.mark.parametrize("database", DATABASES)
def test_without_a_database_a_look_up_leads_to_the_form(desk: ConversationDesk, database: str) -> None:
    desk.set_up(TODAY, [VALIDATED])
    desk.lose(database)
    ole = desk.customer()

    ole.say("where is my claim LEN-351846, ole@tinderik.example?")

    assert [reply.text for reply in ole.replies] == [desk.words("claim_lookup_unavailable")]
    assert ole.offers_form


@pytest.mark.parametrize("database", DATABASES)
def test_without_a_database_questions_are_answered(desk: ConversationDesk, database: str) -> None:
    desk.set_up(TODAY, [VALIDATED])
    desk.lose(database)
    customer = desk.customer()

    customer.say("how many products can go on one claim?")

    assert customer.answers == ["max_products_per_claim"]


def test_without_the_list_of_products_no_product_is_called_unlisted(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, products=PRODUCTS)
    desk.lose("PROMODESK_CLAIMS_URL")
    customer = desk.customer()

    told = customer.say(
        "We bought a ThinkPad Bluetooth Silent Mouse in a shop for our company on 2 June 2023, does it qualify?"
    )

    assert "not on the list" not in told
    assert "could not check the product" in told
    assert customer.offers_form


@pytest.mark.parametrize("in_between", ["how many products can go on one claim?", "the green umbrella sings"])
def test_a_look_up_that_loses_its_database_does_not_take_the_conversation_along(
    desk: ConversationDesk, in_between: str
) -> None:
    desk.set_up(TODAY, [VALIDATED])
    ole = desk.customer()
    ole.say("I'd like to check my claim")
    desk.lose("PROMODESK_DATABASE_URL")

    assert desk.words("claim_lookup_unavailable") in ole.say(in_between)

    ole.say("where is the serial number?")
    assert ole.answers == ["serial_number_location"]
    assert len(ole.replies) == 1
