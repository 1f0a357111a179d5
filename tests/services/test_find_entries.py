"""Entries are found by what is understood, or else by words."""

from __future__ import annotations

import asyncio
import threading

from bot.core.faq import Faq, FaqEntry
from bot.core.promotion import ReferenceFormat
from bot.services.find_entries import MOST_FOUND, Found, find_entries
from tests.fakes import FakeBot, WatchedFaq

LAMPS = ReferenceFormat("ALM", 5)
FAQ = Faq(
    [
        FaqEntry("lamp_bulb", "Lamps", "Is the bulb included?", "Yes, in every box."),
        FaqEntry("lamp_cable", "Lamps", "How long is the cable?", "Two metres."),
        FaqEntry("lamp_colour", "Lamps", "Which colours are there?", "Green and white."),
    ]
)


def found(bot: FakeBot, text: str, faq: Faq = FAQ) -> list[str]:
    return [entry.id for entry in search(bot, text, faq).entries]


def search(bot: FakeBot, text: str, faq: Faq = FAQ) -> Found:
    return asyncio.run(find_entries(bot, faq, text, LAMPS))


def test_what_is_understood_counts_and_not_what_shares_words() -> None:
    bot = FakeBot()
    bot.found = ["lamp_colour"]

    assert found(bot, "the cable") == ["lamp_colour"]


def test_what_is_not_understood_is_searched_by_its_words() -> None:
    assert found(FakeBot(), "the cable") == ["lamp_cable"]


def test_words_are_compared_beside_the_event_loop() -> None:
    faq = WatchedFaq(FAQ)

    assert found(FakeBot(), "the cable", faq) == ["lamp_cable"]
    assert faq.threads and threading.get_ident() not in faq.threads


def test_a_look_up_is_told_as_what_the_chat_can_do() -> None:
    bot = FakeBot()
    bot.found = ["claim_status", "lamp_bulb"]

    assert search(bot, "where is it") == Found((FAQ["lamp_bulb"],), can_be_looked_up=True)


def test_a_look_up_that_is_less_likely_than_an_entry_is_not_offered() -> None:
    bot = FakeBot()
    bot.found = ["lamp_bulb", "claim_status"]

    assert not search(bot, "bulb").can_be_looked_up


def test_without_the_bot_words_alone_are_searched() -> None:
    assert found(FakeBot(is_down=True), "the cable") == ["lamp_cable"]


def test_what_is_no_entry_is_left_out() -> None:
    bot = FakeBot()
    bot.found = ["lamp_bulb", "greet"]

    assert found(bot, "xyz") == ["lamp_bulb"]


def test_nothing_is_found_for_what_nobody_wrote_about() -> None:
    assert found(FakeBot(), "zebra crossing") == []


def test_personal_data_is_hidden_before_the_bot_sees_it() -> None:
    bot = FakeBot()

    found(bot, "where is ALM-48213 of ole@lamps.example")

    assert "48213" not in bot.searched[0]
    assert "ole@" not in bot.searched[0]


def test_no_more_are_shown_than_can_be_looked_through() -> None:
    bot, many = FakeBot(), Faq(FaqEntry(f"e{number}", "All", f"Question {number}?", "Yes.") for number in range(20))
    bot.found = [entry.id for entry in many]

    assert len(found(bot, "x", many)) == MOST_FOUND
