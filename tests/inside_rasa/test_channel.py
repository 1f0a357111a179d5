"""The desk's channel over HTTP, in front of a Rasa that answers what it is told to."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import pytest

from bot.inside_rasa.channel import NAME
from bot.inside_rasa.search import labels_found
from bot.services.hold_dialogue import admit_failure, admit_no_look_up
from tests.inside_rasa.channel import ANSWER, WORDING, Gateway, Rasa

FAILURE = admit_failure(WORDING).as_dict()
NO_LOOK_UP = admit_no_look_up(WORDING).as_dict()


async def test_a_message_is_answered_with_what_rasa_says(gateway: Gateway, rasa: Rasa) -> None:
    answered = await gateway.turn(conversation="abc", text="Where is LEN-730118?")
    assert (answered.status_code, answered.json()) == (200, {"replies": [ANSWER]})
    (heard,) = rasa.heard
    assert (heard.text, heard.sender_id, heard.input_channel) == ("Where is ‹claim reference›?", "abc", NAME)


@pytest.mark.parametrize(
    "headers", [{}, {"X-Desk-Key": ""}, {"X-Desk-Key": "another"}, {"X-Desk-Key": "the key "[:-2]}]
)
async def test_nobody_without_the_key_is_let_in(gateway: Gateway, rasa: Rasa, headers: dict[str, str]) -> None:
    body = {"conversation": "abc", "text": "hello"}
    assert (await gateway.ask("POST", "/turn", headers, json=body)).status_code == 403
    assert (await gateway.ask("GET", "/health", headers)).status_code == 403
    assert rasa.heard == []


@pytest.mark.parametrize(
    "text",
    ["/restart", " /restart", "//restart", "/ /restart", "\n/restart", "\t\r/restart", "\u00a0/restart", "\u2003/\u2003/restart",
     "\x1c/restart", '/faq{"faq_id": "lost_invoice"}', "/session_start"],
)  # fmt: skip
async def test_a_leading_slash_is_no_command(gateway: Gateway, rasa: Rasa, text: str) -> None:
    await gateway.turn(conversation="abc", text=text)
    (heard,) = rasa.heard
    assert not heard.text.startswith("/")
    assert heard.text == text[text.rindex("/") + 1 :]


async def test_a_slash_within_a_text_stays(gateway: Gateway, rasa: Rasa) -> None:
    await gateway.turn(conversation="abc", text="bought on 5/10 and/or 6/10")
    assert rasa.heard[0].text == "bought on 5/10 and/or 6/10"


@pytest.mark.parametrize("text", ["", "   ", "/", "\n\n"])
async def test_an_empty_message_gets_a_reply_too(gateway: Gateway, rasa: Rasa, text: str) -> None:
    answered = await gateway.turn(conversation="abc", text=text)
    assert answered.json()["replies"]
    assert rasa.heard[0].text == "…"


async def test_a_turn_is_known_by_its_id(gateway: Gateway, rasa: Rasa) -> None:
    for turn in ({"turn": "t1"}, {"turn": "t2"}, {}):
        await gateway.turn(conversation="abc", text="hello", **turn)
    assert [heard.message_id for heard in rasa.heard[:2]] == ["t1", "t2"]
    assert rasa.heard[2].message_id not in ("", "t2")


async def test_a_button_means_what_the_desk_meant(gateway: Gateway, rasa: Rasa) -> None:
    await gateway.turn(conversation="abc", command="intent:claim_status")
    assert rasa.heard[0].text == "/claim_status"


@pytest.mark.parametrize(
    "body",
    [
        {"conversation": "abc", "command": "intent:restart"},
        {"conversation": "abc", "command": "/restart"},
        {"conversation": "abc"},
        {"text": "hello"},
        {"conversation": "", "text": "hello"},
        [],
        "hello",
        None,
    ],
)
async def test_what_cannot_be_used_is_refused(gateway: Gateway, rasa: Rasa, body: Any) -> None:
    refused = await gateway.ask("POST", "/turn", json=body)
    assert refused.status_code == 422
    assert rasa.heard == []


async def test_silence_of_rasa_is_never_passed_on(gateway: Gateway, rasa: Rasa) -> None:
    rasa.replies = []
    assert (await gateway.turn(conversation="abc", text="hello")).json() == {"replies": [NO_LOOK_UP]}


async def test_a_failure_of_rasa_gets_a_reply_and_a_log_line_without_the_customers_words(
    gateway: Gateway, rasa: Rasa, caplog: pytest.LogCaptureFixture
) -> None:
    rasa.replies, rasa.error = [], RuntimeError("could not read: hello, this is Ida")
    answered = await gateway.turn(conversation="abc", text="hello, this is Ida")
    assert (answered.status_code, answered.json()) == (200, {"replies": [FAILURE]})
    assert "RuntimeError" in caplog.text
    assert "Ida" not in caplog.text


async def test_what_was_said_before_a_failure_is_not_lost(gateway: Gateway, rasa: Rasa) -> None:
    rasa.error = RuntimeError("the action server is down")
    assert (await gateway.turn(conversation="abc", text="hello")).json() == {"replies": [ANSWER]}


async def test_a_text_that_is_no_reply_of_the_desk_is_held_back(
    gateway: Gateway, rasa: Rasa, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    rasa.replies, rasa.plain_text = [], "utter_default"
    answered = await gateway.turn(conversation="abc", text="hello")
    assert answered.json() == {"replies": [NO_LOOK_UP]}
    assert "held back" in caplog.text


@pytest.mark.parametrize(
    ("is_loaded", "intent", "ready"), [(True, "faq", True), (True, None, False), (False, "faq", False)]
)
async def test_it_is_ready_when_a_model_understands_a_question(
    gateway: Gateway, is_loaded: bool, intent: str | None, ready: bool
) -> None:
    async def parse_message(text: str) -> dict[str, Any]:
        return {"intent": {"name": intent}}

    gateway.app.ctx.agent = SimpleNamespace(is_ready=lambda: is_loaded, parse_message=parse_message)
    assert (await gateway.ask("GET", "/health")).json() == {"ready": ready}


async def test_without_an_agent_it_is_not_ready(gateway: Gateway) -> None:
    assert (await gateway.ask("GET", "/health")).json() == {"ready": False}


async def test_a_search_gets_what_is_likely_and_leaves_no_trace(gateway: Gateway, rasa: Rasa) -> None:
    asked: list[str] = []

    async def parse_message(text: str) -> dict[str, Any]:
        asked.append(text)
        return {"questions": [question("answer", first=0.9, second=0.05, third=0.01), question("none", fourth=0.9)]}

    gateway.app.ctx.agent = SimpleNamespace(is_ready=lambda: True, parse_message=parse_message)

    found = await gateway.ask("POST", "/search", json={"text": "/restart now"})

    assert found.json() == {"entries": ["first", "second"]}
    assert asked == ["restart now"]
    assert rasa.heard == []


async def test_two_questions_are_searched_in_turn(gateway: Gateway) -> None:
    questions = [question("answer", a=0.9, b=0.1), question("suggest", c=0.6, a=0.3)]

    assert labels_found({"questions": questions}) == ["a", "c", "b"]


async def test_a_search_without_an_agent_finds_nothing(gateway: Gateway) -> None:
    assert (await gateway.ask("POST", "/search", json={"text": "x"})).json() == {"entries": []}


def question(band: str, **scores: float) -> dict[str, Any]:
    return {"band": band, "candidates": [{"label": label, "score": score} for label, score in scores.items()]}
