"""What does not matter in a text is made alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.personal_data import mask_personal_data
from bot.core.promotion import ReferenceFormat
from bot.matching.normalise import normalise


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  When  can\nI claim? ", "when can i claim?"),
        ("ＷＨＥＮ", "when"),
        ("I can’t, I can´t", "i can't, i can't"),
        ("pleeeease", "pleease"),
        ("book", "book"),
        ("nooo!!!", "noo!!!"),
        ("half \ud83d an emoji", "half ? an emoji"),
    ],
)
def test_what_does_not_matter_is_made_alike(text: str, plain: str) -> None:
    assert normalise(text) == plain


@pytest.mark.parametrize("address", ["post@fjellvik.example", "A.B+c@x.example", "‹e-mail address›"])
def test_one_address_is_as_good_as_another(address: str) -> None:
    assert normalise(f"mine is {address}") == "mine is emailaddress"


@pytest.mark.parametrize("number", ["LEN-730118", "len730118", "73011", "‹claim reference›", "‹number›"])
def test_one_reference_is_as_good_as_another(number: str) -> None:
    assert normalise(f"Look: {number}, please") == "look: referencenumber, please"


@pytest.mark.parametrize("number", ["LEN-730118", "len730118", "len 730118", "LEN 73011", "730118"])
def test_one_reference_is_as_good_as_another_once_a_message_is_taken_in(number: str) -> None:
    taken_in = mask_personal_data(f"Look: {number}, please", ReferenceFormat("LEN", 6))
    assert normalise(taken_in) == "look: referencenumber, please"


@pytest.mark.parametrize("word", ["is", "sag", "ref", "paid", "nr"])
def test_a_word_before_a_number_is_no_part_of_it(word: str) -> None:
    assert normalise(f"{word} 48330?") == f"{word} referencenumber?"


@pytest.mark.parametrize("text", ["after 45 days", "15 of them", "a 27 inch monitor"])
def test_numbers_that_mean_something_stay(text: str) -> None:
    assert normalise(text) == text


@given(st.text(max_size=200))
def test_any_text_has_one_plain_spelling(text: str) -> None:
    plain = normalise(text)
    assert plain == plain.strip()
    assert "\n" not in plain
    assert "  " not in plain
