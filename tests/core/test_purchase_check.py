"""A check remembers what was told and how often it asked, through Rasa's tracker and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.eligibility import Missing
from bot.core.purchase import Purchase
from bot.core.purchase_check import MOST_ASKED, PurchaseCheck
from tests.any_purchase import PURCHASES


@given(PURCHASES, st.lists(st.sampled_from(Missing)), st.booleans())
def test_a_check_survives_its_way_through_rasas_tracker(purchase: Purchase, asked: list[Missing], judged: bool) -> None:
    check = PurchaseCheck(purchase, was_judged=judged)
    for missing in asked:
        check = check.after_asking_for([missing])
    assert PurchaseCheck.from_dict(json.loads(json.dumps(check.as_dict()))) == check


def test_what_was_kept_before_checks_were_counted_can_still_be_read() -> None:
    assert PurchaseCheck.from_dict(Purchase(quantity=2).as_dict()) == PurchaseCheck(Purchase(quantity=2))
    assert PurchaseCheck.from_dict(None) == PurchaseCheck()


@pytest.mark.parametrize("kept", [{"bought_on": "a Tuesday"}, {"seller": "nobody"}])
def test_what_cannot_be_is_refused(kept: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        PurchaseCheck.from_dict(kept)


def test_each_detail_is_counted_by_itself() -> None:
    check = PurchaseCheck()
    for _ in range(MOST_ASKED):
        assert not check.in_vain
        check = check.after_asking_for([Missing.PRODUCT])
    assert check.in_vain == {Missing.PRODUCT}
    assert check.was_asked_for(Missing.PRODUCT)
    assert not check.was_asked_for(Missing.SELLER)
