"""Chatwoot's webhook: who is believed, what is taken up, and what Chatwoot's own API is told then."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.adapters.chatwoot_http import ChatwootHelpDesk
from bot.adapters.faq_files import read_faq
from bot.adapters.sql.taken_messages import SqlTakenMessages
from bot.core.ranking import Band
from bot.services.answer_help_desk import HelpDeskBot, hand_over_what_was_left
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.services.help_desk_ports import HelpDeskMessage
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.asked import asked, mail
from tests.chatwoot import (
    ACCOUNT,
    CONVERSATION,
    IGNORED,
    SECRET,
    TOKEN,
    Chatwoot,
    in_state,
    mail_message,
    message,
    running_chatwoot,
    signed,
)
from tests.fakes import FakeBot, FakeClock
from tests.served import served
from tests.web.conftest import FAQ, HOST

WORDS = {entry.id: entry.answer for entry in read_faq(FAQ)}
ANSWERED = mail(asked("How long does the payment take?", how_long_for_discount=0.98))
Send = Callable[..., httpx.Response]


@pytest.fixture
def chatwoot() -> Iterator[Chatwoot]:
    with running_chatwoot() as running:
        yield running


@pytest.fixture
def help_desk(own_console: Console, desk_database: Any, chatwoot: Chatwoot) -> HelpDeskBot:
    async def short_pause(seconds: float) -> None:
        await asyncio.sleep(seconds / 1000)

    return HelpDeskBot(
        ChatwootHelpDesk(chatwoot.url, TOKEN),
        SqlTakenMessages(desk_database),
        own_console.assist,
        own_console.keys.clock,
        SECRET,
        short_pause,
    )


@pytest.fixture
def app_with_chatwoot(gateway: Gateway, own_console: Console, help_desk: HelpDeskBot, limits: Limits) -> FastAPI:
    return create_app(replace(gateway, console=replace(own_console, help_desk=help_desk)), limits)


@pytest.fixture
def send(app_with_chatwoot: FastAPI) -> Send:
    """Sends an event, signed; the answer comes after everything was delivered."""
    client = TestClient(app_with_chatwoot, base_url=HOST, raise_server_exceptions=False)

    def sent(event: Any, **how: Any) -> httpx.Response:
        body, headers = signed(event, **how)
        return client.post("/api/chatwoot", content=body, headers=headers)

    return sent


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


def test_the_same_message_twice_is_answered_once(send: Send, chatwoot: Chatwoot, bot: FakeBot) -> None:
    bot.mail = ANSWERED
    answers = [send(message()).json() for _ in range(3)]
    assert [answer["taken"] for answer in answers] == [True, False, False]
    assert chatwoot.done == ["said"]
    send(message(id=77288))
    assert chatwoot.done == ["said", "said"]


@pytest.mark.parametrize(
    "how",
    [
        {"secret": "another secret, made up"},
        {"at": time.time() - 3600},
        {"at": time.time() + 3600},
        {"at": -1},
    ],
    ids=["another secret", "an hour old", "from the future", "before all time"],
)
def test_nobody_else_is_believed(send: Send, chatwoot: Chatwoot, bot: FakeBot, how: dict[str, Any]) -> None:
    bot.mail = ANSWERED
    refused = send(message(), **how)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "not_verified")
    assert chatwoot.calls == [] and bot.mails == []


def test_a_changed_body_is_not_believed(app_with_chatwoot: FastAPI, chatwoot: Chatwoot) -> None:
    client = TestClient(app_with_chatwoot, base_url=HOST)
    body, headers = signed(message())
    assert client.post("/api/chatwoot", content=body.replace(b"payment", b"cheque"), headers=headers).status_code == 401
    for missing in ("X-Chatwoot-Signature", "X-Chatwoot-Timestamp"):
        kept = {name: value for name, value in headers.items() if name != missing}
        assert client.post("/api/chatwoot", content=body, headers=kept).status_code == 401
    assert chatwoot.calls == []


@pytest.mark.parametrize(("token", "status"), [(SECRET, 200), ("", 401), ("x", 401), (SECRET + "x", 401), ("ø", 401)])
def test_a_chatwoot_that_does_not_sign_carries_the_secret_in_the_address(
    app_with_chatwoot: FastAPI, bot: FakeBot, token: str, status: int
) -> None:
    bot.mail = ANSWERED
    client = TestClient(app_with_chatwoot, base_url=HOST)
    assert client.post("/api/chatwoot", params={"token": token}, json=message()).status_code == status


@pytest.mark.parametrize(
    "event",
    [
        [], "x", None, 3, {}, {"event": 3},
        message(id=None), message(id="77"), message(id=-1), message(id=2**63), message(account=None),
        message(conversation=None), message(conversation={"status": "pending"}), message(account={"id": "x"}),
        message(content={"a": 1}), message(conversation={"id": 2**70, "status": "pending"}),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(send: Send, chatwoot: Chatwoot, event: Any) -> None:
    refused = send(event)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_event")
    assert chatwoot.calls == []


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
    bot.mail, chatwoot.seconds = ANSWERED, 1.0
    with served(app_with_chatwoot) as url:
        body, headers = signed(message())
        began = time.monotonic()
        assert httpx.post(f"{url}/api/chatwoot", content=body, headers=headers, trust_env=False).json()["taken"]
        assert time.monotonic() - began < 0.7
        assert chatwoot.calls == []
        assert chatwoot.wait_for(1) == ["said"]


LEFT = HelpDeskMessage(ACCOUNT, 8, 80)


def test_what_a_desk_left_behind_is_handed_over_by_the_next_one(
    app_with_chatwoot: FastAPI, help_desk: HelpDeskBot, chatwoot: Chatwoot
) -> None:
    now = help_desk.clock.now()
    for taken, ago in (
        (LEFT, timedelta(hours=1)),
        (replace(LEFT, id=81), timedelta(0)),
        (replace(LEFT, id=82), timedelta(days=3)),
    ):
        help_desk.taken.take(taken, now - ago)
    with served(app_with_chatwoot):
        assert chatwoot.wait_for(2) == ["opened", "noted"]
        assert chatwoot.calls[0].path.endswith("/conversations/8/toggle_status")
        assert "interrupted" in chatwoot.calls[1].body["content"]
    time.sleep(0.1)
    assert len(chatwoot.calls) == 2


def test_what_was_taken_right_before_a_restart_is_handed_over_once_it_is_old_enough(
    gateway: Gateway, own_console: Console, help_desk: HelpDeskBot, chatwoot: Chatwoot, limits: Limits
) -> None:
    clock = FakeClock(help_desk.clock.now())
    help_desk = replace(help_desk, clock=clock)
    app = create_app(replace(gateway, console=replace(own_console, help_desk=help_desk)), limits)
    help_desk.taken.take(LEFT, clock.now() - timedelta(seconds=20))
    with served(app):
        time.sleep(0.3)
        assert chatwoot.calls == []
        clock.move(timedelta(minutes=6))
        assert chatwoot.wait_for(2) == ["opened", "noted"]


def test_an_answer_that_chatwoot_was_away_for_is_handed_over_later(
    send: Send, chatwoot: Chatwoot, bot: FakeBot, help_desk: HelpDeskBot
) -> None:
    bot.mail, chatwoot.answers = ANSWERED, [503] * 7
    send(message())
    assert chatwoot.done == ["said"] * 7
    later = replace(help_desk, clock=FakeClock(help_desk.clock.now() + timedelta(minutes=6)))
    asyncio.run(hand_over_what_was_left(later))
    assert chatwoot.done[7:] == ["opened", "noted"]


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (401, 2), (503, 2)], ids=["gone", "wrong token", "away"])
def test_a_conversation_that_cannot_be_handed_over_keeps_no_other_from_it(
    chatwoot: Chatwoot, help_desk: HelpDeskBot, status: int, tries: int
) -> None:
    others = [replace(LEFT, id=number, conversation=number) for number in (81, 82)]
    for number, taken in enumerate((LEFT, *others)):
        help_desk.taken.take(taken, help_desk.clock.now() - timedelta(hours=1) + timedelta(seconds=number))
    chatwoot.refused = {LEFT.conversation: status}

    async def look_twice() -> None:
        await hand_over_what_was_left(help_desk)
        await hand_over_what_was_left(help_desk)

    asyncio.run(look_twice())
    assert [call.conversation for call in chatwoot.calls] == [8, 81, 81, 82, 82, 8][: 4 + tries]


def test_two_gateways_that_look_at_once_leave_one_note(chatwoot: Chatwoot, help_desk: HelpDeskBot) -> None:
    help_desk.taken.take(LEFT, help_desk.clock.now() - timedelta(hours=1))

    async def look_at_once() -> None:
        await asyncio.gather(hand_over_what_was_left(help_desk), hand_over_what_was_left(help_desk))

    asyncio.run(look_at_once())
    assert chatwoot.done.count("noted") == 1


def test_a_desk_without_chatwoot_has_no_such_address(console_app: FastAPI) -> None:
    body, headers = signed(message())
    client = TestClient(console_app, base_url=HOST)
    assert client.post("/api/chatwoot", content=body, headers=headers).status_code == 404


def test_a_long_event_is_taken_and_an_endless_one_is_not(send: Send, bot: FakeBot) -> None:
    bot.mail = ANSWERED
    assert send(message("x" * 10_000, additional_attributes={"much": "y" * 300_000})).json()["taken"]
    assert len(bot.mails[0][0]) == 10_000
    assert send(message("x" * 600_000)).status_code == 413


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
