"""What is answered is right as often as promised, and no more is held back than that needs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.calibration import ANSWER_RISK, calibrate
from tests.matching.scores import (
    STRANGER,
    answered_and_good,
    best_and_strange,
    confidence_and_good,
    marked,
    scores_of,
    turned_away,
)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.5, 3.0))
def test_what_is_answered_is_right_as_often_as_promised(seed: int, certainty: float) -> None:
    scores, right = scores_of(certainty, rows=1000, seed=seed)
    calibration = calibrate(scores, right, None)
    confidence, good = confidence_and_good(scores, right, calibration)
    answered = confidence >= calibration.answer
    assert answered.any()
    assert good[answered].mean() >= 1 - ANSWER_RISK - 1e-9


@pytest.mark.parametrize(("certainty", "rows"), [(0.2, 300), (1.0, 300), (1.0, 1500), (3.0, 600)])
def test_the_next_question_is_answered_wrongly_no_more_often_than_promised(certainty: float, rows: int) -> None:
    risks = []
    for seed in range(200):
        calibration = calibrate(*scores_of(certainty, rows, seed=seed), STRANGER)
        scores, right = scores_of(certainty, 4000, seed=100_000 + seed)
        answered, good = answered_and_good(scores, right, calibration)
        risks.append(1 - good[answered].mean() if answered.any() else 0.0)
    assert np.mean(risks) <= ANSWER_RISK


def test_the_threshold_is_no_stricter_than_the_promise_needs() -> None:
    scores, right = scores_of(1.0)
    calibration = calibrate(scores, right, None)
    confidence, good = confidence_and_good(scores, right, calibration)
    assert (confidence < calibration.answer).any()
    for lower in confidence[confidence < calibration.answer]:
        answered = confidence >= lower
        assert ((~good[answered]).sum() + 1) / (answered.sum() + 1) > ANSWER_RISK


@pytest.mark.parametrize(("rows", "answers"), [(48, 0), (49, 49)])
def test_too_few_questions_promise_nothing_however_well_they_went(rows: int, answers: int) -> None:
    scores = np.log(np.array([[0.1, 0.9]] * rows))
    right = marked([1] * rows, 2)
    calibration = calibrate(scores, right, None)
    confidence, _ = confidence_and_good(scores, right, calibration)
    assert (confidence >= calibration.answer).sum() == answers


def test_equally_sure_answers_are_given_together_or_not_at_all() -> None:
    surer, less_sure = [0.02, 0.96, 0.02], [0.15, 0.7, 0.15]
    scores = np.log(np.array([surer] * 150 + [less_sure] * 50))
    right = marked([1] * 150 + [2] * 50, 3)
    answered, good = answered_and_good(scores, right, calibrate(scores, right, STRANGER))
    assert (answered & ~good).sum() <= ANSWER_RISK * answered.sum()


def test_answering_is_never_easier_than_suggesting() -> None:
    certain = np.log(np.array([[0.01, 0.98, 0.01], [0.01, 0.01, 0.98], [0.98, 0.01, 0.01]] * 40))
    calibration = calibrate(certain, marked([1, 2, 0] * 40, 3), STRANGER)
    best, strange, _ = best_and_strange(certain, calibration)
    answered = (best >= calibration.answer) & (best >= strange)
    assert answered.sum() == 80
    assert not turned_away(certain, calibration)[answered].any()


def test_what_is_answered_is_familiar_enough_to_be_suggested() -> None:
    easy, right = scores_of(3.0, first=1)
    easy[:, STRANGER] -= 10.0
    calibration = calibrate(easy, right, STRANGER)
    unseen, its_right = scores_of(3.0, 4000, seed=1)
    answered, _ = answered_and_good(unseen, its_right, calibration)
    assert answered.any()
    assert not turned_away(unseen, calibration)[answered].any()


def test_an_answer_to_a_stranger_counts_as_wrong() -> None:
    sure, unsure, strange = [0.05, 0.9, 0.05], [0.3, 0.4, 0.3], [0.3, 0.6, 0.1]
    scores = np.log(np.array([sure] * 75 + [unsure] * 75 + [strange] * 50))
    calibration = calibrate(scores, marked([1] * 150 + [STRANGER] * 50, 3), STRANGER)
    best, _, _ = best_and_strange(scores, calibration)
    assert (best[:75] >= calibration.answer).all()
    assert (best[75:] < calibration.answer).all(), "a stranger taken for a question scores more than an unsure question"


def test_a_stranger_known_as_one_leaves_the_threshold_where_it_is() -> None:
    unsure, strange = [0.3, 0.4, 0.3], [0.52, 0.45, 0.03]
    scores = np.log(np.array([unsure] * 75 + [strange] * 75))
    right = marked([1] * 75 + [STRANGER] * 75, 3)
    calibration = calibrate(scores, right, STRANGER)
    answered, good = answered_and_good(scores, right, calibration)
    assert answered[:75].all()
    assert not answered[75:].any()
    assert good[answered].all()


def test_any_of_several_right_labels_is_right() -> None:
    scores = np.log(np.array([[0.05, 0.55, 0.4], [0.05, 0.4, 0.55]] * 40))
    either = np.array([[False, True, True]] * 80)
    only = marked([1] * 80, 3)
    answered, good = answered_and_good(scores, either, calibrate(scores, either, STRANGER))
    assert (answered & good).all()
    assert not answered_and_good(scores, only, calibrate(scores, only, STRANGER))[0].any()


def test_a_classifier_that_is_never_right_answers_nothing() -> None:
    wrong = np.log(np.array([[0.6, 0.4], [0.7, 0.3], [0.8, 0.2], [0.9, 0.1]] * 25))
    right = marked([1] * 100, 2)
    calibration = calibrate(wrong, right, None)
    confidence, _ = confidence_and_good(wrong, right, calibration)
    assert not (confidence >= calibration.answer).any()
