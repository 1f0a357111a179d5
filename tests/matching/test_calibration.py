from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.calibration import ANSWER_PRECISION, SUGGEST_COVERAGE, Calibration, Scores, calibrate, soften


def log_scores_of(certainty: float, rows: int = 400, labels: int = 5, *, seed: int = 0) -> tuple[Scores, np.ndarray]:
    """Log-scores of a classifier that is right in most rows, and always ``certainty`` times as sure as it should be."""
    random = np.random.default_rng(seed)
    truth = random.integers(labels, size=rows)
    raw = random.normal(0, 1, (rows, labels))
    raw[np.arange(rows), truth] += random.normal(2.5, 1, rows)
    scaled = raw * certainty
    return scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True)), truth


def unlikelihood(scores: Scores, truth: np.ndarray) -> float:
    return float(-np.log(np.maximum(scores[np.arange(len(truth)), truth], 1e-12)).mean())


def confidence_and_right(
    log_scores: Scores, truth: np.ndarray, calibration: Calibration
) -> tuple[np.ndarray, np.ndarray]:
    scores = soften(log_scores, calibration.temperature)
    return scores.max(axis=1), scores.argmax(axis=1) == truth


@pytest.mark.parametrize("temperature", [0.2, 1.0, 5.0])
def test_softened_scores_are_probabilities_in_the_same_order(temperature: float) -> None:
    log_scores, _ = log_scores_of(1.0)
    scores = soften(log_scores, temperature)
    assert np.allclose(scores.sum(axis=1), 1)
    assert (scores.argmax(axis=1) == log_scores.argmax(axis=1)).all()


def test_a_higher_temperature_makes_less_sure() -> None:
    log_scores, _ = log_scores_of(1.0)
    assert soften(log_scores, 3.0).max(axis=1).mean() < soften(log_scores, 1.0).max(axis=1).mean()


def test_scores_far_apart_do_not_overflow() -> None:
    scores = soften(np.array([[0.0, -5000.0], [-5000.0, 0.0]]), 0.2)
    assert np.isfinite(scores).all()


@pytest.mark.parametrize("certainty", [0.4, 3.0])
def test_the_temperature_makes_what_happened_more_likely(certainty: float) -> None:
    log_scores, truth = log_scores_of(certainty)
    calibration = calibrate(log_scores, truth, None)
    after = unlikelihood(soften(log_scores, calibration.temperature), truth)
    assert after < unlikelihood(soften(log_scores, 1.0), truth) - 0.01


def test_who_is_too_sure_is_cooled_and_who_is_not_sure_enough_is_heated() -> None:
    assert calibrate(*log_scores_of(3.0), None).temperature > 1.5
    assert calibrate(*log_scores_of(0.4), None).temperature < 0.7


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 3.0))
def test_what_is_answered_is_right_as_often_as_promised(seed: int, certainty: float) -> None:
    log_scores, truth = log_scores_of(certainty, seed=seed)
    calibration = calibrate(log_scores, truth, None)
    confidence, right = confidence_and_right(log_scores, truth, calibration)
    answered = confidence >= calibration.answer
    assert answered.any()
    assert right[answered].mean() >= ANSWER_PRECISION - 1e-9


def test_the_threshold_is_no_stricter_than_the_promise_needs() -> None:
    log_scores, truth = log_scores_of(1.0)
    calibration = calibrate(log_scores, truth, None)
    confidence, right = confidence_and_right(log_scores, truth, calibration)
    for lower in confidence[confidence < calibration.answer]:
        assert right[confidence >= lower].mean() < ANSWER_PRECISION


def test_hardly_anything_with_an_answer_is_turned_away() -> None:
    log_scores, truth = log_scores_of(1.0)
    calibration = calibrate(log_scores, truth, None)
    confidence, _ = confidence_and_right(log_scores, truth, calibration)
    assert (confidence >= calibration.suggest).mean() >= SUGGEST_COVERAGE - 1 / len(truth)


def test_answering_is_never_easier_than_suggesting() -> None:
    certain = np.log(np.array([[0.98, 0.02], [0.02, 0.98]] * 20))
    calibration = calibrate(certain, np.array([0, 1] * 20), None)
    assert calibration.answer >= calibration.suggest


def test_an_answer_to_a_stranger_counts_as_wrong() -> None:
    sure, unsure, strange = [0.05, 0.9, 0.05], [0.3, 0.4, 0.3], [0.52, 0.45, 0.03]
    log_scores = np.log(np.array([sure] * 25 + [unsure] * 25 + [strange] * 50))
    calibration = calibrate(log_scores, np.array([1] * 50 + [0] * 50), 0)
    confidence = soften(log_scores, calibration.temperature)[:, 1]
    assert (confidence[:25] >= calibration.answer).all()
    assert (confidence[50:] < calibration.answer).all(), (
        "a stranger's second choice scores more than a known question's first"
    )


def test_a_classifier_that_is_never_right_answers_next_to_nothing() -> None:
    wrong = np.log(np.array([[0.6, 0.4], [0.7, 0.3], [0.8, 0.2], [0.9, 0.1]]))
    calibration = calibrate(wrong, np.array([1, 1, 1, 1]), None)
    confidence, _ = confidence_and_right(wrong, np.array([1, 1, 1, 1]), calibration)
    assert (confidence >= calibration.answer).sum() <= 1


def test_a_calibration_survives_as_plain_numbers() -> None:
    calibration = calibrate(*log_scores_of(1.0), None)
    assert Calibration(**calibration.as_dict()) == calibration
    assert all(isinstance(value, float) for value in calibration.as_dict().values())
