"""When a payment is due, and when it is overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.claims import Claim
from bot.core.payment_timing import PaymentKind, PaymentOutlook, payment_outlook
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED

days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
spans = st.integers(0, 120)


def outlook_on(today: date, claim: Claim = VALIDATED) -> PaymentOutlook:
    return payment_outlook(claim, today, payment_days=45, bank_days=5, contact_after_days=50)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2024, 1, 10), PaymentKind.WITHIN_PAYMENT_DAYS),
        (date(2024, 2, 24), PaymentKind.WITHIN_PAYMENT_DAYS),
        (date(2024, 2, 25), PaymentKind.WITHIN_BANK_DAYS),
        (date(2024, 2, 29), PaymentKind.WITHIN_BANK_DAYS),
        (date(2024, 3, 1), PaymentKind.OVERDUE),
        (date(2025, 1, 1), PaymentKind.OVERDUE),
    ],
)
def test_a_claim_validated_on_10_january_2024_is_due_on_day_45_and_overdue_after_day_50(
    today: date, kind: PaymentKind
) -> None:
    outlook = outlook_on(today)
    assert outlook.kind is kind
    assert outlook.due_by == date(2024, 2, 24)
    assert outlook.bank_until == outlook.contact_after == date(2024, 2, 29)


def test_an_overdue_payment_is_overdue_since_day_51() -> None:
    assert outlook_on(date(2024, 2, 29)).since is None
    assert outlook_on(date(2024, 4, 1)).since == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("claim", "kind", "on"),
    [
        (SUBMITTED, PaymentKind.NOT_VALIDATED, None),
        (MISSING_INFO, PaymentKind.MISSING_INFO, None),
        (PAID, PaymentKind.PAID, date(2024, 2, 15)),
        (REJECTED, PaymentKind.REJECTED, date(2023, 10, 20)),
    ],
    ids=lambda value: getattr(value, "value", None),
)
def test_no_other_state_has_a_day_by_which_payment_is_due(claim: Claim, kind: PaymentKind, on: date | None) -> None:
    outlook = outlook_on(date(2024, 6, 1), claim)
    assert (outlook.kind, outlook.on, outlook.reason) == (kind, on, claim.reason)
    assert outlook.due_by is outlook.bank_until is outlook.contact_after is outlook.since is None


def test_a_validated_claim_without_its_date_is_an_error() -> None:
    with pytest.raises(ValueError, match="no date of validation"):
        outlook_on(date(2024, 6, 1), replace(VALIDATED, validated_on=None))


@given(validated_on=days, waited=st.integers(-30, 200), payment=spans, bank=spans)
def test_the_outlook_depends_only_on_the_days_that_have_passed(
    validated_on: date, waited: int, payment: int, bank: int
) -> None:
    claim = replace(VALIDATED, validated_on=validated_on)
    outlook = payment_outlook(claim, validated_on + timedelta(days=waited), payment, bank, payment + bank)
    assert (outlook.kind is PaymentKind.WITHIN_PAYMENT_DAYS) == (waited <= payment)
    assert (outlook.kind is PaymentKind.OVERDUE) == (waited > payment + bank)


@given(validated_on=days, earlier=st.integers(0, 200), later=st.integers(0, 200))
def test_waiting_never_makes_a_payment_less_late(validated_on: date, earlier: int, later: int) -> None:
    order = [PaymentKind.WITHIN_PAYMENT_DAYS, PaymentKind.WITHIN_BANK_DAYS, PaymentKind.OVERDUE]
    claim = replace(VALIDATED, validated_on=validated_on)
    before, after = (
        order.index(outlook_on(validated_on + timedelta(days=waited), claim).kind)
        for waited in sorted((earlier, later))
    )
    assert before <= after


@given(validated_on=days, waited=st.integers(0, 200), payment=spans, bank=spans)
def test_the_dates_lie_in_order(validated_on: date, waited: int, payment: int, bank: int) -> None:
    claim = replace(VALIDATED, validated_on=validated_on)
    outlook = payment_outlook(claim, validated_on + timedelta(days=waited), payment, bank, payment + bank)
    assert outlook.due_by
    assert outlook.bank_until
    assert validated_on <= outlook.due_by <= outlook.bank_until
    assert (outlook.bank_until - validated_on).days == payment + bank
