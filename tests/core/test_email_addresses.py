"""When two addresses are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.email_addresses import comparable_email, masked_email


@pytest.mark.parametrize(
    "written",
    [
        "kontor@birkvik.example",
        " Kontor@Birkvik.Example\t",
        "KONTOR@BIRKVIK.EXAMPLE",
        "ｋｏｎｔｏｒ@birkvik.example",
    ],
)
def test_case_blanks_and_wide_letters_do_not_count(written: str) -> None:
    assert comparable_email(written) == "kontor@birkvik.example"


@pytest.mark.parametrize(
    "other",
    ["kontor@birkvik.exampl", "kontor@birk-vik.example", "k0ntor@birkvik.example", "kon tor@birkvik.example"],
)
def test_everything_else_counts(other: str) -> None:
    assert comparable_email(other) != "kontor@birkvik.example"


@given(st.text())
def test_the_compared_form_compares_to_itself(written: str) -> None:
    assert comparable_email(comparable_email(written)) == comparable_email(written)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("anna.berg@company.example", "a…@company.example"),
        ("a@company.example", "a…@company.example"),
        ("å@b@company.example", "å…@company.example"),
        ("no address", "…"),
        ("", "…"),
    ],
)
def test_a_list_shows_no_whole_address(address: str, shown: str) -> None:
    assert masked_email(address) == shown
