"""Whether a purchase qualifies follows the promotion's rules, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.eligibility import Decision, Missing, judge
from bot.core.promotion import Promotion
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.purchase_rules import Outcome, Rule
from tests.promotions import undisputed
from tests.purchases import GOOD, PROMOTION, PROMOTIONS, TODAY, judged

DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
SEVERITY = {Decision.QUALIFIES: 0, Decision.INCOMPLETE: 0, Decision.CANNOT_BE_SETTLED: 1, Decision.FAILS: 2}


def test_a_purchase_that_meets_every_rule_qualifies() -> None:
    verdict = judged(quantity=3, document=Document.INVOICE)

    assert verdict.outcome is Decision.QUALIFIES
    assert [result.rule for result in verdict.results] == list(Rule)
    assert {result.outcome for result in verdict.results} == {Outcome.HOLDS}


@pytest.mark.parametrize("promotion", PROMOTIONS, ids=lambda promotion: promotion.key)
@given(day=DAYS)
def test_the_outcome_changes_only_at_the_promotions_own_dates(promotion: Promotion, day: date) -> None:
    start, end = promotion.purchases_from, promotion.purchases_until
    changes = {start.earliest, start.latest} | {last + timedelta(1) for last in (end.earliest, end.latest)}
    today = promotion.demonstration_date

    before = judge(replace(GOOD, bought_on=day - timedelta(1)), promotion, today).outcome
    then = judge(replace(GOOD, bought_on=day), promotion, today).outcome

    assert before is then or day in changes


@given(
    days=st.tuples(DAYS, DAYS).map(sorted),
    promotion=st.sampled_from(PROMOTIONS),
    bought_on=st.none() | DAYS,
    seller=st.none() | st.sampled_from(Seller),
    buyer=st.none() | st.sampled_from(Buyer),
    document=st.none() | st.sampled_from(Document),
)
def test_waiting_never_makes_a_verdict_better(
    days: list[date],
    promotion: Promotion,
    bought_on: date | None,
    seller: Seller | None,
    buyer: Buyer | None,
    document: Document | None,
) -> None:
    purchase = replace(GOOD, bought_on=bought_on, seller=seller, buyer=buyer, document=document)
    earlier, later = (judge(purchase, promotion, day).outcome for day in days)

    assert SEVERITY[earlier] <= SEVERITY[later]


def test_no_purchase_qualifies_while_a_rule_fails_or_is_left_open() -> None:
    days = (date(2023, 5, 1), date(2023, 8, 1), date(2023, 12, 9), date(2024, 3, 1))
    todays = (TODAY, date(2024, 1, 9), date(2024, 2, 9))

    for listed, day, seller, buyer, document, today in product(
        (True, False, None), days, Seller, Buyer, Document, todays
    ):
        verdict = judged(listed=listed, bought_on=day, seller=seller, buyer=buyer, document=document, today=today)
        assert (verdict.outcome is Decision.QUALIFIES) == (not verdict.failing and not verdict.unsettled)
        assert verdict.outcome is not Decision.INCOMPLETE


@pytest.mark.parametrize(
    "told",
    [
        Purchase(bought_on=date(2023, 5, 3)),
        Purchase(bought_on=date(2024, 2, 3)),
        Purchase(buyer=Buyer.PRIVATE),
        Purchase(seller=Seller.DISTRIBUTOR),
        Purchase(product_text="a coffee machine", listed=False),
    ],
)
def test_a_no_for_good_is_told_without_asking_for_more(told: Purchase) -> None:
    verdict = judge(told, PROMOTION, TODAY)

    assert (verdict.outcome, verdict.missing, len(verdict.failing)) == (Decision.FAILS, (), 1)


@pytest.mark.parametrize(
    "told",
    [
        Purchase(bought_on=date(2023, 12, 8)),
        Purchase(seller=Seller.PRIVATE_SELLER),
        Purchase(buyer=Buyer.PUBLIC),
    ],
)
def test_what_the_page_leaves_open_is_told_without_asking_for_more(told: Purchase) -> None:
    verdict = judge(told, PROMOTION, TODAY)

    assert (verdict.outcome, verdict.missing) == (Decision.CANNOT_BE_SETTLED, ())


def test_what_is_missing_is_asked_in_order_and_nothing_else() -> None:
    assert judge(Purchase(), PROMOTION, TODAY).missing == (Missing.PRODUCT, Missing.BOUGHT_ON, Missing.SELLER)
    assert judged(bought_on=None).missing == (Missing.BOUGHT_ON,)
    assert judged(product=None, listed=None).missing == (Missing.PRODUCT,)
    assert judged(seller=None).missing == (Missing.SELLER,)


def test_an_unknown_buyer_is_a_condition_and_never_asked() -> None:
    verdict = judged(buyer=None)

    assert verdict.outcome is Decision.QUALIFIES
    assert [result.rule for result in verdict.conditions] == [Rule.BUYER]


def test_a_seller_told_in_unknown_words_is_not_asked_again_but_a_condition() -> None:
    verdict = judged(seller=None, seller_text="Brekke & Sons")

    assert verdict.outcome is Decision.QUALIFIES
    assert [result.rule for result in verdict.conditions] == [Rule.SELLER]


def test_close_names_are_asked_about_before_the_product_is_refused() -> None:
    misspelt = Purchase(product_text="haldn dok", listed=False, close=("Halden Dock 7",))

    assert judge(misspelt, PROMOTION, TODAY).missing[0] is Missing.WHICH_PRODUCT
    insisted = judge(misspelt.merge(Purchase(listed=False)), PROMOTION, TODAY)
    assert (insisted.outcome, insisted.failing[0].entry) == (Decision.FAILS, "which_product_to_buy")


def test_every_result_names_an_entry_of_its_own_promotion() -> None:
    told = replace(GOOD, quantity=9, document=Document.NONE)

    entries = {result.entry for result in judge(told, undisputed(), date(2025, 4, 1)).results}

    assert all(entry.startswith("lamp") for entry in entries)


@pytest.mark.parametrize("close", [(), ("Halden Dock 7", "Halden Dock 8")])
def test_what_is_not_to_be_asked_for_stands_as_a_condition(close: tuple[str, ...]) -> None:
    unclear = replace(GOOD, product=None, listed=False if close else None, close=close, seller=None)

    verdict = judge(unclear, PROMOTION, TODAY, tuple(Missing))

    assert verdict.outcome is Decision.QUALIFIES
    assert verdict.missing == ()
    assert [result.rule for result in verdict.conditions] == [Rule.PRODUCT, Rule.SELLER]
    assert [result.rule for result in verdict.results] == [Rule.PRODUCT, Rule.DATE, Rule.SELLER, Rule.BUYER, Rule.CLAIM]


def test_a_condition_takes_nothing_from_a_no() -> None:
    verdict = judge(
        replace(GOOD, product=None, listed=None, bought_on=date(2023, 5, 1)), PROMOTION, TODAY, tuple(Missing)
    )
    assert verdict.outcome is Decision.FAILS
