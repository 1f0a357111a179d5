"""Where a sentence might fall into two questions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.splits import LEAST_WORDS, MOST_SPLITS, possible_splits
from tests.timing import processor_seconds

OPEN, FINE = "when do you open", "what is the fine"


@pytest.mark.parametrize(
    "joint",
    [" and ", ", and ", ", ", "; ", " also ", " plus ", " - ", " – ", " & ", " / ", " og ", " och ", " samt ", ", but ", " AND "],
)  # fmt: skip
def test_a_joint_leaves_a_half_on_either_side(joint: str) -> None:
    assert possible_splits(f"{OPEN}{joint}{FINE}") == [(OPEN, FINE)]


@pytest.mark.parametrize("number", ["2.", "2)", "b)"])
def test_a_list_in_one_line_falls_apart_at_its_numbers(number: str) -> None:
    assert possible_splits(f"{OPEN} {number} {FINE}") == [(OPEN, FINE)]


def test_every_joint_is_tried() -> None:
    assert possible_splits(f"{OPEN}, {FINE} and {OPEN}") == [
        (OPEN, f"{FINE} and {OPEN}"),
        (f"{OPEN}, {FINE}", OPEN),
    ]


@pytest.mark.parametrize(
    "text",
    ["", "👋", "12345", OPEN, "a dock and a mouse", f"{OPEN} and when", f"hello, {OPEN}", "a plug-in card is in the box",
     "brandy orders android ogre", "1,234,567 and 8", "Jeg købte skærmen den 2. januar hos Proshop i Aarhus"],
)  # fmt: skip
def test_what_has_no_joint_or_too_few_words_beside_it_stays_whole(text: str) -> None:
    assert possible_splits(text) == []


@given(st.text(alphabet=st.sampled_from("ab ,;-&/?å\n"), max_size=200) | st.text(max_size=200))
def test_halves_are_parts_of_the_text_with_enough_words(text: str) -> None:
    splits = possible_splits(text)
    assert len(splits) <= MOST_SPLITS
    for before, after in splits:
        assert text.startswith(before)
        assert text.endswith(after)
        assert min(len(before.split()), len(after.split())) >= LEAST_WORDS


@pytest.mark.parametrize("piece", ["a and ", ", ", "and", "- ", "when do you open, "])
def test_ten_thousand_characters_with_single_blanks_are_no_burden(piece: str) -> None:
    assert processor_seconds(lambda: possible_splits((piece * 10_000)[:10_000])) < 3
