"""What a message means in the middle of a conversation."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.claims import ClaimLine
from tests.conversations.desk import ConversationDesk
from tests.conversations.world import HUB, P24, PRODUCTS, SILENT_MOUSE, VERTICAL_MOUSE, WEBCAM, claim

TODAY = date(2023, 9, 20)
VALIDATED = claim("LEN-351846", "ole@tinderik.example", date(2023, 9, 1), validated_on=date(2023, 9, 11))
PAID = claim(
    "LEN-446120",
    "ole@tinderik.example",
    date(2023, 6, 10),
    validated_on=date(2023, 6, 22),
    paid_on=date(2023, 7, 19),
    lines=(ClaimLine("Tarn Headset", 1),),
)
A_PURCHASE = "We bought a ThinkPad Bluetooth Silent Mouse in a shop for our company on 2 June 2023, does it qualify?"
QUALIFIES = "As far as the page's rules go, this purchase qualifies"
DOES_NOT = "This purchase does not qualify"


# Follow-ups


@pytest.mark.parametrize(
    ("before", "follow_up", "entry"),
    [
        ("can you pay it out as a cheque?", "and how long does that take?", "how_long_for_discount"),
        (
            "how many days do I wait for the payment?",
            "and if the money never shows up?",
            "discount_not_received_50_days",
        ),
        ("how is the cashback paid?", "ok, and to my wife's account?", "pay_to_someone_else"),
        (
            "I can't find the receipt, is that bad?",
            "and what if all I have is the order confirmation?",
            "invoice_vs_order_confirmation",
        ),
        ("how many products fit into one claim?", "and how many claims can I make?", "more_than_one_claim"),
        ("do I have to upload the invoice?", "and without a scanner?", "no_scanner_for_invoice"),
    ],
)
def test_a_follow_up_is_understood_from_what_was_answered(
    desk: ConversationDesk, before: str, follow_up: str, entry: str
) -> None:
    desk.set_up(TODAY)
    customer = desk.customer()
    customer.say(before)

    customer.say(follow_up)

    assert customer.answers == [entry]


def test_follow_ups_on_a_claim_need_no_new_identification(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED, PAID])
    ole = desk.customer()
    ole.say("where is my claim LEN-351846, ole@tinderik.example")

    told = ole.say("and when do I get the money?")
    assert "by 26 October 2023 at the latest" in told

    ole.say("and if it's late?")
    assert ole.answers == ["discount_not_received_50_days"]


def test_a_second_claim_is_told_to_the_same_customer(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED, PAID])
    ole = desk.customer()
    ole.say("where is my claim LEN-351846, ole@tinderik.example")

    told = ole.say("what about my second claim, LEN-446120?")

    assert "paid on 19 July 2023" in told
    assert "LEN-351846" not in told


def test_a_second_claim_without_its_reference_is_asked_for(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, [VALIDATED, PAID])
    ole = desk.customer()
    ole.say("where is my claim LEN-351846, ole@tinderik.example")

    told = ole.say("and what about my other claim?")

    assert "reference" in told
    assert "LEN-351846" not in told


def test_what_if_questions_change_one_fact_and_keep_the_rest(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, products=PRODUCTS)
    customer = desk.customer()
    assert QUALIFIES in customer.say(A_PURCHASE)

    told = customer.say("and if we had bought it on 2 May?")
    assert f"{DOES_NOT}: 2 May 2023 is before" in told
    assert SILENT_MOUSE.name in told

    told = customer.say("and if it was 2 July, but from a distributor?")
    assert f"{DOES_NOT}: it was bought directly from a distributor" in told

    told = customer.say("ok, and from an online shop?")
    assert QUALIFIES in told
    assert "2 July 2023" in told


def test_another_kind_of_product_is_not_taken_for_the_one_before(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, products=PRODUCTS)
    customer = desk.customer()
    customer.say(A_PURCHASE)

    told = customer.say("and the webcam, bought on 3 June?")

    assert SILENT_MOUSE.name not in told


def test_why_not_gets_the_reason_again(desk: ConversationDesk) -> None:
    desk.set_up(TODAY, products=PRODUCTS)
    customer = desk.customer()
    customer.say(
        "Does a ThinkPad Bluetooth Silent Mouse qualify that we bought for the office at a shop on 3 April 2023?"
    )

    told = customer.say("why not?")

    assert "before the first day of the purchase period" in told


# Change of mind


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


# Small talk in between


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


# Dates and products asked back


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


# Yes and no


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
