"""Figures of the experiments: intervals, strangers refused, risk by coverage, calibration, and the papers' rule."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.understanding.measures import (
    calibration_error,
    difference,
    reliability,
    risk_by_coverage,
    share,
    strangers_refused,
    strangers_told,
)
from benchmarks.understanding.public_table import by_the_papers_rule

NINE_OF_TEN = np.array([True] * 90 + [False] * 10)


def test_the_interval_holds_the_share_and_is_about_as_wide_as_theory_says() -> None:
    found = share(NINE_OF_TEN)

    assert found.value == pytest.approx(0.9)
    assert found.low < 0.9 < found.high
    assert found.high - found.low == pytest.approx(2 * 1.96 * (0.9 * 0.1 / 100) ** 0.5, abs=0.02)


def test_intervals_are_the_same_at_every_run() -> None:
    assert share(NINE_OF_TEN) == share(NINE_OF_TEN)


def test_nothing_but_hits_leaves_nothing_to_chance() -> None:
    found = share(np.ones(20, dtype=bool))

    assert (found.value, found.low, found.high) == (1, 1, 1)


def test_a_difference_is_between_answers_to_the_same_question() -> None:
    without_one = NINE_OF_TEN.copy()
    without_one[0] = False

    apart = difference(without_one, NINE_OF_TEN)

    assert apart.value == pytest.approx(-0.01)
    assert apart.high == 0  # it is never better, whichever questions are drawn
    assert difference(NINE_OF_TEN, NINE_OF_TEN).low == 0


def test_strangers_are_refused_by_the_threshold_that_refuses_three_of_a_hundred_others() -> None:
    answerable = np.arange(100, 200, dtype=float)
    strange = np.array([50.0, 101.0, 150.0, 102.0])
    flags = np.array([False] * 100 + [True] * 4)

    # The threshold is 102: it refuses 100 and 101, and not what is just as familiar as it.
    assert strangers_refused(np.concatenate([answerable, strange]), flags) == 0.5


def test_strangers_told_is_one_where_every_stranger_is_stranger_than_every_other() -> None:
    flags = np.array([True, True, False, False])

    assert strangers_told(np.array([1.0, 2.0, 3.0, 4.0]), flags) == 1
    assert strangers_told(np.array([4.0, 3.0, 2.0, 1.0]), flags) == 0


def test_risk_is_counted_from_the_surest_answer_on() -> None:
    coverage, risk = risk_by_coverage(np.array([0.5, 0.9, 0.7, 0.1]), np.array([False, True, True, False]))

    assert coverage.tolist() == [0.25, 0.5, 0.75, 1]
    assert risk.tolist() == pytest.approx([0, 0, 1 / 3, 0.5])


def test_reliability_is_told_for_like_probabilities() -> None:
    confidence = np.array([0.1, 0.2, 0.9, 0.95, 1.0])

    parts = reliability(confidence, np.array([False, True, True, True, True]), 4)

    assert [count for _, _, count in parts] == [2, 3]  # nothing lies between them
    assert [said for said, _, _ in parts] == pytest.approx([0.15, 0.95])
    assert [was for _, was, _ in parts] == pytest.approx([0.5, 1])


def test_honest_probabilities_have_no_calibration_error() -> None:
    assert calibration_error(np.full(10, 0.9), np.array([True] * 9 + [False]), 1) == pytest.approx(0)
    assert calibration_error(np.full(10, 0.5), np.ones(10, dtype=bool), 2) == pytest.approx(0.5)


def test_the_papers_rule_takes_the_threshold_from_the_validation_set() -> None:
    strange = np.array([False, False, False, True])
    validation = (np.array([0.9, 0.8, 0.6, 0.5]), np.array([True, True, True, False]), strange)
    test = (np.array([0.9, 0.55, 0.7, 0.2]), np.array([True, True, False, False]), strange)

    in_scope, recall = by_the_papers_rule(validation, test)

    # At 0.6: the second question is right and refused, the third is wrong.
    assert in_scope == pytest.approx(1 / 3)
    assert recall == 1
