"""Reading a whole mail with the model that Rasa has loaded."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.core.asked_questions import ReadMail
from bot.core.ranking import Band
from bot.inside_rasa.mails import read_mail
from bot.inside_rasa.trained_matcher import trained_matcher
from bot.matching.matcher import Matcher
from tests.conversations.desk import Brain
from tests.inside_rasa.channel import Gateway

MAIL = (
    "Hi,\n\nthanks for your help so far. We have moved our office in the summer and I am only now getting to this pile of papers.\n"
    "How long does it take until the money is paid? And what if the receipt is lost?\n\nKind regards\nIda\n\n"
    "On Mon, 11 Dec 2023 at 09:14, Customer Service <support@promo.example> wrote:\n> Do you pay in cash?"
)


@pytest.fixture
def loaded(brain: Brain) -> Matcher:
    matcher = trained_matcher(brain.agent)
    assert matcher is not None
    return matcher


def test_the_loaded_model_has_its_matcher(loaded: Matcher) -> None:
    assert "lost_invoice" in loaded.labels


def test_a_mail_is_told_as_the_gateway_reads_it(loaded: Matcher) -> None:
    read = ReadMail.from_dict(read_mail(MAIL, loaded, 5))
    assert read.language == "en"
    assert [(question.best.label, question.band) for question in read.questions] == [
        ("how_long_for_discount", Band.ANSWER),
        ("lost_invoice", Band.ANSWER),
    ]
    assert all(len(question.candidates) == 5 for question in read.questions)
    assert all(question.best.matched for question in read.questions)


def test_the_language_is_that_of_the_newest_mail(loaded: Matcher) -> None:
    swedish = (
        "Hej, var hittar jag serienumret på min skärm?\n\nOn Mon, Bo <bo@x.example> wrote:\n> "
        + "How can we help? " * 9
    )
    assert read_mail(swedish, loaded, 1)["language"] == "sv"


@pytest.mark.parametrize(
    "body", [[], "x", 3, {}, {"shown": 3}, {"text": "x", "shown": "many"}, {"text": "x", "shown": None}]
)
async def test_what_is_no_mail_is_refused(gateway: Gateway, loaded: Matcher, body: Any) -> None:
    gateway.app.ctx.agent = SimpleNamespace(is_ready=lambda: True, processor=_processor(loaded))
    assert (await gateway.ask("POST", "/understand", json=body)).status_code == 422


async def test_the_channel_reads_mails_for_the_gateway_only(gateway: Gateway, loaded: Matcher) -> None:
    body = {"text": MAIL, "shown": 2}
    assert (await gateway.ask("POST", "/understand", {}, json=body)).status_code == 403
    assert (await gateway.ask("POST", "/understand", json=body)).status_code == 503
    gateway.app.ctx.agent = SimpleNamespace(is_ready=lambda: True, processor=_processor(loaded))
    answered = await gateway.ask("POST", "/understand", json=body)
    assert answered.status_code == 200
    read = ReadMail.from_dict(answered.json())
    assert [len(question.candidates) for question in read.questions] == [2, 2]


async def test_a_long_mail_does_not_keep_others_waiting(gateway: Gateway, loaded: Matcher) -> None:
    gateway.app.ctx.agent = SimpleNamespace(is_ready=lambda: True, processor=_processor(loaded))
    long = asyncio.create_task(gateway.ask("POST", "/understand", json={"text": "what if I lost it? How long? " * 330}))
    await asyncio.sleep(0)
    answered = await gateway.turn(conversation="abc", text="hello")
    assert answered.status_code == 200
    assert not long.done()
    assert (await long).status_code == 200


def _processor(matcher: Matcher) -> Any:
    """Rasa's processor, as far as a component is looked up in it."""
    from bot.inside_rasa.understanding import DeskUnderstanding

    component = DeskUnderstanding(matcher, None, None)  # type: ignore[arg-type]
    nodes = {"other": SimpleNamespace(_component=object()), "run": SimpleNamespace(_component=component)}
    return SimpleNamespace(graph_runner=SimpleNamespace(nodes=nodes))
