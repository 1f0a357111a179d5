"""No cell of a file is run as a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.csv_cells import safe_cell


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("https://evil.example","x")',
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "\u00a0=1+1",
        "＝1+1",
        "-",
    ],
)
def test_a_text_that_could_be_run_as_a_formula_begins_with_an_apostrophe(typed: str) -> None:
    assert safe_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["Birkvik", "a=b", "LEN-615204", "'=1", "1-2", " ", ""])
def test_any_other_text_stays_as_it_is(typed: str) -> None:
    assert safe_cell(typed) == typed


@pytest.mark.parametrize(
    ("value", "cell"), [(-3, "-3"), (Decimal("-1.50"), "-1.50"), (2.5, "2.5"), (date(2023, 12, 15), "2023-12-15"), (None, "")]
)  # fmt: skip
def test_numbers_keep_their_sign_and_nothing_is_empty(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_what_no_file_can_hold_is_left_out() -> None:
    assert safe_cell("\0=1") == "'=1"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_cell_of_a_written_file_begins_with_a_sign_of_a_formula(typed: str) -> None:
    file = io.StringIO()
    csv.writer(file).writerow([safe_cell(typed), "next"])
    assert safe_cell(typed).lstrip(" \t\r\n")[:1] not in set("=+-@")
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert row[1] == "next"
