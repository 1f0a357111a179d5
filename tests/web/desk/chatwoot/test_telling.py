"""Chatwoot's own API is told once, again while it is away, and after the webhook has its answer."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI

from bot.services.answer_help_desk import HelpDeskBot
from bot.services.help_desk_ports import HelpDeskMessage
from tests.chatwoot import (
    ACCOUNT,
    SECRET,
    TOKEN,
    Chatwoot,
    message,
    signed,
)
from tests.fakes import FakeBot
from tests.served import served
from tests.web.desk.chatwoot.conftest import Send
from tests.web.desk.chatwoot.sayings import ANSWERED


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


def test_a_refusal_is_not_repeated_and_is_logged_without_what_was_said(
    send: Send, chatwoot: Chatwoot, bot: FakeBot, caplog: pytest.LogCaptureFixture
) -> None:
    bot.mail = ANSWERED
    chatwoot.answers = [401]
    send(message("How long does the payment take, asks Ida?"))
    assert chatwoot.done == ["said"]
    assert "PROMODESK_CHATWOOT_TOKEN" in caplog.text
    assert "Ida" not in caplog.text and TOKEN not in caplog.text and SECRET not in caplog.text


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


def test_what_a_desk_left_behind_is_handed_over_by_the_next_one(
    app_with_chatwoot: FastAPI, help_desk: HelpDeskBot, chatwoot: Chatwoot
) -> None:
    now = help_desk.clock.now()
    left = HelpDeskMessage(ACCOUNT, 8, 80)
    for taken, ago in (
        (left, timedelta(hours=1)),
        (replace(left, id=81), timedelta(0)),
        (replace(left, id=82), timedelta(days=3)),
    ):
        help_desk.taken.take(taken, now - ago)
    with served(app_with_chatwoot):
        assert chatwoot.wait_for(2) == ["opened", "noted"]
        assert chatwoot.calls[0].path.endswith("/conversations/8/toggle_status")
        assert "interrupted" in chatwoot.calls[1].body["content"]
    time.sleep(0.1)
    assert len(chatwoot.calls) == 2
