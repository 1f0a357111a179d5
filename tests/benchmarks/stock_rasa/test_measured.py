"""What is made of values that were measured."""

from __future__ import annotations

import math

import pytest

from benchmarks.stock_rasa.measured import percentile


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (1, 1), (50, 50), (95, 95), (99, 99), (100, 100)])
def test_so_many_percent_are_no_greater(percent: float, expected: int) -> None:
    assert percentile(range(100, 0, -1), percent) == expected


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([3.0], 95) == 3
    assert percentile([1, 2, 10], 50) == 2
    assert percentile([1, 2, 10], 67) == 10


def test_no_values_have_no_percentile() -> None:
    assert math.isnan(percentile([], 50))
