"""What falls short of a bound, and what does not."""

from __future__ import annotations

import pytest

from bot.core.evaluation import Figure
from bot.core.floors import Floor, shortfalls

RIGHT = Figure("first choice right", 96, 100)
REFUSED = Figure("refused", 3, 100)


@pytest.mark.parametrize(
    ("share", "holds"), [(0.0, False), (0.19, False), (0.2, True), (0.5, True), (0.8, True), (0.81, False)]
)
def test_a_share_on_a_bound_is_within_it(share: float, holds: bool) -> None:
    assert Floor("refused", at_least=0.2, at_most=0.8).holds(share) is holds


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_floor_without_bounds_holds_always(share: float) -> None:
    assert Floor("refused").holds(share)


def test_nothing_falls_short_where_every_bound_is_kept() -> None:
    floors = [Floor("first choice right", at_least=0.96), Floor("refused", at_most=0.03)]
    assert shortfalls([RIGHT, REFUSED], floors) == []


def test_what_is_too_low_is_told_with_its_count_and_bound() -> None:
    assert shortfalls([RIGHT], [Floor("first choice right", at_least=0.97)]) == [
        "first choice right: 96.0% (96 of 100), has to be at least 97.0%"
    ]


def test_what_is_too_high_is_told_with_its_count_and_bound() -> None:
    assert shortfalls([REFUSED], [Floor("refused", at_most=0.025)]) == [
        "refused: 3.0% (3 of 100), has to be at most 2.5%"
    ]


@pytest.mark.parametrize("figures", [[], [Figure("nordic", 0, 0)]])
def test_what_was_not_measured_falls_short(figures: list[Figure]) -> None:
    assert shortfalls(figures, [Floor("nordic", at_most=1.0)]) == ["nordic: not measured, no question is of this kind"]


def test_every_bound_that_is_not_kept_is_told_in_the_order_of_the_bounds() -> None:
    floors = [Floor("refused", at_most=0.01), Floor("nordic", at_least=0.9), Floor("first choice right", at_least=0.99)]
    told = shortfalls([RIGHT, REFUSED], floors)
    assert [sentence.split(":")[0] for sentence in told] == ["refused", "nordic", "first choice right"]


def test_a_figure_without_a_bound_may_be_anything() -> None:
    assert shortfalls([Figure("noisy", 0, 100), RIGHT], [Floor("first choice right", at_least=0.9)]) == []


def test_without_bounds_nothing_falls_short() -> None:
    assert shortfalls([RIGHT], []) == []


def test_figures_are_read_once_from_whatever_gives_them() -> None:
    floors = [Floor("first choice right", at_least=0.97), Floor("refused", at_most=0.01)]
    assert len(shortfalls(iter([RIGHT, REFUSED]), floors)) == 2
