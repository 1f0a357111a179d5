"""What the days of the purchase and of the claim decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.eligibility import Decision, Missing, judge
from bot.core.promotion import Promotion
from tests.promotions import undisputed
from tests.purchases import GOOD, PROMOTION, PROMOTIONS, TODAY, judged


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
def test_the_outcome_does_change_at_each_of_the_promotions_dates(promotion: Promotion) -> None:
    today = promotion.demonstration_date

    for last in {promotion.purchases_until.earliest, promotion.purchases_until.latest}:
        on_it, after = (judge(replace(GOOD, bought_on=last + timedelta(n)), promotion, today).outcome for n in (0, 1))
        assert on_it is not after


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


def test_without_its_day_a_purchase_is_never_judged() -> None:
    for dated in ({"bought_on": None}, {"bought_on": None, "month": (2023, 5)}):
        verdict = judge(replace(GOOD, **dated), PROMOTION, TODAY, tuple(Missing))  # type: ignore[arg-type]
        assert verdict.outcome is Decision.INCOMPLETE
        assert verdict.missing
