"""Every day of a forecast names the facts it is counted from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.claims import Claim
from bot.core.payment_forecast import Milestone, counting_fact, payment_forecast
from bot.core.payment_timing import payment_outlook
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED
from tests.promotions import lenovo_like, undisputed


def test_every_day_names_the_facts_it_is_counted_from_and_the_entries_that_say_so() -> None:
    claim = replace(VALIDATED, validated_on=date(2023, 11, 1))
    due, bank, contact = payment_forecast(claim, lenovo_like())
    assert (due.milestone, due.start, due.day) == (Milestone.DUE_BY, date(2023, 11, 1), date(2023, 12, 16))
    assert [(fact.name, fact.days, fact.entries) for fact in due.facts] == [("payment_days", 45, ("how_long_for_discount",))]  # fmt: skip
    assert [fact.name for fact in bank.facts] == ["payment_days", "bank_days"] and bank.day == date(2023, 12, 21)
    assert [fact.entries for fact in contact.facts] == [("discount_not_received_50_days",)]
    assert contact.day == date(2023, 12, 21)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_days_are_those_that_the_customer_is_told(validated_on: date, today: date) -> None:
    for promotion in (lenovo_like(), undisputed()):
        claim = replace(VALIDATED, validated_on=validated_on)
        outlook = payment_outlook(
            claim,
            today,
            promotion.payment_days.value,
            promotion.bank_days.value,
            promotion.contact_after_days.value,
        )
        days = [step.day for step in payment_forecast(claim, promotion)]
        assert days == [outlook.due_by, outlook.bank_until, outlook.contact_after]


def test_a_paid_claim_keeps_its_days_so_that_the_payment_can_be_checked() -> None:
    assert payment_forecast(PAID, lenovo_like()) == payment_forecast(VALIDATED, lenovo_like()) != ()


@pytest.mark.parametrize("claim", [SUBMITTED, MISSING_INFO, REJECTED, replace(PAID, validated_on=None), replace(REJECTED, validated_on=date(2023, 10, 3))])  # fmt: skip
def test_without_a_validation_that_counts_there_are_no_days(claim: Claim) -> None:
    assert payment_forecast(claim, lenovo_like()) == ()


def test_the_days_that_a_claim_waits_for_are_those_of_the_payment() -> None:
    assert counting_fact(undisputed()).days == 30
