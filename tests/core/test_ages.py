"""How old something is, in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.ages import age_in_words


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=2, minutes=59), "2 h"),
        (timedelta(hours=24), "1 day"),
        (timedelta(days=3, hours=23), "3 days"),
    ],
)
def test_an_age_is_told_in_its_largest_unit(age: timedelta, words: str) -> None:
    assert age_in_words(age) == words
