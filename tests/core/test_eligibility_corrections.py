"""What was told can be corrected, and the verdict turns with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.eligibility import Decision, judge
from bot.core.purchase import Purchase, Seller
from bot.core.purchase_rules import Rule
from tests.purchases import GOOD, PROMOTION, TODAY


def test_a_distributor_corrected_to_a_web_shop_turns_the_verdict() -> None:
    first = replace(GOOD, seller=Seller.DISTRIBUTOR)
    then = first.merge(Purchase(seller=Seller.AMAZON))
    back = then.merge(Purchase(seller=Seller.DISTRIBUTOR))

    outcomes = [judge(purchase, PROMOTION, TODAY).outcome for purchase in (first, then, back)]

    assert outcomes == [Decision.FAILS, Decision.QUALIFIES, Decision.FAILS]


def test_a_corrected_date_turns_the_verdict() -> None:
    too_early = replace(GOOD, bought_on=date(2023, 5, 2))

    assert judge(too_early, PROMOTION, TODAY).outcome is Decision.FAILS
    assert judge(too_early.merge(Purchase(bought_on=date(2023, 6, 2))), PROMOTION, TODAY).outcome is Decision.QUALIFIES


def test_another_product_is_judged_with_the_rest_as_before() -> None:
    unlisted = GOOD.merge(Purchase(product_text="a coffee machine", listed=False))
    listed_again = unlisted.merge(Purchase(product="Halden Dock 8", listed=True))

    assert [result.rule for result in judge(unlisted, PROMOTION, TODAY).failing] == [Rule.PRODUCT]
    assert judge(listed_again, PROMOTION, TODAY).outcome is Decision.QUALIFIES
