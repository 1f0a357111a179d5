"""Conversations about whether a purchase qualifies."""

from __future__ import annotations

from datetime import date

from tests.conversations.desk import ConversationDesk
from tests.conversations.world import PRODUCTS, SILENT_MOUSE, claim

QUALIFIES = "As far as the page's rules go, this purchase qualifies"
DOES_NOT = "This purchase does not qualify"


def test_everything_in_one_message_gets_one_clear_answer(desk: ConversationDesk) -> None:
    desk.set_up(date(2023, 9, 14), products=PRODUCTS)
    customer = desk.customer()

    told = customer.say(
        "Our dental practice ordered four Lenovo Essential FHD Webcams from an online retailer on 1 September 2023. "
        "Are they part of the promotion?"
    )
    assert QUALIFIES in told
    assert "on the list of qualifying products" in told
    assert "1 September 2023 is in the purchase period" in told
    assert "claim by 31 December 2023" in told

    customer.say("And would thirteen more in October still fit in the same claim?")
    assert "max_products_per_claim" in customer.answers
    assert DOES_NOT not in customer.text

    customer.say("Then we'd hand in another one?")
    assert customer.answers == ["more_than_one_claim"]


def test_step_by_step_with_a_product_badly_misspelt(desk: ConversationDesk) -> None:
    desk.set_up(date(2023, 10, 30), products=PRODUCTS)
    customer = desk.customer()

    told = customer.say("hello, does what we bought for the firm count for cashback?")
    assert "which product" in told
    assert "business" not in told

    told = customer.say("the thinkpad bluetoth silnt mouse")
    assert SILENT_MOUSE.name in told
    assert QUALIFIES not in told
    assert "not on the list" not in told

    told = customer.say("yes, on the 14th of july this year")
    assert "where it was bought" in told

    told = customer.say("from amazon")
    assert QUALIFIES in told
    assert "14 July 2023" in told
    assert "claim by 31 December 2023" in told

    customer.say("which document do you need when it was ordered online?")
    assert customer.answers == ["bought_online_documents"]


def test_a_purchase_between_the_two_ends_gets_neither_yes_nor_no(desk: ConversationDesk) -> None:
    desk.set_up(date(2023, 12, 20), products=PRODUCTS)
    customer = desk.customer()

    told = customer.say(
        "Our clinic got a Lenovo Essential FHD Webcam at an electronics store on 4 December 2023. Can we still get cashback for it?"
    )
    assert "two different ends of the purchase period, 30 November 2023 and 31 December 2023" in told
    assert "cannot settle" in told
    assert "claim by 31 December 2023" in told
    assert customer.offers_form

    told = customer.say("Just tell me yes or no, please")
    assert "Neither yes nor no" in told
    assert customer.offers_form

    told = customer.say("OK. And what is the latest safe date to send the claim?")
    assert "31 December 2023" in told

    told = customer.say("What about the other webcam, from the same store, bought on 21 November?")
    assert QUALIFIES in told
    assert "21 November 2023" in told


def test_a_purchase_from_a_distributor_does_not_qualify_and_there_is_no_exception(desk: ConversationDesk) -> None:
    desk.set_up(date(2023, 8, 4), products=PRODUCTS)
    customer = desk.customer()

    told = customer.say(
        "We bought five Lenovo USB-C Travel Hub Gen 2 for the company straight from a distributor on 12 July 2023. Do they qualify?"
    )
    assert f"{DOES_NOT}: it was bought directly from a distributor, and such purchases are not accepted." in told

    customer.say("And who counts as a reseller?")
    assert customer.answers == ["what_is_reseller"]

    told = customer.say("What if Amazon had sold them to us?")
    assert "Amazon is accepted" in told
    assert "12 July 2023" in told
    assert DOES_NOT not in told

    told = customer.say("It was the distributor though. Can you make an exception for a little company like ours?")
    assert DOES_NOT in told
    assert QUALIFIES not in told


def test_a_customer_changes_subject_corrects_the_date_and_drops_the_rest(desk: ConversationDesk) -> None:
    paid = claim(
        "LEN-175904",
        "hei@papirlageret.example",
        date(2023, 7, 3),
        validated_on=date(2023, 7, 12),
        paid_on=date(2023, 8, 21),
    )
    desk.set_up(date(2023, 10, 24), [paid], PRODUCTS)
    customer = desk.customer()

    assert customer.say("I want to know the status of LEN-175904") == desk.words("ask_claim_email")

    told = customer.say("no, never mind that one. Tell me instead if another thing we purchased is eligible")
    assert "which product" in told

    told = customer.say("a ThinkVision P24h-30 monitor, bought in a web shop on 8 May 2023")
    assert f"{DOES_NOT}: 8 May 2023 is before the first day of the purchase period, 22 May 2023." in told

    told = customer.say("oh sorry, that's the date of the quote. We bought it on 8 August 2023")
    assert QUALIFIES in told
    assert "8 August 2023" in told
    assert DOES_NOT not in told

    told = customer.say("Perfect, nothing else. And don't bother about that claim.")
    assert told in (desk.words("goodbye"), desk.words("thanks"), desk.words("cancelled"))
