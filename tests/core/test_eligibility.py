"""Whether a purchase qualifies follows the promotion's rules, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.eligibility import Decision, Missing, Verdict, judge
from bot.core.promotion import Promotion
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.purchase_rules import Outcome, Rule
from tests.promotions import lenovo_like, undisputed

PROMOTION = lenovo_like()
PROMOTIONS = (PROMOTION, undisputed())
TODAY = date(2023, 10, 9)
GOOD = Purchase(
    product="Halden Dock 7",
    listed=True,
    bought_on=date(2023, 8, 14),
    seller=Seller.SHOP,
    buyer=Buyer.BUSINESS,
)
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))
SEVERITY = {Decision.QUALIFIES: 0, Decision.INCOMPLETE: 0, Decision.CANNOT_BE_SETTLED: 1, Decision.FAILS: 2}


def judged(today: date = TODAY, **told: object) -> Verdict:
    return judge(replace(GOOD, **told), PROMOTION, today)  # type: ignore[arg-type]


def rule_outcome(verdict: Verdict, rule: Rule) -> Outcome | None:
    result = verdict.result(rule)
    return result.outcome if result else None


def test_a_purchase_that_meets_every_rule_qualifies() -> None:
    verdict = judged(quantity=3, document=Document.INVOICE)

    assert verdict.outcome is Decision.QUALIFIES
    assert [result.rule for result in verdict.results] == list(Rule)
    assert {result.outcome for result in verdict.results} == {Outcome.HOLDS}


@pytest.mark.parametrize(
    ("day", "decision"),
    [
        (date(2023, 5, 21), Decision.FAILS),
        (date(2023, 5, 22), Decision.QUALIFIES),
        (date(2023, 11, 30), Decision.QUALIFIES),
        (date(2023, 12, 1), Decision.CANNOT_BE_SETTLED),
        (date(2023, 12, 31), Decision.CANNOT_BE_SETTLED),
        (date(2024, 1, 1), Decision.FAILS),
    ],
)
def test_the_day_of_purchase_decides_at_both_ends_that_the_page_gives(day: date, decision: Decision) -> None:
    assert judged(bought_on=day, today=date(2023, 12, 31)).outcome is decision


@pytest.mark.parametrize("promotion", PROMOTIONS, ids=lambda promotion: promotion.key)
@given(day=DAYS)
def test_the_outcome_changes_only_at_the_promotions_own_dates(promotion: Promotion, day: date) -> None:
    start, end = promotion.purchases_from, promotion.purchases_until
    changes = {start.earliest, start.latest} | {last + timedelta(1) for last in (end.earliest, end.latest)}
    today = promotion.demonstration_date

    before = judge(replace(GOOD, bought_on=day - timedelta(1)), promotion, today).outcome
    then = judge(replace(GOOD, bought_on=day), promotion, today).outcome

    assert before is then or day in changes


@pytest.mark.parametrize("promotion", PROMOTIONS, ids=lambda promotion: promotion.key)
def test_the_outcome_does_change_at_each_of_the_promotions_dates(promotion: Promotion) -> None:
    today = promotion.demonstration_date

    for last in {promotion.purchases_until.earliest, promotion.purchases_until.latest}:
        on_it, after = (judge(replace(GOOD, bought_on=last + timedelta(n)), promotion, today).outcome for n in (0, 1))
        assert on_it is not after


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


@pytest.mark.parametrize(
    ("month", "outcome", "missing"),
    [
        ((2023, 4), Decision.FAILS, ()),
        ((2023, 5), Decision.INCOMPLETE, (Missing.DAY,)),
        ((2023, 6), Decision.QUALIFIES, ()),
        ((2023, 11), Decision.QUALIFIES, ()),
        ((2023, 12), Decision.CANNOT_BE_SETTLED, ()),
        ((2024, 1), Decision.FAILS, ()),
    ],
)
def test_a_month_is_enough_unless_the_day_matters(
    month: tuple[int, int], outcome: Decision, missing: tuple[Missing, ...]
) -> None:
    verdict = judged(bought_on=None, month=month)

    assert (verdict.outcome, verdict.missing) == (outcome, missing)


@pytest.mark.parametrize(
    ("readings", "outcome", "missing"),
    [
        ((date(2023, 6, 9), date(2023, 9, 6)), Decision.QUALIFIES, ()),
        ((date(2023, 2, 1), date(2023, 1, 2)), Decision.FAILS, ()),
        ((date(2023, 5, 10), date(2023, 10, 5)), Decision.INCOMPLETE, (Missing.WHICH_DATE,)),
        ((date(2023, 6, 12), date(2023, 12, 6)), Decision.INCOMPLETE, (Missing.WHICH_DATE,)),
    ],
)
def test_two_readings_of_a_date_are_asked_about_only_if_they_differ(
    readings: tuple[date, ...], outcome: Decision, missing: tuple[Missing, ...]
) -> None:
    verdict = judged(bought_on=None, date_readings=readings)

    assert (verdict.outcome, verdict.missing) == (outcome, missing)


def test_readings_before_and_after_the_period_are_both_outside_it() -> None:
    readings = (date(2025, 2, 11), date(2025, 11, 2))

    verdict = judge(replace(GOOD, bought_on=None, date_readings=readings), undisputed(), date(2025, 4, 1))

    assert [result.reason for result in verdict.failing] == ["date_outside"]


def test_a_purchase_to_come_is_judged_by_the_same_period() -> None:
    inside, between, after = (judged(bought_on=day) for day in (date(2023, 11, 6), date(2023, 12, 6), date(2024, 1, 6)))

    assert [verdict.outcome for verdict in (inside, between, after)] == [
        Decision.QUALIFIES,
        Decision.CANNOT_BE_SETTLED,
        Decision.FAILS,
    ]
    assert inside.planned and between.planned and after.planned
    assert not judged(bought_on=TODAY).planned


@pytest.mark.parametrize(
    ("seller", "outcome"),
    [
        (Seller.AMAZON, Outcome.HOLDS),
        (Seller.ONLINE_SHOP, Outcome.HOLDS),
        (Seller.SHOP, Outcome.HOLDS),
        (Seller.RESELLER, Outcome.HOLDS),
        (Seller.DISTRIBUTOR, Outcome.FAILS),
        (Seller.DIRECT, Outcome.OPEN),
        (Seller.PRIVATE_SELLER, Outcome.OPEN),
    ],
)
def test_every_kind_of_seller_has_its_outcome(seller: Seller, outcome: Outcome) -> None:
    assert rule_outcome(judged(seller=seller), Rule.SELLER) is outcome


@pytest.mark.parametrize(
    ("buyer", "outcome"),
    [
        (Buyer.BUSINESS, Outcome.HOLDS),
        (Buyer.PRIVATE, Outcome.FAILS),
        (Buyer.RESELLER, Outcome.OPEN),
        (Buyer.PUBLIC, Outcome.OPEN),
    ],
)
def test_every_kind_of_buyer_has_its_outcome(buyer: Buyer, outcome: Outcome) -> None:
    assert rule_outcome(judged(buyer=buyer), Rule.BUYER) is outcome


@pytest.mark.parametrize(
    ("document", "outcome", "entry"),
    [
        (Document.INVOICE, Outcome.HOLDS, "lost_invoice"),
        (Document.RECEIPT, Outcome.OPEN, "lost_invoice"),
        (Document.ORDER_CONFIRMATION, Outcome.FAILS, "invoice_vs_order_confirmation"),
        (Document.DELIVERY_NOTE, Outcome.FAILS, "invoice_vs_order_confirmation"),
        (Document.NONE, Outcome.FAILS, "lost_invoice"),
    ],
)
def test_every_document_has_its_outcome_and_entry(document: Document, outcome: Outcome, entry: str) -> None:
    result = judged(document=document).result(Rule.DOCUMENT)

    assert result is not None
    assert (result.outcome, result.entry) == (outcome, entry)


def test_a_wrong_document_is_told_apart_from_a_wrong_purchase() -> None:
    assert judged(document=Document.DELIVERY_NOTE).lacks_only_proof
    assert not judged(document=Document.DELIVERY_NOTE, buyer=Buyer.PRIVATE).lacks_only_proof
    assert not judged().lacks_only_proof


def test_more_products_than_one_claim_takes_need_several_claims() -> None:
    within, beyond, far_beyond = (judged(quantity=quantity).result(Rule.QUANTITY) for quantity in (15, 16, 31))

    assert within and beyond and far_beyond
    assert "claims" not in within.values
    assert (beyond.outcome, beyond.values["claims"], beyond.values["total"]) == (Outcome.HOLDS, 2, "kr 3.150")
    assert far_beyond.values["claims"] == 3


@pytest.mark.parametrize(
    ("today", "decision"),
    [
        (date(2023, 12, 31), Decision.QUALIFIES),
        (date(2024, 1, 1), Decision.CANNOT_BE_SETTLED),
        (date(2024, 1, 31), Decision.CANNOT_BE_SETTLED),
        (date(2024, 2, 1), Decision.FAILS),
    ],
)
def test_a_claim_is_certain_only_up_to_the_safe_last_day(today: date, decision: Decision) -> None:
    assert judged(today=today).outcome is decision


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


def test_without_its_day_a_purchase_is_never_judged() -> None:
    for dated in ({"bought_on": None}, {"bought_on": None, "month": (2023, 5)}):
        verdict = judge(replace(GOOD, **dated), PROMOTION, TODAY, tuple(Missing))  # type: ignore[arg-type]
        assert verdict.outcome is Decision.INCOMPLETE
        assert verdict.missing


def test_a_condition_takes_nothing_from_a_no() -> None:
    verdict = judge(
        replace(GOOD, product=None, listed=None, bought_on=date(2023, 5, 1)), PROMOTION, TODAY, tuple(Missing)
    )
    assert verdict.outcome is Decision.FAILS
