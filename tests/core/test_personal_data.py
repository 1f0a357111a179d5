"""Nothing that identifies a person survives masking, and what the desk needs to understand a message does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.personal_data import mask_personal_data
from bot.core.promotion import ReferenceFormat
from tests.timing import processor_seconds

FORMAT = ReferenceFormat("LEN", 6)
words = st.lists(
    st.sampled_from(["my", "claim", "2", "docks", "kr 3.150,", "på", "2023", "is:", "—", "och", "T27h-30"]), max_size=6
)
around = st.builds(" ".join, words)


def mask(text: str) -> str:
    return mask_personal_data(text, FORMAT)


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        ("it is Maja.Lund+x@Firm.example.", "it is ‹e-mail address›."),
        ("<mailto:maja@firm.example>", "<mailto:‹e-mail address›>"),
        ("søren@bogø.example,tak", "‹e-mail address›,tak"),
        ("ref LEN-771402 please", "ref ‹claim reference› please"),
        ("ref len 77 14 02 2 docks", "ref ‹claim reference› 2 docks"),
        ("len:７７１４０２", "‹claim reference›"),
        ("LEN-77140 (one digit lost)", "‹claim reference› (one digit lost)"),
        ("the number is 771402", "the number is ‹number›"),
        ("IBAN dk50 0040 0440 1162 43 tak", "IBAN ‹account number› tak"),
        ("GB29NWBK60161331926819", "‹account number›"),
        ("SE45-5000-0000-0583-9825-7466", "‹account number›"),
        ("reg 1234 konto 1234567890", "reg 1234 konto ‹account number›"),
        ("pay to 1234.56.78901", "pay to ‹account number›"),
        ("bankgiro 123-4567", "bankgiro ‹account number›"),
        ("card 4111 1111 1111 1111", "card ‹card number›"),
        ("ring +45 12 34 56 78", "ring ‹phone number›"),
        ("0046 70 123 45 67", "‹phone number›"),
        ("070-123 45 67", "‹phone number›"),
        ("tlf. 12345678", "tlf. ‹phone number›"),
        ("12 34 56 78", "‹phone number›"),
        ("order 100233457788", "order ‹number›"),
    ],
)
def test_what_identifies_somebody_is_masked(typed: str, masked: str) -> None:
    assert mask(typed) == masked


@pytest.mark.parametrize(
    "typed",
    [
        "bought on 05.10.2023, 2023-10-05, 5/10/23 and 27 September 2023",
        "part 40AY0090EU or 4X30M56887, 12 stk",
        "two ThinkVision T27h-30 for kr 3.150, kr 120000 or 3 150,00 kr",
        "in 2022 2023 2024",
        "15 products, 45 days, 50 days",
        "see you @ the office",
        "‹claim reference› and ‹e-mail address›",
    ],
)
def test_dates_amounts_quantities_and_part_numbers_stay(typed: str) -> None:
    assert mask(typed) == typed


@given(around, st.emails(), around)
def test_no_address_survives(before: str, address: str, after: str) -> None:
    assert address not in mask(f"{before} {address} {after}")


@given(
    around,
    st.from_regex(r"\A[0-9]{6}\Z"),
    st.sampled_from(["-", " ", "", ":", "–", ". ", " - "]),
    st.booleans(),
    around,
)
def test_no_reference_survives(before: str, digits: str, mark: str, spaced: bool, after: str) -> None:
    written = " ".join(digits[place : place + 2] for place in (0, 2, 4)) if spaced else digits
    masked = mask(f"{before}, len{mark}{written}, {after}")
    assert written not in masked
    assert "‹claim reference›" in masked


@given(around, st.from_regex(r"\A[0-9]{16}\Z"), st.booleans(), st.booleans(), around)
def test_no_iban_survives(before: str, digits: str, grouped: bool, small: bool, after: str) -> None:
    iban = f"DK{digits}"
    written = " ".join(iban[place : place + 4] for place in range(0, 18, 4)) if grouped else iban
    written = written.lower() if small else written
    masked = mask(f"{before}, {written} {after}")
    assert written not in masked
    assert "‹account number›" in masked


@given(st.text(alphabet="ab1290 @.-+/LEN:,‹›\nDK(k)r", max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@pytest.mark.parametrize(
    "piece", ["a", "1", "1 ", "a@", "@", ".", "a.", "LEN-", "AA11 ", "(1", "kr 1", "é", "1-", "a1", " 12 34"]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    long = piece * (10_000 // len(piece))
    assert processor_seconds(lambda: mask(long), rounds=3) < 0.1  # about 0.01 s; a quadratic pattern takes seconds
