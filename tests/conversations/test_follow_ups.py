"""A follow-up is understood from what was said before it."""

from __future__ import annotations

import pytest

from tests.conversations.desk import ConversationDesk
from tests.conversations.ole import A_PURCHASE, DOES_NOT, PAID, QUALIFIES, TODAY, VALIDATED
from tests.conversations.world import PRODUCTS, SILENT_MOUSE


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
