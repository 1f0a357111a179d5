"""When a reason to look at a claim is enough."""

from __future__ import annotations

import pytest

from bot.core.view_reasons import LONGEST_DETAIL, Occasion, read_view_reason


@pytest.mark.parametrize("occasion", [Occasion.TICKET, Occasion.CALL, Occasion.PAYMENT])
def test_an_occasion_is_enough(occasion: Occasion) -> None:
    reason = read_view_reason(occasion.value, "  ")
    assert reason and str(reason) == occasion.words


def test_the_detail_stands_behind_it() -> None:
    assert str(read_view_reason("ticket", " T-2023-000012\n")) == "Customer's mail or ticket: T-2023-000012"


def test_other_alone_says_nothing() -> None:
    assert read_view_reason("other", " \u202e ") is None
    assert str(read_view_reason("other", "asked by the bank")) == "Other: asked by the bank"


@pytest.mark.parametrize("occasion", ["", "TICKET", "curiosity", "\0", "ticket "])
def test_anything_else_is_no_reason(occasion: str) -> None:
    assert read_view_reason(occasion, "because") is None


def test_a_detail_stays_on_one_line_and_is_cut() -> None:
    reason = read_view_reason("other", "a\r\nb\0" + "x" * 10_000)
    assert reason and reason.detail.startswith("a bxx") and len(reason.detail) == LONGEST_DETAIL
