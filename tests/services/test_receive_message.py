"""What a look-up needs is taken out of a message, and the rest is masked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.promotion import ReferenceFormat
from bot.matching.claim_details import ClaimDetailFinder
from bot.services.ports import LookupDetails
from bot.services.receive_message import receive_message
from tests.fakes import FakeLookups

LEN = ReferenceFormat("LEN", 6)
REFERENCE, EMAIL = "‹claim reference›", "‹e-mail address›"


def received(text: str, lookups: FakeLookups | None = None) -> tuple[str, LookupDetails]:
    """The masked text, and what was kept for the conversation."""
    kept = lookups or FakeLookups()
    masked = receive_message("here", text, finder=ClaimDetailFinder(LEN), lookups=kept, reference_format=LEN)
    return masked, LookupDetails() if kept.is_down else kept.details("here")


@pytest.mark.parametrize(
    ("text", "masked", "kept"),
    [
        (
            "My claim is LEN-730118, where is it?",
            f"My claim is {REFERENCE}, where is it?",
            LookupDetails("LEN-730118"),
        ),
        ("it was len 730 118", f"it was {REFERENCE}", LookupDetails("LEN-730118")),
        ("Write to Post@Fjellvik.example!", f"Write to {EMAIL}!", LookupDetails(None, "post@fjellvik.example")),
        (
            "LEN-730118 / post@fjellvik.example",
            f"{REFERENCE} / {EMAIL}",
            LookupDetails("LEN-730118", "post@fjellvik.example"),
        ),
        (
            "post@fjellvik.example and the number is 730118, as I wrote before",
            f"{EMAIL} and the number is {REFERENCE}, as I wrote before",
            LookupDetails("LEN-730118", "post@fjellvik.example"),
        ),
    ],
)
def test_what_a_look_up_needs_is_kept_and_masked(text: str, masked: str, kept: LookupDetails) -> None:
    assert received(text) == (masked, kept)


@pytest.mark.parametrize("text", ["730118", "it is 730118", "sure, the number is 730118"])
def test_digits_alone_are_a_reference_where_hardly_anything_else_is_said(text: str) -> None:
    masked, kept = received(text)
    assert kept.reference == "LEN-730118"
    assert "730118" not in masked


def test_digits_in_a_longer_story_are_no_reference_and_masked_all_the_same() -> None:
    masked, kept = received("our order 730118 came on a Monday in the rain")
    assert kept == LookupDetails()
    assert masked == "our order ‹number› came on a Monday in the rain"


def test_of_several_the_last_is_meant() -> None:
    masked, kept = received("LEN-730118, no sorry, LEN-730119")
    assert kept.reference == "LEN-730119"
    assert masked == f"{REFERENCE}, no sorry, {REFERENCE}"


def test_a_reference_within_an_address_belongs_to_the_address() -> None:
    assert received("it is LEN-730118@fjellvik.example, thanks") == (
        f"it is {EMAIL}, thanks",
        LookupDetails(None, "len-730118@fjellvik.example"),
    )


def test_account_and_phone_numbers_are_masked_and_not_kept() -> None:
    masked, kept = received("pay to NO93 8601 1117 947 or call +47 22 33 44 55 about it please")
    assert "1117" not in masked
    assert "33 44" not in masked
    assert kept == LookupDetails()


def test_a_message_without_any_of_it_stays_as_it_is() -> None:
    text = "Does the 27 inch monitor bought on 14/08/2023 for kr 1.250 count?"
    lookups = FakeLookups()
    assert received(text, lookups) == (text, LookupDetails())


@pytest.mark.parametrize("text", ["730118", "LEN-730118 post@fjellvik.example"])
def test_while_nothing_can_be_kept_the_text_is_masked_all_the_same(text: str) -> None:
    masked, _ = received(text, FakeLookups(is_down=True))
    assert "730118" not in masked
    assert "fjellvik" not in masked


@given(
    st.lists(
        st.sampled_from(
            ["LEN-730118", "len730118", "730118", "post@fjellvik.example", "ring", "?", ",", "<", ">", "@", "."]
        ),
        max_size=8,
    ),
    st.sampled_from(["", " ", "\n"]),
)
def test_however_they_are_put_together_neither_address_nor_reference_comes_through(parts: list[str], gap: str) -> None:
    masked, _ = received(gap.join(parts))
    if gap:
        assert "730118" not in masked
    assert "post@fjellvik.example" not in masked


@given(st.text(max_size=60))
def test_any_text_can_be_received(text: str) -> None:
    received(text)
