from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.matching.calibration import ANSWER_RISK, REFUSED_SHARE, Calibration, Scores, calibrate, soften

Right = npt.NDArray[np.bool_]
STRANGER = 0
LOWEST, HIGHEST = 0.02, 5.0


def marked(truth: npt.ArrayLike, labels: int) -> Right:
    """Which label is right for each row, where each row has one."""
    right: Right = np.arange(labels) == np.asarray(truth)[:, None]
    return right


def scores_of(
    certainty: float, rows: int = 400, labels: int = 5, *, seed: int = 0, first: int = 0
) -> tuple[Scores, Right]:
    """Scores of a classifier that is right in most rows, and always ``certainty`` times as sure as it should be.

    No row has a label below ``first``.
    """
    random = np.random.default_rng(seed)
    truth = random.integers(first, labels, size=rows)
    raw = random.normal(0, 1, (rows, labels))
    raw[np.arange(rows), truth] += random.normal(2.5, 1, rows)
    scaled = raw * certainty
    return scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True)), marked(truth, labels)


def unlikelihood(probabilities: Scores, right: Right) -> float:
    return float(-np.log(np.maximum((probabilities * right).sum(axis=1), 1e-12)).mean())


def confidence_and_good(scores: Scores, right: Right, calibration: Calibration) -> tuple[Scores, Right]:
    """How sure the best label of each row is and whether it is right, where there is no strangers' label."""
    probabilities = soften(scores, calibration.temperature)
    return probabilities.max(axis=1), right[np.arange(len(right)), probabilities.argmax(axis=1)]


def answered_and_good(scores: Scores, right: Right, calibration: Calibration) -> tuple[Right, Right]:
    """Which rows are answered and which of them rightly, by the rule of the bands; column 0 is the strangers'."""
    best, strange, chosen = best_and_strange(scores, calibration)
    return (best >= calibration.answer) & (best >= strange), right[np.arange(len(right)), chosen]


def best_and_strange(scores: Scores, calibration: Calibration) -> tuple[Scores, Scores, npt.NDArray[np.int64]]:
    probabilities = soften(scores, calibration.temperature)
    strange = probabilities[:, STRANGER].copy()
    probabilities[:, STRANGER] = 0.0
    return probabilities.max(axis=1), strange, probabilities.argmax(axis=1)


def turned_away(scores: Scores, calibration: Calibration) -> Right:
    best, strange, _ = best_and_strange(scores, calibration)
    refused: Right = best / strange < calibration.familiar
    return refused


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
