"""Suggested answers to a mail, with the figures behind them."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.faq import Faq, FaqEntry
from bot.core.lengths import LONGEST_MAIL
from bot.core.ranking import Band
from bot.core.wording import Wording
from bot.services.suggest_answers import (
    NO_ENTRY,
    AssistDesk,
    SuggestedAnswers,
    all_candidates,
    answered_outright,
    suggest_answers,
)
from tests.asked import asked, mail
from tests.fakes import FakeBot, FakeClock, WatchedFaq
from tests.promotions import undisputed
from tests.timing import processor_seconds

FAQ = Faq(
    [
        FaqEntry("lamp_dates", "Lamps", "From when to when?", "From 3 March to 15 June."),
        FaqEntry("lamp_bulb", "Lamps", "Is the bulb included?", "Yes, in every box.", translations={"da": "Ja."}),
        FaqEntry("lamp_cable", "Lamps", "How long is the cable?", "Two metres.", variants={"closed": "It was two metres."}),
    ]
)  # fmt: skip
WORDING = Wording(
    {f"assist_{label}": f"do: {label}" for label in NO_ENTRY}
    | {
        "assist_no_answer": "nothing",
        "today_open": "Today, {today}, it runs.",
        "today_closed": "Today, {today}, it is over.",
        "answer_in_english_da": "På engelsk:",
    }
)


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2025, 4, 10, 9, 0, tzinfo=ZoneInfo("Atlantic/Canary")))


@pytest.fixture
def desk(bot: FakeBot, clock: FakeClock) -> AssistDesk:
    return AssistDesk(bot, FAQ, undisputed(), WORDING, clock)


def suggest(desk: AssistDesk, text: str = "a mail", limit: int = 3) -> SuggestedAnswers:
    return asyncio.run(suggest_answers(text, desk, limit))


def test_each_question_gets_its_entries_with_their_figures(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(
        asked("the bulb?", lamp_bulb=0.9, lamp_cable=0.07, matched="bulb in the box"),
        asked("the cable?", Band.SUGGEST, lamp_cable=0.5, lamp_bulb=0.4),
    )
    first, second = suggest(desk).questions
    assert [(one.faq_id, one.answer, one.score, one.margin) for one in first.candidates] == [
        ("lamp_bulb", "Yes, in every box.", 0.9, 0.83),
        ("lamp_cable", "Two metres.", 0.07, 0.07),
    ]
    assert first.candidates[0].matched == "bulb in the box"
    assert first.candidates[0].version == FAQ["lamp_bulb"].version
    assert (first.band, second.band) == (Band.ANSWER, Band.SUGGEST)
    assert (first.asks_for, first.advice) == ("", "")


def test_as_many_answers_are_given_as_are_wanted_and_none_that_is_hardly_likely(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(asked("?", lamp_bulb=0.9, lamp_cable=0.05, lamp_dates=0.02))
    assert [one.faq_id for one in suggest(desk, limit=1).questions[0].candidates] == ["lamp_bulb"]
    assert [one.faq_id for one in suggest(desk, limit=9).questions[0].candidates] == ["lamp_bulb", "lamp_cable"]


def test_the_words_are_those_of_the_day(desk: AssistDesk, bot: FakeBot, clock: FakeClock) -> None:
    bot.mail = mail(asked("the cable?", lamp_cable=0.9))
    assert suggest(desk).questions[0].candidates[0].answer == "Two metres."
    clock.move(timedelta(days=365))
    assert suggest(desk).questions[0].candidates[0].answer == "It was two metres."


def test_a_date_comes_with_where_the_promotion_stands(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(asked("when?", lamp_dates=0.9), asked("the bulb?", lamp_bulb=0.9))
    dates, bulb = suggest(desk).questions
    assert dates.candidates[0].notes == ("Today, 10 April 2025, it runs.",)
    assert bulb.candidates[0].notes == ()


def test_an_approved_translation_is_given_and_its_lack_is_told(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(asked("pæren?", lamp_bulb=0.9), asked("ledningen?", lamp_cable=0.9), language="da")
    bulb, cable = (question.candidates[0] for question in suggest(desk).questions)
    assert (bulb.answer, bulb.is_foreign) == ("Ja.", False)
    assert (cable.answer, cable.is_foreign) == ("Two metres.", True)


@pytest.mark.parametrize("label", sorted(NO_ENTRY))
def test_what_is_no_entry_is_told_as_what_to_do_and_is_never_an_answer(
    desk: AssistDesk, bot: FakeBot, label: str
) -> None:
    bot.mail = mail(asked("?", **{label: 0.9, "lamp_bulb": 0.08}))
    (question,) = suggest(desk).questions
    assert (question.band, question.asks_for, question.advice) == (Band.NONE, label, f"do: {label}")
    assert answered_outright(suggest(desk)) == ()


def test_where_a_look_up_is_only_likelier_the_entries_are_still_offered(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(asked("?", Band.SUGGEST, claim_status=0.5, lamp_bulb=0.4))
    (question,) = suggest(desk).questions
    assert (question.band, question.asks_for) == (Band.SUGGEST, "claim_status")
    assert [one.faq_id for one in question.candidates] == ["lamp_bulb"]
    assert question.candidates[0].margin == 0.4


def test_what_the_page_does_not_answer_is_said_so(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(asked("?", Band.NONE, stranger=0.97, lamp_bulb=0.01))
    (question,) = suggest(desk).questions
    assert (question.band, question.candidates, question.advice) == (Band.NONE, (), "nothing")


def test_an_entry_that_is_gone_since_the_training_is_left_out(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(asked("?", lamp_shade=0.9, lamp_bulb=0.05))
    (question,) = suggest(desk).questions
    assert [one.faq_id for one in question.candidates] == ["lamp_bulb"]
    bot.mail = mail(asked("?", lamp_shade=0.9))
    assert suggest(desk).questions[0].band is Band.NONE


def test_all_questions_together_begin_with_the_first_answer_to_each(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = mail(
        asked("?", Band.SUGGEST, lamp_dates=0.4, lamp_cable=0.3),
        asked("the bulb?", lamp_bulb=0.8, lamp_cable=0.1),
    )
    band, candidates = all_candidates(suggest(desk), 3)
    assert (band, [one.faq_id for one in candidates]) == (Band.ANSWER, ["lamp_bulb", "lamp_dates", "lamp_cable"])
    assert [one.faq_id for one in all_candidates(suggest(desk), 1)[1]] == ["lamp_bulb"]


def test_all_is_answered_only_if_nothing_is_left_open(desk: AssistDesk, bot: FakeBot) -> None:
    sure, unsure = asked("the bulb?", lamp_bulb=0.9), asked("?", Band.SUGGEST, lamp_cable=0.4)
    bot.mail = mail(sure)
    assert [one.faq_id for one in answered_outright(suggest(desk))] == ["lamp_bulb"]
    bot.mail = mail(sure, unsure)
    assert answered_outright(suggest(desk)) == ()
    bot.mail = mail()
    assert not answered_outright(suggest(desk))


def test_without_the_bot_entries_that_share_words_are_told_as_such(desk: AssistDesk, bot: FakeBot) -> None:
    bot.is_down = True
    suggested = suggest(desk, "> is the bulb included?\nhow long is the cable")
    assert suggested.by_words_alone
    (question,) = suggested.questions
    assert [one.faq_id for one in question.candidates] == ["lamp_cable"]
    assert question.band is Band.SUGGEST and question.read is None
    assert suggest(desk, "zebra").questions == ()


def test_words_are_compared_beside_the_event_loop(desk: AssistDesk, bot: FakeBot) -> None:
    bot.is_down, faq = True, WatchedFaq(FAQ)
    suggest(replace(desk, faq=faq), "how long is the cable")
    assert faq.threads and threading.get_ident() not in faq.threads


def test_words_of_a_long_mail_are_compared_quickly(desk: AssistDesk, bot: FakeBot) -> None:
    bot.is_down = True
    mail_of_many_words = " ".join(f"word{number:04}xyz" for number in range(900))
    assert processor_seconds(lambda: suggest(desk, mail_of_many_words)) < 1


def test_personal_data_is_hidden_and_no_more_is_read_than_a_mail_has(desk: AssistDesk, bot: FakeBot) -> None:
    suggest(desk, "where is ALM-48213 of ole@lamps.example? " + "x" * 20_000)
    ((text, shown),) = bot.mails
    assert "48213" not in text and "ole@" not in text
    assert len(text) <= LONGEST_MAIL + 100
    assert shown > 3


def test_an_unknown_language_changes_nothing(desk: AssistDesk, bot: FakeBot) -> None:
    bot.mail = replace(mail(asked("the cable?", lamp_cable=0.9)), language="fi")
    assert not suggest(desk).questions[0].candidates[0].is_foreign
