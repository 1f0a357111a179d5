"""Questions, follow-ups and corrections are told by how a message opens."""

from __future__ import annotations

import pytest

from bot.core.phrasing import corrects, is_follow_up, is_question


@pytest.mark.parametrize("text", ["Does it count", "so it counts?", "hvad så?", "where is it", "whats that"])
def test_a_question_is_known_by_its_mark_or_its_first_word(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", ["", "it counts", "tell me", "docks from the shop", "can't find it", "Island Trading"])
def test_what_has_neither_is_none(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize("text", ["and from a shop?", "ok, what if it was June", "Sorry, June", "well actually June"])
def test_a_follow_up_is_known_by_its_opening(text: str) -> None:
    assert is_follow_up(text)


@pytest.mark.parametrize("text", ["", "and can I buy it online?", "in June", "android"])
def test_a_question_of_its_own_is_no_follow_up(text: str) -> None:
    assert not is_follow_up(text)


@pytest.mark.parametrize(
    "text",
    [
        "actually it was 12 november",
        "sorry, I meant the 3rd of October",
        "The date is wrong. It was 10/11/2023",
        "oh no - it was amazon",
        "Undskyld, det var den 12. november",
        "hm, förlåt, jag menade oktober",
        "beklager, jeg mente oktober",
    ],
)
def test_a_correction_may_open_any_part_of_a_message(text: str) -> None:
    assert corrects(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "we bought it on 12 november",
        "no, can I still claim?",
        "is it a wrong date?",
        "when it was delivered we paid",
    ],
)
def test_what_takes_nothing_back_is_no_correction(text: str) -> None:
    assert not corrects(text)
