"""Hardly anything that has an answer is turned away, and most strangers are."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.calibration import REFUSED_SHARE, calibrate
from tests.matching.scores import STRANGER, best_and_strange, scores_of, turned_away


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 700), st.floats(0.2, 3.0))
def test_hardly_anything_with_an_answer_is_turned_away(seed: int, rows: int, certainty: float) -> None:
    scores, right = scores_of(certainty, rows, seed=seed)
    answerable = ~right[:, STRANGER]
    refused = turned_away(scores, calibrate(scores, right, STRANGER))
    assert refused[answerable].sum() <= REFUSED_SHARE * answerable.sum()


def test_hardly_any_unseen_question_with_an_answer_is_turned_away() -> None:
    shares = []
    for seed in range(200):
        calibration = calibrate(*scores_of(1.0, seed=seed, first=1), STRANGER)
        scores, _ = scores_of(1.0, 4000, seed=100_000 + seed, first=1)
        shares.append(turned_away(scores, calibration).mean())
    assert np.mean(shares) <= REFUSED_SHARE + 2 * np.std(shares) / len(shares) ** 0.5


def test_no_more_is_suggested_than_the_share_needs() -> None:
    scores, right = scores_of(1.0)
    answerable = ~right[:, STRANGER]
    calibration = calibrate(scores, right, STRANGER)
    best, strange, _ = best_and_strange(scores, calibration)
    stricter = best[answerable] / strange[answerable] <= calibration.familiar
    assert stricter.sum() == int(REFUSED_SHARE * (answerable.sum() + 1))


def test_most_strangers_are_turned_away() -> None:
    scores, right = scores_of(1.0, 2000)
    refused = turned_away(scores, calibrate(scores, right, STRANGER))
    assert refused[right[:, STRANGER]].mean() > 0.5
