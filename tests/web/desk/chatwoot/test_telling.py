"""Chatwoot's own API is told once, again while it is away, and after the webhook has its answer."""

from __future__ import annotations

import httpx
import pytest
from fastapi import FastAPI

from tests.chatwoot import (
    SECRET,
    TOKEN,
    Chatwoot,
    message,
    signed,
)
from tests.fakes import FakeBot
from tests.served import served
from tests.web.desk.chatwoot.conftest import Send
from tests.web.desk.chatwoot.sayings import ANSWERED, WORDS


def test_the_same_message_twice_is_answered_once(send: Send, chatwoot: Chatwoot, bot: FakeBot) -> None:
    bot.mail = ANSWERED
    answers = [send(message()).json() for _ in range(3)]
    assert [answer["taken"] for answer in answers] == [True, False, False]
    assert chatwoot.done == ["said"]
    send(message(id=77288))
    assert chatwoot.done == ["said", "said"]


def test_chatwoot_is_tried_again_while_it_is_away(send: Send, chatwoot: Chatwoot, bot: FakeBot) -> None:
    bot.mail = ANSWERED
    chatwoot.answers = [500, 503, 429]
    send(message())
    assert chatwoot.done == ["said"] * 4


def test_a_refused_answer_is_not_repeated_but_handed_over_and_logged_without_what_was_said(
    send: Send, chatwoot: Chatwoot, bot: FakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.mail = ANSWERED
    chatwoot.answers = [401]
    send(message("How long does the payment take, asks Ida?"))
    assert chatwoot.done == ["said", "opened", "noted"]
    assert WORDS["how_long_for_discount"] in chatwoot.calls[2].body["content"]
    assert "PROMODESK_CHATWOOT_TOKEN" in caplog.text
    assert "Ida" not in caplog.text and TOKEN not in caplog.text and SECRET not in caplog.text


def test_an_answer_that_may_have_arrived_is_not_said_twice_but_handed_over(
    send: Send, chatwoot: Chatwoot, bot: FakeBot
) -> None:
    bot.mail, chatwoot.late = ANSWERED, {"said"}
    send(message())
    assert chatwoot.done == ["said", "opened", "noted"]


def test_a_note_that_may_have_arrived_is_not_left_twice(send: Send, chatwoot: Chatwoot) -> None:
    chatwoot.late = {"noted"}
    send(message("Hello!"))
    assert chatwoot.done == ["opened", "noted"]


def test_a_hand_over_that_may_have_arrived_is_tried_again(send: Send, chatwoot: Chatwoot) -> None:
    chatwoot.late = {"opened"}
    send(message("Hello!"))
    assert chatwoot.done == ["opened"] * 7


def test_the_webhook_answers_before_chatwoot_is_told(
    app_with_chatwoot: FastAPI, chatwoot: Chatwoot, bot: FakeBot
) -> None:
    bot.mail = ANSWERED
    chatwoot.may_answer.clear()
    with served(app_with_chatwoot) as url:
        body, headers = signed(message())
        assert httpx.post(f"{url}/api/chatwoot", content=body, headers=headers, timeout=30, trust_env=False).json()[
            "taken"
        ]
        assert chatwoot.calls == []
        chatwoot.may_answer.set()
        assert chatwoot.wait_for(1) == ["said"]
