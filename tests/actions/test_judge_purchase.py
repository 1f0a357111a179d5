"""A purchase is judged in a conversation, whole or told bit by bit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.judge_purchase import ActionJudgePurchase
from bot.core.purchase import Buyer, Purchase, Seller
from bot.core.replies import ReplyKind
from tests.actions.running import Fakes, Outcome, run, tracker

WHOLE = Purchase(
    product="Halden Dock 7", listed=True, bought_on=date(2023, 8, 14), seller=Seller.SHOP, buyer=Buyer.BUSINESS
)
MISSPELT = Purchase(product_text="haldn dok", listed=False, close=("Halden Dock 7", "Halden Dock 8"))


def told(
    purchase: Purchase,
    *,
    before: Purchase | None = None,
    open_task: str | None = None,
    intent: str = "product_eligibility",
) -> Outcome:
    slots = {"purchase": before.as_dict() if before else None, "open_task": open_task}
    return run(ActionJudgePurchase(Fakes().desk()), tracker(intent, told=purchase, **slots))


def pressed(entity: str, value: str, before: Purchase) -> Outcome:
    message = tracker(
        "give_purchase_details", entities={entity: value}, purchase=before.as_dict(), open_task="purchase"
    )
    return run(ActionJudgePurchase(Fakes().desk()), message)


def test_a_whole_purchase_is_judged_and_nothing_stays_open() -> None:
    outcome = told(WHOLE)
    assert outcome.text.startswith("As far as the page's rules go, this purchase qualifies")
    assert outcome.slots["open_task"] is None
    assert outcome.purchase == WHOLE


def test_what_is_missing_is_asked_for_and_the_check_stays_open() -> None:
    outcome = told(Purchase(product="Halden Dock 7", listed=True))
    assert outcome.replies[0].kind is ReplyKind.QUESTION
    assert "on which day it was bought" in outcome.text
    assert "which product" not in outcome.text
    assert outcome.slots["open_task"] == "purchase"


def test_what_is_told_bit_by_bit_comes_together() -> None:
    outcome = told(
        Purchase(seller=Seller.SHOP, buyer=Buyer.BUSINESS),
        before=replace(WHOLE, seller=None, buyer=None),
        open_task="purchase",
        intent="give_purchase_details",
    )
    assert outcome.purchase == WHOLE
    assert outcome.slots["open_task"] is None


def test_a_correction_changes_the_verdict() -> None:
    outcome = told(Purchase(bought_on=date(2023, 5, 2)), before=WHOLE, intent="give_purchase_details")
    assert "does not qualify" in outcome.text
    assert outcome.purchase.bought_on == date(2023, 5, 2)


def test_the_same_question_again_gets_the_short_verdict() -> None:
    first, again = told(WHOLE), told(Purchase(), before=WHOLE)
    assert again.text.startswith("Yes. ")
    assert len(again.text) < len(first.text)


def test_a_customer_who_tells_nothing_is_asked_for_everything() -> None:
    outcome = told(Purchase())
    assert "which product it is, on which day it was bought and where" in outcome.text


def test_a_pressed_product_is_taken_from_the_list() -> None:
    outcome = pressed("product", "Halden Dock 7", replace(MISSPELT, bought_on=date(2023, 8, 14), seller=Seller.SHOP))
    assert (outcome.purchase.product, outcome.purchase.listed) == ("Halden Dock 7", True)
    assert "qualifies" in outcome.text


def test_none_of_these_means_that_it_is_not_on_the_list() -> None:
    outcome = pressed("product", "", replace(MISSPELT, bought_on=date(2023, 8, 14), seller=Seller.SHOP))
    assert (outcome.purchase.product, outcome.purchase.listed, outcome.purchase.close) == (None, False, ())
    assert outcome.purchase.product_text == "haldn dok", "what the customer called it is not forgotten"
    assert "not on the list" in outcome.text


def test_a_pressed_day_settles_which_one_was_meant() -> None:
    both = replace(WHOLE, bought_on=None, date_readings=(date(2023, 7, 6), date(2023, 6, 7)))
    outcome = pressed("date", "2023-06-07", both)
    assert outcome.purchase.bought_on == date(2023, 6, 7)
    assert outcome.purchase.date_readings == ()


@pytest.mark.parametrize("value", ["yesterday", "", "2023-13-40"])
def test_a_day_that_is_none_is_a_failure_and_no_silence(value: str) -> None:
    assert pressed("date", value, WHOLE).replies


def test_nothing_but_the_purchase_is_kept() -> None:
    assert set(told(WHOLE).slots) == {"purchase", "open_task"}
