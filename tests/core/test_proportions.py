"""The interval of a share is the published one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.proportions import ENOUGH, Share

SHARES = st.integers(0, 500).flatmap(lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # As published for Wilson's interval without continuity correction (Newcombe 1998, table I).
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(part: int, whole: int, low: float, high: float) -> None:
    assert Share(part, whole).interval == pytest.approx((low, high), abs=0.0001)


@given(SHARES)
def test_the_interval_holds_the_share_and_stays_on_the_scale(share: Share) -> None:
    low, high = share.interval
    assert 0 <= low <= share.value <= high <= 1 or not share.whole


@given(SHARES)
def test_the_other_share_has_the_mirrored_interval(share: Share) -> None:
    low, high = Share(share.whole - share.part, share.whole).interval
    assert share.interval == pytest.approx((1 - high, 1 - low))


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_cases_make_it_narrower(part: int, rest: int) -> None:
    few, many = Share(part, part + rest).interval, Share(10 * part, 10 * (part + rest)).interval
    assert many[1] - many[0] < few[1] - few[0]


def test_three_of_four_are_too_few_to_judge() -> None:
    assert not Share(3, 4).is_enough
    low, high = Share(3, 4).interval
    assert high - low > 0.6
    assert Share(ENOUGH, ENOUGH).is_enough


def test_nothing_is_no_share_of_anything() -> None:
    assert Share(0, 0).interval == (0.0, 1.0)
    assert Share(0, 0).value == 0


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 3), (0, -1)])
def test_what_cannot_be_a_share_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError):
        Share(part, whole)
