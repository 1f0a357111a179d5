"""When two invoice numbers are the same, and which can be kept."""

from __future__ import annotations

import pytest

from bot.core.invoice_numbers import LONGEST_INVOICE_NUMBER, comparable_invoice_number, is_invoice_number


@pytest.mark.parametrize("written", ["INV-2023/0042", "inv 2023 0042", "ＩＮＶ２０２３００４２", "#inv.2023–0042"])
def test_case_blanks_and_hyphens_do_not_count(written: str) -> None:
    assert comparable_invoice_number(written) == "inv20230042"


def test_leading_noughts_count() -> None:
    assert comparable_invoice_number("0042") != comparable_invoice_number("42")


@pytest.mark.parametrize("written", ["4", "F-1", "Å 12", "x" * LONGEST_INVOICE_NUMBER])
def test_what_can_be_kept(written: str) -> None:
    assert is_invoice_number(written)


@pytest.mark.parametrize("written", ["", "-", "#/", "1\n2", "1\u202e2", "x" * (LONGEST_INVOICE_NUMBER + 1)])
def test_what_cannot(written: str) -> None:
    assert not is_invoice_number(written)
