"""What the page says of the promotion's phase."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.adapters.replies_file import read_wording
from bot.core.promotion import Promotion
from bot.core.wording import long_date
from bot.services.tell_phase import tell_phase
from tests.promotions import lenovo_like, undisputed

WORDING = read_wording(Path(__file__).parents[2] / "faq" / "replies")
DISPUTED, UNDISPUTED = lenovo_like(), undisputed()


def told(day: date, promotion: Promotion = DISPUTED) -> str:
    return tell_phase(promotion, WORDING, day)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 5, 21), "has not started yet: it is for purchases from 22 May 2023"),
        (date(2023, 5, 22), "is running"),
        (date(2023, 11, 30), "is running"),
        (date(2023, 12, 31), "is running"),
        (date(2024, 1, 1), "The first is over"),
        (date(2024, 1, 31), "The first is over"),
        (date(2024, 2, 1), "has ended: the page gives 31 December 2023 and 31 January 2024"),
    ],
)
def test_the_phase_changes_on_its_day(day: date, words: str) -> None:
    assert words in told(day)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 6, 15), "is running"),
        (date(2025, 6, 16), "Claims are accepted until 31 July 2025"),
        (date(2025, 7, 31), "Claims are accepted until 31 July 2025"),
        (date(2025, 8, 1), "its last day for claims was 31 July 2025"),
    ],
)
def test_without_a_contradiction_there_is_a_time_for_claims_only(day: date, words: str) -> None:
    assert words in told(day, UNDISPUTED)


@given(st.dates(DISPUTED.purchases_from.earliest, DISPUTED.claims_until.latest))
@example(DISPUTED.claims_until.earliest)
@example(DISPUTED.claims_until.latest)
def test_while_claims_are_possible_the_safe_last_day_is_named(day: date) -> None:
    assert "31 December 2023" in told(day)


@given(st.dates(date(2022, 1, 1), date(2026, 1, 1)))
def test_the_other_last_day_never_stands_alone(day: date) -> None:
    sentence = told(day)
    if "31 January 2024" in sentence:
        assert "31 December 2023" in sentence


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_nobody_is_told_to_claim_after_the_safe_day(day: date) -> None:
    assert "is running" not in told(day)
    assert "accepted until" not in told(day)


@given(st.dates(UNDISPUTED.purchases_from.earliest, UNDISPUTED.claims_until.latest))
def test_the_one_last_day_is_named_wherever_there_is_one(day: date) -> None:
    sentence = told(day, UNDISPUTED)
    assert long_date(UNDISPUTED.claims_until.earliest) in sentence
    assert "two" not in sentence
