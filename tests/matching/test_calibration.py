"""A calibration makes scores as sure as they should be, and is plain numbers itself."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.calibration import Calibration, Scores, calibrate, soften
from tests.matching.scores import STRANGER, Right, answered_and_good, marked, scores_of

LOWEST, HIGHEST = 0.02, 5.0


def unlikelihood(probabilities: Scores, right: Right) -> float:
    return float(-np.log(np.maximum((probabilities * right).sum(axis=1), 1e-12)).mean())


@pytest.mark.parametrize("temperature", [LOWEST, 0.2, 1.0, HIGHEST])
def test_softened_scores_are_probabilities_in_the_same_order(temperature: float) -> None:
    scores, _ = scores_of(1.0)
    probabilities = soften(scores, temperature)
    assert np.allclose(probabilities.sum(axis=1), 1)
    assert (probabilities.argmax(axis=1) == scores.argmax(axis=1)).all()


def test_a_higher_temperature_makes_less_sure() -> None:
    scores, _ = scores_of(1.0)
    assert soften(scores, 3.0).max(axis=1).mean() < soften(scores, 1.0).max(axis=1).mean()


def test_scores_far_apart_do_not_overflow() -> None:
    assert np.isfinite(soften(np.array([[0.0, -5000.0], [-5000.0, 0.0]]), LOWEST)).all()


@pytest.mark.parametrize("certainty", [0.1, 0.4, 3.0])
def test_the_temperature_makes_what_happened_more_likely(certainty: float) -> None:
    scores, right = scores_of(certainty)
    calibration = calibrate(scores, right, None)
    after = unlikelihood(soften(scores, calibration.temperature), right)
    assert after < unlikelihood(soften(scores, 1.0), right) - 0.01


def test_who_is_too_sure_is_cooled_and_who_is_not_sure_enough_is_heated() -> None:
    assert calibrate(*scores_of(3.0), None).temperature > 1.5
    assert calibrate(*scores_of(0.4), None).temperature < 0.7


@pytest.mark.parametrize("certainty", [0.001, 1000.0])
def test_the_temperature_stays_within_its_bounds(certainty: float) -> None:
    scores, right = scores_of(1.0)
    assert LOWEST <= calibrate(scores * certainty, right, None).temperature <= HIGHEST


def test_strangers_alone_can_be_calibrated_on() -> None:
    scores, _ = scores_of(1.0, 20)
    calibration = calibrate(scores, marked([STRANGER] * 20, 5), STRANGER)
    assert all(np.isfinite(value) for value in calibration.as_dict().values())
    assert not answered_and_good(scores, marked([STRANGER] * 20, 5), calibration)[0].any()


def test_the_same_questions_give_the_same_calibration_in_any_order() -> None:
    scores, right = scores_of(1.0)
    shuffled = np.random.default_rng(1).permutation(len(scores))
    first, other = calibrate(scores, right, STRANGER), calibrate(scores[shuffled], right[shuffled], STRANGER)
    assert calibrate(scores, right, STRANGER) == first
    assert list(other.as_dict().values()) == pytest.approx(list(first.as_dict().values()), rel=1e-3)


def test_a_calibration_leaves_the_scores_as_they_are() -> None:
    scores, right = scores_of(1.0)
    before = scores.copy()
    calibrate(scores, right, STRANGER)
    assert (scores == before).all()


def test_a_calibration_survives_as_plain_numbers() -> None:
    calibration = calibrate(*scores_of(1.0), STRANGER)
    values: dict[str, float] = calibration.as_dict()
    assert Calibration(**values) == calibration
    assert all(isinstance(value, float) for value in values.values())
