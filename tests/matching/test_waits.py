"""A text that names a wait is marked by how long it is; every other text stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.waits import LONG, SHORT, longest_wait, mark_wait
from tests.timing import processor_seconds

LIMIT = 45
UNITS = {"days": 1, "weeks": 7, "uger": 7, "veckor": 7, "uker": 7, "fortnights": 14, "months": 30, "måneder": 30,
         "månader": 30, "years": 365, "år": 365}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("i have waited nine weeks", 63),
        ("it was 3 days ago", 3),
        ("3weeks and nothing", 21),
        ("a month has passed", 30),
        ("a few weeks", 21),
        ("another week", 7),
        ("a couple of days", 2),
        ("two full months", 60),
        ("10 business days", 10),
        ("jeg har ventet i tre måneder", 90),
        ("det har gått sju veckor", 49),
        ("i to hele uker", 14),
        ("et halvt år", 182),
        ("ett år", 365),
        ("first 2 weeks, now 3 months", 90),
        ("3 months, not 2 weeks", 90),
        ("0 days", 0),
    ],
)
def test_the_longest_wait_is_read(text: str, days: int) -> None:
    assert longest_wait(text) == days


@pytest.mark.parametrize(
    "text",
    ["", " ", "👋", "how long is a piece of string", "weeks", "3 claims", "1234567890", "on monday", "4321 weeks",
     "these days", "i dag", "år", "three weekends"],
)  # fmt: skip
def test_a_text_without_a_wait_stays_as_it_is(text: str) -> None:
    assert longest_wait(text) is None
    assert mark_wait(text, LIMIT) == text


@pytest.mark.parametrize(
    ("text", "mark"),
    [("45 days", SHORT), ("46 days", LONG), ("six weeks", SHORT), ("seven weeks", LONG), ("fire måneder", LONG)],
)
def test_a_wait_is_long_once_it_is_over_the_limit(text: str, mark: str) -> None:
    assert mark_wait(text, LIMIT) == f"{text} {mark}"


def test_any_wait_is_over_a_limit_of_none_at_all() -> None:
    assert mark_wait("a day", 0) == f"a day {LONG}"


@given(st.text(max_size=200))
def test_nothing_is_marked_without_a_limit(text: str) -> None:
    assert mark_wait(text, None) == text
    assert mark_wait(f"{text} nine weeks", None) == f"{text} nine weeks"


@given(st.integers(0, 30), st.sampled_from(sorted(UNITS)), st.integers(0, 1000))
def test_the_mark_depends_only_on_the_length(number: int, unit: str, limit: int) -> None:
    days = number * UNITS[unit]
    text = f"i wait since {number} {unit}"
    assert longest_wait(text) == days
    assert mark_wait(text, limit) == f"{text} {LONG if days > limit else SHORT}"


@given(st.text(max_size=300), st.integers(0, 1000))
def test_any_text_keeps_its_words(text: str, limit: int) -> None:
    assert mark_wait(text, limit) in (text, f"{text} {LONG}", f"{text} {SHORT}")


@pytest.mark.parametrize("piece", ["3", "a ", "a few ", "two weeks ", "3 ", "å", "half a "])
def test_ten_thousand_characters_are_no_burden(piece: str) -> None:
    assert processor_seconds(lambda: longest_wait((piece * 10_000)[:10_000])) < 3
