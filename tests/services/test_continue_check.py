"""A check goes on by what is told: corrections keep the rest, and no detail is asked for more than three times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from bot.adapters.replies_file import read_wording
from bot.core.eligibility import Missing
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.purchase_check import MOST_ASKED, PurchaseCheck
from bot.core.replies import ReplyKind
from bot.services.continue_check import Checked, continue_check
from tests.promotions import lenovo_like

WORDING = read_wording(Path(__file__).parents[2] / "faq" / "replies")
TODAY = date(2023, 12, 12)
DAY = Purchase(bought_on=date(2023, 8, 14))
EARLY = Purchase(bought_on=date(2023, 5, 3))
SHOP, DISTRIBUTOR = Purchase(seller=Seller.SHOP), Purchase(seller=Seller.DISTRIBUTOR)
NEAR = Purchase(product_text="haldn dok", listed=False, close=("Halden Dock 7", "Halden Dock 8"))
DOCK = Purchase(product="Halden Dock 7", listed=True)
NOTHING = Purchase()
QUALIFIES, DOES_NOT = "this purchase qualifies", "does not qualify"


class Customer:
    """Tells one thing after the other."""

    def __init__(self, check: PurchaseCheck | None = None) -> None:
        self.checked = Checked([], check or PurchaseCheck(), is_open=False)

    def tells(self, told: Purchase) -> str:
        last = self.checked
        self.checked = continue_check(
            last.check, told, promotion=lenovo_like(), today=TODAY, wording=WORDING, is_open=last.is_open
        )
        return "\n".join(reply.text for reply in self.checked.replies)

    @property
    def kinds(self) -> list[ReplyKind]:
        return [reply.kind for reply in self.checked.replies]


def test_a_correction_of_a_settled_verdict_is_judged_anew_and_asks_nothing() -> None:
    customer = Customer()
    assert DOES_NOT in customer.tells(DOCK.merge(EARLY).merge(SHOP))
    assert QUALIFIES in customer.tells(DAY)
    assert DOES_NOT in customer.tells(DISTRIBUTOR)
    assert customer.checked.check.purchase == DOCK.merge(DAY).merge(DISTRIBUTOR)
    assert not customer.checked.is_open


def test_words_that_come_near_to_one_of_the_products_offered_choose_it() -> None:
    customer = Customer()
    customer.tells(NEAR.merge(DAY))
    assert customer.kinds == [ReplyKind.SUGGESTIONS]
    customer.tells(Purchase(product_text="the 8 one", listed=False, close=("Halden Dock 8",)))
    assert customer.checked.check.purchase.product == "Halden Dock 8"


@pytest.mark.parametrize("product", [NEAR, NOTHING])
def test_a_correction_gives_the_verdict_first_and_then_asks_what_nobody_had_to_know_before(product: Purchase) -> None:
    customer = Customer()
    assert DOES_NOT in customer.tells(product.merge(EARLY).merge(SHOP))

    told = customer.tells(DAY)

    assert f"{QUALIFIES}, as long as the product is on the list" in told
    assert customer.kinds[0] is ReplyKind.LOOKUP
    assert len(customer.kinds) == 2
    assert customer.checked.is_open


def test_a_correction_that_leaves_the_day_open_has_no_verdict() -> None:
    customer = Customer()
    customer.tells(DOCK.merge(DISTRIBUTOR))

    told = customer.tells(SHOP)

    assert "on which day it was bought" in told
    assert customer.kinds == [ReplyKind.QUESTION]


def test_another_product_is_no_correction_and_is_asked_about_first() -> None:
    customer = Customer()
    customer.tells(DOCK.merge(DAY).merge(SHOP))

    customer.tells(NEAR)

    assert customer.kinds == [ReplyKind.SUGGESTIONS]


def test_a_product_that_stays_unclear_is_asked_for_three_times_and_then_stands_as_a_condition() -> None:
    customer = Customer()
    asked = [customer.tells(NEAR.merge(DAY).merge(SHOP)), customer.tells(NOTHING), customer.tells(NOTHING)]
    assert len(set(asked)) == 1

    told = customer.tells(NOTHING)

    assert f"{QUALIFIES}, as long as the product is on the list" in told
    assert customer.kinds == [ReplyKind.LOOKUP]
    assert [link.url for link in customer.checked.replies[0].links] == ["/contact"]
    assert not customer.checked.is_open


def test_a_seller_that_is_never_told_stands_as_a_condition() -> None:
    customer = Customer()
    for _ in range(MOST_ASKED):
        customer.tells(DOCK.merge(DAY))
    assert "as long as it was not bought directly from a distributor" in customer.tells(NOTHING)


@pytest.mark.parametrize(
    "dated", [NOTHING, Purchase(date_readings=(date(2023, 5, 10), date(2023, 10, 5))), Purchase(month=(2023, 5))]
)
def test_without_the_day_the_check_is_put_aside(dated: Purchase) -> None:
    customer = Customer()
    for _ in range(MOST_ASKED):
        assert "put this check aside" not in customer.tells(DOCK.merge(dated))

    told = customer.tells(NOTHING)

    assert "put this check aside" in told
    assert "it was bought" in told
    assert customer.kinds == [ReplyKind.NOTICE]
    assert not customer.checked.is_open


def test_what_was_put_aside_is_taken_up_by_the_next_detail() -> None:
    customer = Customer()
    for _ in range(MOST_ASKED + 1):
        customer.tells(NOTHING)
    assert not customer.checked.is_open

    assert QUALIFIES in customer.tells(DOCK.merge(DAY).merge(SHOP))
    assert not customer.checked.check.asked


def test_who_tells_one_thing_after_the_other_has_not_been_asked_in_vain() -> None:
    customer = Customer()
    for told in (NOTHING, SHOP, DAY):
        assert "which product" in customer.tells(told)
    assert customer.checked.check.asked[Missing.PRODUCT.value] == 1


def test_a_kind_of_product_answers_which_product_it_is_and_nothing_else() -> None:
    customer = Customer()
    assert "which product" in customer.tells(Purchase(kinds=("Halden Dock 7", "Halden Dock 8")))
    told = customer.tells(Purchase(kinds=("Halden Dock 7", "Halden Dock 8")))
    assert told == "Which of these is it?"
    assert [button.label for button in customer.checked.replies[0].buttons][:2] == ["Halden Dock 7", "Halden Dock 8"]


def test_a_product_and_a_document_that_are_both_in_doubt_are_not_said_to_be_the_only_thing() -> None:
    customer = Customer()
    for _ in range(MOST_ASKED):
        customer.tells(NEAR.merge(DAY).merge(SHOP).merge(Purchase(document=Document.DELIVERY_NOTE)))
    told = customer.tells(NOTHING)
    assert "a delivery note is not accepted" in told
    assert "other rules are met" not in told


def test_four_conditions_are_all_named() -> None:
    customer = Customer()
    for _ in range(MOST_ASKED):
        customer.tells(DAY.merge(Purchase(document=Document.RECEIPT)))
    told = customer.tells(NOTHING).split("\n")[0]
    for condition in ("on the list", "from a distributor", "for a business", "your receipt is an invoice"):
        assert condition in told


def test_no_way_of_telling_makes_the_desk_ask_for_ever() -> None:
    """Whatever is told in whatever order, a question is never put more than three times in a row."""
    things = (NOTHING, NEAR, DAY, EARLY, SHOP, Purchase(buyer=Buyer.BUSINESS), Purchase(month=(2023, 5)))
    for number in range(len(things) ** 3):
        chosen = [things[number // len(things) ** place % len(things)] for place in range(3)]
        customer, said = Customer(), list[str]()
        for told in (*chosen, *([NOTHING] * 4)):
            customer.tells(told)
            said.append(customer.checked.replies[-1].text if customer.checked.is_open else "")
        for four in zip(*(islice(said, start, None) for start in range(MOST_ASKED + 1))):
            assert len(set(four)) > 1 or not four[0]
        assert not customer.checked.is_open


def test_yes_or_no_asked_again_keeps_its_short_form() -> None:
    customer = Customer()
    customer.tells(DOCK.merge(DAY).merge(SHOP))
    assert customer.tells(NOTHING).startswith("Yes. ")


def test_a_verdict_from_before_checks_were_counted_is_corrected_too() -> None:
    customer = Customer(PurchaseCheck(replace(DOCK.merge(DAY).merge(SHOP), buyer=Buyer.BUSINESS)))
    assert DOES_NOT in customer.tells(EARLY)
