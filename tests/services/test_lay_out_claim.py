"""A claim's way, laid out step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.replies_file import read_wording
from bot.core.cards import StepState, Timeline
from bot.core.claims import Claim
from bot.core.payment_timing import payment_outlook
from bot.services.lay_out_claim import claim_timeline
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED

WORDING = read_wording(Path(__file__).parents[2] / "faq" / "replies")
DONE, CURRENT, AHEAD, STOPPED = StepState.DONE, StepState.CURRENT, StepState.AHEAD, StepState.STOPPED


def timeline_of(claim: Claim, today: date = date(2024, 2, 1)) -> Timeline:
    return claim_timeline(claim, payment_outlook(claim, today, 45, 5, 50), WORDING)


@pytest.mark.parametrize(
    ("claim", "steps"),
    [
        (SUBMITTED, [("Submitted", DONE), ("Validated", CURRENT), ("Payment", AHEAD)]),
        (
            MISSING_INFO,
            [("Submitted", DONE), ("Information missing", STOPPED), ("Validated", AHEAD), ("Payment", AHEAD)],
        ),
        (VALIDATED, [("Submitted", DONE), ("Validated", DONE), ("Payment", CURRENT)]),
        (PAID, [("Submitted", DONE), ("Validated", DONE), ("Paid", DONE)]),
        (REJECTED, [("Submitted", DONE), ("Rejected", STOPPED)]),
    ],
)
def test_each_state_has_its_steps(claim: Claim, steps: list[tuple[str, StepState]]) -> None:
    assert [(step.label, step.state) for step in timeline_of(claim).steps] == steps


@pytest.mark.parametrize(
    ("today", "state", "detail"),
    [
        (date(2024, 2, 24), CURRENT, "due by 24 February 2024"),
        (date(2024, 2, 25), CURRENT, "at the bank until 29 February 2024"),
        (date(2024, 2, 29), CURRENT, "at the bank until 29 February 2024"),
        (date(2024, 3, 1), STOPPED, "overdue since 1 March 2024"),
    ],
)
def test_a_payment_says_its_day(today: date, state: StepState, detail: str) -> None:
    payment = timeline_of(VALIDATED, today).steps[-1]

    assert (payment.state, payment.detail) == (state, detail)


def test_a_day_that_is_not_recorded_is_left_out() -> None:
    assert [step.detail for step in timeline_of(replace(PAID, validated_on=None)).steps] == [
        "2 October 2023",
        "",
        "15 February 2024",
    ]


def test_the_title_names_the_claim() -> None:
    assert timeline_of(PAID).title == "Claim LEN-615204"
