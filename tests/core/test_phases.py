"""In which phase the promotion is on a day."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.phases import Phase, phase_on
from tests.promotions import lenovo_like, undisputed


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2023, 5, 21), Phase.BEFORE),
        (date(2023, 5, 22), Phase.OPEN),
        (date(2023, 12, 31), Phase.OPEN),
        (date(2024, 1, 1), Phase.DISPUTED),
        (date(2024, 1, 31), Phase.DISPUTED),
        (date(2024, 2, 1), Phase.CLOSED),
    ],
)
def test_days_on_which_the_page_disagrees_are_a_phase_of_their_own(day: date, phase: Phase) -> None:
    assert phase_on(lenovo_like(), day) is phase


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (date(2025, 6, 15), Phase.OPEN),
        (date(2025, 6, 16), Phase.CLAIMS_ONLY),
        (date(2025, 7, 31), Phase.CLAIMS_ONLY),
        (date(2025, 8, 1), Phase.CLOSED),
    ],
)
def test_between_the_last_purchase_and_the_last_claim_there_are_claims_only(day: date, phase: Phase) -> None:
    assert phase_on(undisputed(), day) is phase
