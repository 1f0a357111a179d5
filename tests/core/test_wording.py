"""Sentences with dates and values put in."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.wording import Wording, long_date, long_month

SENTENCES = Wording({"due": "Due by {day}, {count} days later.", "plain": "Nothing to fill in."})


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2023, 11, 4), "4 November 2023"),
        (date(2024, 1, 31), "31 January 2024"),
        (date(2025, 12, 1), "1 December 2025"),
    ],
)
def test_a_date_is_written_so_that_it_cannot_be_misread(day: date, words: str) -> None:
    assert long_date(day) == words


def test_a_month_is_written_with_its_year() -> None:
    assert long_month(2023, 2) == "February 2023"


def test_placeholders_are_filled_and_dates_among_them_written_out() -> None:
    assert SENTENCES.say("due", day=date(2024, 3, 2), count=45) == "Due by 2 March 2024, 45 days later."


def test_braces_in_a_customers_words_are_nothing_to_fill() -> None:
    assert SENTENCES.say("due", day="{count}", count=3) == "Due by {count}, 3 days later."


def test_an_unknown_sentence_and_a_missing_value_are_mistakes_of_the_desk() -> None:
    with pytest.raises(KeyError, match="nowhere"):
        SENTENCES.say("nowhere")
    with pytest.raises(KeyError, match="count"):
        SENTENCES.say("due", day="tomorrow")


def test_which_sentences_there_are_can_be_asked() -> None:
    assert "plain" in SENTENCES
    assert "nowhere" not in SENTENCES
    assert SENTENCES.keys() == {"due", "plain"}
