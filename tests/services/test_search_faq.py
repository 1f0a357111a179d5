"""Entries are found by the words they share with a question."""

from __future__ import annotations

import pytest

from bot.core.faq import Faq, FaqEntry
from bot.services.search_faq import search_faq

FAQ = Faq(
    [
        FaqEntry("bulb", "Lamps", "Is the bulb included in the box?", "Yes, every lamp has one."),
        FaqEntry("return", "Lamps", "Can I return a lamp?", "Within thirty days, with the receipt."),
        FaqEntry("delivery", "Lamps", "When will my lamp arrive?", "The carrier tells you the day."),
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("how do I RETURN it", ["return"]),
        ("i lost the reciept", ["return"]),
        ("bulb or carrier?", ["bulb", "delivery"]),
        ("lamp", []),  # every entry has it: it tells nothing
        ("something else entirely", []),
        ("", []),
        ("🙂 ???", []),
    ],
)
def test_entries_are_found_by_telling_words_the_question_before_the_answer(text: str, found: list[str]) -> None:
    assert [entry.id for entry in search_faq(FAQ, text)] == found


def test_no_more_than_the_limit_are_given() -> None:
    assert len(search_faq(FAQ, "bulb return arrive", limit=2)) == 2
