"""Messages that nobody has answered are handed over, each once and whatever becomes of the others."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI

from bot.services.answer_help_desk import HelpDeskBot, hand_over_what_was_left
from bot.services.console import Console
from bot.services.gateway import Gateway
from bot.services.help_desk_ports import HelpDeskMessage
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.chatwoot import ACCOUNT, Chatwoot, message
from tests.fakes import FakeBot, FakeClock
from tests.served import served
from tests.web.desk.chatwoot.conftest import Send
from tests.web.desk.chatwoot.sayings import ANSWERED

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
