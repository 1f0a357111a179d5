"""What an agent types is recognised for what it can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.claim_queries import LONGEST_QUERY, ClaimQuery, read_claim_query
from bot.core.promotion import ReferenceFormat

FORMAT = ReferenceFormat("LEN", 6)


def read(typed: str) -> ClaimQuery:
    return read_claim_query(typed, FORMAT)


@pytest.mark.parametrize(
    "typed",
    ["LEN-771402", "len 771 402", " LEN771402 ", "len:771402", "ＬＥＮ－７７１４０２", "re: claim len-771402, again", "LEN\n-771402"],
)  # fmt: skip
def test_a_reference_is_recognised_in_every_spelling_the_chat_accepts(typed: str) -> None:
    query = read(typed)
    assert (query.references, query.invoice_number, query.company) == (("LEN-771402",), "", "")


@pytest.mark.parametrize(
    "typed", ["Kontor@Birkvik.example", "<mailto:kontor@birkvik.example>", "ｋontor@birkvik.example"]
)
def test_an_address_is_recognised_in_the_form_that_is_compared(typed: str) -> None:
    assert read(typed) == ClaimQuery(typed, emails=("kontor@birkvik.example",))


def test_a_reference_and_an_address_together_are_both_looked_for() -> None:
    query = read("LEN-771402 kontor@birkvik.example")
    assert (query.references, query.emails) == (("LEN-771402",), ("kontor@birkvik.example",))


def test_bare_digits_can_be_a_reference_an_invoice_number_or_part_of_a_name() -> None:
    query = read("771402")
    assert (query.references, query.invoice_number, query.company) == (("LEN-771402",), "771402", "771402")


@pytest.mark.parametrize("typed", ["INV-2023/0042", "inv 2023 0042", "Inv–2023.0042"])
def test_an_invoice_number_is_compared_without_case_blanks_and_hyphens(typed: str) -> None:
    assert read(typed).invoice_number == "inv20230042"


@pytest.mark.parametrize(
    ("typed", "company"), [("Ærø  CAFÉ", "aero cafe"), ("birk", "birk"), ("Å/S", "a/s"), ("50%", "50%")]
)
def test_everything_else_is_part_of_a_company_name(typed: str, company: str) -> None:
    assert read(typed).company == company
    assert read(typed).references == read(typed).emails == ()


@pytest.mark.parametrize("typed", ["", "  ", "ab", "\0", "\u202e\u202d", "e\u0301\u0301\u0301a"])
def test_too_little_can_find_nothing(typed: str) -> None:
    assert not read(typed).can_find


def test_nothing_that_cannot_be_kept_or_shown_is_left_and_no_more_than_is_looked_at() -> None:
    query = read("\ud800\0birk\u202evik" + "x" * 10_000)
    assert query.typed.startswith("?birkvik") and len(query.typed) == LONGEST_QUERY


@given(st.text())
def test_whatever_is_typed_is_read(typed: str) -> None:
    query = read(typed)
    assert "\0" not in query.typed and "\n" not in query.typed
    for value in (query.typed, query.company, query.invoice_number, *query.references, *query.emails):
        value.encode()
