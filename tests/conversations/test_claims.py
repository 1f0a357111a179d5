"""Conversations about the customer's own claim, from its first mention to its payment."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.core.claims import ClaimLine
from tests.conversations.desk import ConversationDesk
from tests.conversations.world import claim


def test_a_claim_still_to_be_checked_has_no_payment_date(desk: ConversationDesk) -> None:
    desk.set_up(date(2023, 8, 30), [claim("LEN-918273", "thea@fyrlys.example", date(2023, 8, 14))])
    thea = desk.customer()

    told = thea.say(
        "Good morning! About two weeks ago we handed in our cashback claim, under thea@fyrlys.example. Is there any news on it?"
    )
    assert "reference" in told
    assert "e-mail" not in told

    told = thea.say("It is LEN-918273")
    assert "submitted on 14 August 2023" in told
    assert "not been validated yet" in told
    assert "count from the validation" in told
    # 45 and 50 days after the claim was handed in, which is not when they begin
    assert "28 September 2023" not in told
    assert "3 October 2023" not in told

    thea.say("Do you write to me when it has been checked?")
    assert thea.answers == ["claim_notification"]


def test_a_reference_in_lower_case_and_an_address_in_capitals_are_understood(desk: ConversationDesk) -> None:
    # The clocks change on 26 March; the days are counted all the same.
    desk.set_up(
        date(2024, 3, 20),
        [claim("LEN-307416", "mads.krogh@tagbolig.example", date(2024, 2, 1), validated_on=date(2024, 3, 5))],
    )
    mads = desk.customer()

    told = mads.say(
        "how long till the cash lands on my account? it's claim len 307 416, registered with Mads.Krogh@Tagbolig.example"
    )
    assert "validated on 5 March 2024" in told
    assert "by 19 April 2024 at the latest" in told
    assert "until 24 April 2024" in told

    told = mads.say("are those business days?")
    assert "calendar days" in told

    told = mads.say("cheers, that was everything")
    assert told in (desk.words("thanks"), desk.words("goodbye"))


def test_what_is_missing_is_told_without_a_deadline_of_our_own(desk: ConversationDesk) -> None:
    reason = "The serial number on the form cannot be read."
    desk.set_up(date(2023, 10, 12), [claim("LEN-730562", "k.aas@fjellbad.example", date(2023, 9, 28), missing=reason)])
    customer = desk.customer()

    told = customer.say("You wrote me that something is missing in our claim. What do I have to hand in?")
    assert "reference" in told
    assert reason not in told

    told = customer.say("LEN-730562 and k.aas@fjellbad.example")
    assert reason in told
    assert "information is missing" in told
    assert customer.offers_form
    assert "rejected" not in told

    customer.say("We do have an order confirmation with our company's name on it. Is that any use?")
    assert customer.answers == ["invoice_vs_order_confirmation"]

    told = customer.say("By when must that be fixed?")
    assert not re.search(r"\d+ (calendar )?days", told)
    assert "2023" not in told or "31 December 2023" in told


def test_between_day_45_and_day_50_the_money_can_still_come_in_time(desk: ConversationDesk) -> None:
    desk.set_up(
        date(2023, 12, 19),
        [claim("LEN-284715", "rune@brobyg.example", date(2023, 10, 9), validated_on=date(2023, 11, 2))],
    )
    rune = desk.customer()

    told = rune.say("we haven't received a single krone yet, could you find out where the payment is?")
    assert "reference" in told
    assert "2023" not in told

    told = rune.say("number LEN-284715")
    assert told == desk.words("ask_claim_email")

    told = rune.say("rune@brobyg.example")
    assert "validated on 2 November 2023" in told
    assert "ended on 17 December 2023" in told
    assert "until 22 December 2023" in told
    assert "still come in time" in told

    rune.say("what do I do if there's nothing by then either?")
    assert rune.answers == ["discount_not_received_50_days"]
    assert rune.offers_form


def test_an_angry_customer_whose_payment_is_overdue_gets_a_way_on(desk: ConversationDesk) -> None:
    # Day 50 falls behind a leap day's eve: 29 December and 50 days are 17 February.
    overdue = claim("LEN-619438", "tove.lie@kystfisk.example", date(2023, 12, 11), validated_on=date(2023, 12, 29))
    desk.set_up(date(2024, 2, 20), [overdue])
    tove = desk.customer()

    told = tove.say("What a joke. We've been waiting forever for this cashback and nobody ever gets back to us")
    assert "sorry" in told
    assert tove.offers_form

    told = tove.say("LEN-619438, tove.lie@kystfisk.example")
    assert "validated on 29 December 2023" in told
    assert "ended on 17 February 2024" in told
    assert tove.offers_form
    assert "wait" not in told

    told = tove.say("seriously? weeks and weeks, and all I get is one more form")
    assert tove.offers_form
    assert "I can look up" not in told
    assert told not in (desk.words("not_understood"), desk.words("not_understood_again"))

    told = tove.say("whatever, I'll send them that form. goodbye")
    assert told == desk.words("goodbye")


def test_questions_in_the_middle_of_a_look_up_do_not_end_it(desk: ConversationDesk) -> None:
    lines = (ClaimLine("Marlow Dock", 3, Decimal("99.50")), ClaimLine("Tarn Headset", 4))
    paid = claim(
        "LEN-836257",
        "drift@elvebakk.example",
        date(2023, 6, 26),
        validated_on=date(2023, 7, 4),
        paid_on=date(2023, 8, 9),
        lines=lines,
    )
    desk.set_up(date(2023, 9, 5), [paid])
    customer = desk.customer()

    assert "reference" in customer.say("could you tell me how far my claim has got")

    told = customer.say("One moment. First: on which side of the device is the serial number printed?")
    assert customer.answers == ["serial_number_location"]
    assert "To look up your claim" in told

    assert customer.say("found it: LEN-836257") == desk.words("ask_claim_email")

    told = customer.say("Just out of interest, what's the largest number of products in a single claim?")
    assert customer.answers == ["max_products_per_claim"]
    assert desk.words("ask_claim_email") in told

    told = customer.say("drift@elvebakk.example")
    assert "paid on 9 August 2023" in told
    assert "3 × Marlow Dock, 4 × Tarn Headset" in told
    assert told.count("LEN-836257") == 1
    assert customer.answers == []
