"""Answers between greeting and sign-off, as an agent would send them."""

from __future__ import annotations

from pathlib import Path

from bot.adapters.replies_file import read_wording
from bot.core.agents import Agent, Role
from bot.core.wording import Wording
from bot.services.compose_reply import ReplyFrame, compose_reply, reply_frame
from bot.services.suggest_answers import Suggestion
from tests.promotions import undisputed

OWN_WORDS = read_wording(Path(__file__).parents[2] / "faq" / "replies")
IDA = Agent("a1", "ida@desk.example", "Ida {name} Lund", Role.AGENT)
FRAME = ReplyFrame("Hello,", "Kind regards\nIda", "På engelsk:")
BULB = Suggestion("lamp_bulb", "The bulb?", "Yes,  in every box.\n\nReally.", "1")
DATES = Suggestion("lamp_dates", "When?", "In spring.", "2", notes=("Today it runs.",))
END = Suggestion("lamp_end", "Until when?", "Until June.", "3", notes=("Today it runs.",), is_foreign=True)


def test_the_answers_stand_word_for_word_between_greeting_and_sign_off() -> None:
    assert compose_reply([BULB], FRAME) == "Hello,\n\nYes,  in every box.\n\nReally.\n\nKind regards\nIda"


def test_a_note_of_several_answers_comes_once_after_the_last() -> None:
    reply = compose_reply([DATES, END], FRAME)
    assert reply == "Hello,\n\nPå engelsk:\n\nIn spring.\n\nUntil June.\n\nToday it runs.\n\nKind regards\nIda"


def test_without_answers_greeting_and_sign_off_are_left() -> None:
    assert compose_reply([], FRAME) == "Hello,\n\nKind regards\nIda"


def test_the_frame_is_in_the_customers_language_and_names_the_agent_and_the_promotion() -> None:
    english = reply_frame(IDA, "en", undisputed(), OWN_WORDS)
    assert english.greeting.startswith("Hello,")
    assert english.sign_off == "Kind regards\nIda {name} Lund\nAlmena desk lamp cashback"
    assert english.in_english == ""
    swedish = reply_frame(IDA, "sv", undisputed(), OWN_WORDS)
    assert swedish.greeting == "Hej,"
    assert swedish.sign_off.startswith("Vänliga hälsningar\nIda")
    assert "engelska" in swedish.in_english


def test_a_language_without_words_of_its_own_gets_english() -> None:
    words = Wording({"desk_greeting": "Hello,", "desk_sign_off": "Bye {agent} {promotion}"})
    assert reply_frame(IDA, "da", undisputed(), words).greeting == "Hello,"
