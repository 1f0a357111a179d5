"""What is answered in approved words, and what is handed over with a note."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from bot.core.ranking import Band
from tests.asked import asked, mail
from tests.chatwoot import (
    ACCOUNT,
    CONVERSATION,
    IGNORED,
    TOKEN,
    Chatwoot,
    in_state,
    mail_message,
    message,
)
from tests.fakes import FakeBot
from tests.web.desk.chatwoot.conftest import Send
from tests.web.desk.chatwoot.sayings import ANSWERED, WORDS


def test_a_question_with_an_answer_is_answered_in_the_approved_words(
    send: Send, chatwoot: Chatwoot, bot: FakeBot
) -> None:
    bot.mail = ANSWERED
    answered = send(message())
    assert (answered.status_code, answered.json()) == (200, {"taken": True, "why": ""})
    (call,) = chatwoot.calls
    assert call.path == f"/api/v1/accounts/{ACCOUNT}/conversations/{CONVERSATION}/messages"
    assert call.token == TOKEN
    assert call.body == {"content": WORDS["how_long_for_discount"], "message_type": "outgoing", "private": False}


def test_a_mail_with_two_questions_gets_both_answers_and_the_note_on_dates(
    send: Send, chatwoot: Chatwoot, bot: FakeBot
) -> None:
    bot.mail = mail(asked("until when?", when_can_i_claim=0.99), asked("in cash?", cash_or_cheque=0.97))
    send(mail_message("until when?\n\nin cash?"))
    (call,) = chatwoot.calls
    first, second, note = call.body["content"].split("\n\n")
    assert (first, second) == (WORDS["when_can_i_claim"], WORDS["cash_or_cheque"])
    assert "two last days for claims" in note


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (asked("the receipt?", Band.SUGGEST, lost_invoice=0.5, what_is_invoice_number=0.3), WORDS["lost_invoice"]),
        (asked("firmware?", Band.NONE, stranger=0.99, lost_invoice=0.001), "page does not answer"),
        (asked("where is my claim?", claim_status=0.98), "look it up"),
        (asked("a person please", talk_to_human=0.98), "Asks for a person"),
        (asked("no payment after 50 days", discount_not_received_50_days=0.99), WORDS["discount_not_received_50_days"]),
    ],
    ids=["unsure", "no answer", "a look-up", "a person", "an answer that leads to where they are"],
)
def test_what_it_cannot_answer_outright_it_hands_over_with_a_note(
    send: Send, chatwoot: Chatwoot, bot: FakeBot, read: Any, told: str
) -> None:
    bot.mail = mail(read)
    send(message(read.text))
    assert chatwoot.done == ["opened", "noted"]
    assert told in chatwoot.calls[1].body["content"]
    assert read.text in chatwoot.calls[1].body["content"]


def test_a_part_of_an_answer_is_not_sent_alone(send: Send, chatwoot: Chatwoot, bot: FakeBot) -> None:
    bot.mail = mail(asked("in cash?", cash_or_cheque=0.97), asked("where is it?", claim_status=0.9))
    send(message("in cash? where is it?"))
    assert chatwoot.done == ["opened", "noted"]
    assert WORDS["cash_or_cheque"] in chatwoot.calls[1].body["content"]


@pytest.mark.parametrize("content", ["Hello!", "", None])
def test_what_asks_nothing_goes_to_a_person(send: Send, chatwoot: Chatwoot, content: str | None) -> None:
    assert send(message(content)).json()["taken"]
    assert chatwoot.done == ["opened", "noted"]


def test_without_rasa_nothing_is_answered_by_words_alone(send: Send, chatwoot: Chatwoot, bot: FakeBot) -> None:
    bot.is_down = True
    send(message("where is the serial number?"))
    assert chatwoot.done == ["opened", "noted"]
    assert "cannot be understood at the moment" in chatwoot.calls[1].body["content"]


@pytest.mark.parametrize("event", IGNORED.values(), ids=IGNORED.keys())
def test_everything_else_is_left_alone(send: Send, chatwoot: Chatwoot, bot: FakeBot, event: dict[str, Any]) -> None:
    bot.mail = ANSWERED
    answered = send(event)
    assert answered.status_code == 200
    assert answered.json()["taken"] is False and answered.json()["why"]
    assert chatwoot.calls == [] and bot.mails == []


def test_an_attack_in_a_message_stays_text(send: Send, chatwoot: Chatwoot, bot: FakeBot) -> None:
    attack = "<img src=x onerror=alert(1)> {agent} {0.__class__} ${x}"
    bot.mail = mail(asked(attack, Band.SUGGEST, lost_invoice=0.5))
    send(message(attack))
    assert attack in chatwoot.calls[1].body["content"]
    assert json.dumps(chatwoot.calls[0].body) == '{"status": "open"}'


def test_personal_data_does_not_reach_rasa(send: Send, bot: FakeBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    send(message("where is LEN-482913 of ida@lund.example?"))
    assert "482913" not in bot.mails[0][0] and "ida@" not in bot.mails[0][0]
    assert "482913" not in caplog.text


@pytest.mark.parametrize("status", ["open", "resolved"])
def test_once_an_agent_has_the_conversation_the_bot_is_silent(send: Send, chatwoot: Chatwoot, status: str) -> None:
    assert send(in_state(status)).json() == {"taken": False, "why": "an agent has the conversation"}
    assert chatwoot.calls == []
