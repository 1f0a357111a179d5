"""The answers of a turn, as Rasa is given them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from rasa.shared.core.events import Event
from ruamel.yaml import YAML

from bot.core.ranking import Band
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.turns import Turn
from bot.inside_rasa.answer_generator import DeskAnswerGenerator, turn_of
from bot.inside_rasa.understanding import RANKINGS
from bot.inside_rasa.utterances import PLAIN, UTTERANCES
from tests.fakes import FakeClock
from tests.inside_rasa.trackers import asked, conversation, reply, said

STORIES = Path(__file__).parents[2] / "data" / "stories"
FORM = Link("Contact form", "/contact")
NOTHING_NEAR = asked("nlu_fallback", Turn("nlu_fallback", 0.1, band=Band.NONE))
SOMETHING_NEAR = asked("nlu_fallback", Turn("nlu_fallback", 0.3, suggestions=("lost_invoice",), band=Band.SUGGEST))
STRANGE = asked("out_of_scope", Turn("out_of_scope", 0.9, band=Band.NONE))


class Desk:
    """The answer generator on a day of the promotion."""

    def __init__(self) -> None:
        self.generator = DeskAnswerGenerator()
        own = self.generator._content
        now = datetime(2023, 11, 15, 12, 0, tzinfo=own.promotion.time_zone)
        self.generator._content = replace(own, clock=FakeClock(now))

    async def says(self, utterance: str, *events: Event) -> list[Reply]:
        generated = await self.generator.generate(utterance, conversation(*events), "desk")
        assert generated is not None
        assert generated["text"] is None, "plain text could only be an inner name"
        return [Reply.from_dict(said_reply) for said_reply in generated["custom"]["replies"]]


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


async def test_answers_are_those_the_turn_decided_on(desk: Desk) -> None:
    message = asked("faq", Turn("faq", 0.9, ("lost_invoice", "more_than_one_claim")))
    replies = await desk.says("utter_answers", message)
    assert [answer.faq_id for answer in replies] == ["lost_invoice", "more_than_one_claim"]
    assert replies[0].text == desk.generator._content.faq["lost_invoice"].answer


async def test_every_reply_says_why_it_was_given(desk: Desk) -> None:
    message = asked("faq", Turn("faq", 0.9, ("lost_invoice", "more_than_one_claim")))
    message.parse_data[RANKINGS] = [
        {"label": "lost_invoice", "why": "answers lost_invoice with 0.93"},
        {"label": "more_than_one_claim", "why": "answers more_than_one_claim with 0.88"},
    ]
    replies = await desk.says("utter_answers", message)
    assert [answer.why for answer in replies] == [
        f"answers {answer.faq_id} with {score}" for answer, score in zip(replies, ("0.93", "0.88"))
    ]


async def test_a_pressed_button_is_why_enough(desk: Desk) -> None:
    (answer,) = await desk.says("utter_answers", asked("faq", entities=[{"entity": "faq_id", "value": "lost_invoice"}]))
    assert answer.why == "the customer pressed a button"


async def test_a_message_without_a_question_gets_no_answer_here(desk: Desk) -> None:
    assert await desk.says("utter_answers", asked("claim_status", Turn("claim_status", 0.9))) == []


async def test_a_pressed_question_is_answered(desk: Desk) -> None:
    (answer,) = await desk.says("utter_answers", asked("faq", entities=[{"entity": "faq_id", "value": "lost_invoice"}]))
    assert answer.faq_id == "lost_invoice"


async def test_who_asks_in_danish_is_told_once_that_the_answers_are_in_english(desk: Desk) -> None:
    message = asked("faq", Turn("faq", 0.9, ("lost_invoice", "more_than_one_claim"), language="da"))
    note, *answers = await desk.says("utter_answers", message)
    assert note == Reply(ReplyKind.NOTICE, desk.generator._content.wording.say("answer_in_english_da"))
    assert [answer.faq_id for answer in answers] == ["lost_invoice", "more_than_one_claim"]


async def test_a_button_is_answered_in_view_of_the_language_written_before_it(desk: Desk) -> None:
    pressed = asked("faq", entities=[{"entity": "faq_id", "value": "lost_invoice"}])
    written = replace(Turn.from_dict(SOMETHING_NEAR.parse_data["turn"]), language="sv")
    note, answer = await desk.says("utter_answers", asked("nlu_fallback", written), said(reply()), pressed)
    assert note.text == desk.generator._content.wording.say("answer_in_english_sv")
    assert answer.faq_id == "lost_invoice"


async def test_the_way_to_a_person_is_told_in_other_words_the_second_time(desk: Desk) -> None:
    (first,) = await desk.says("utter_hand_off", asked("talk_to_human"))
    (again,) = await desk.says(
        "utter_hand_off", asked("talk_to_human"), said(reply(ReplyKind.HANDOFF)), asked("talk_to_human")
    )
    assert first.text != again.text
    assert first.links == again.links == (FORM,)


async def test_the_contact_form_comes_with_the_second_miss(desk: Desk) -> None:
    (first,) = await desk.says("utter_not_understood", NOTHING_NEAR)
    (second,) = await desk.says("utter_not_understood", NOTHING_NEAR, said(first), NOTHING_NEAR)
    assert first.links == ()
    assert second.links == (FORM,)


async def test_what_comes_near_is_offered(desk: Desk) -> None:
    (offer,) = await desk.says("utter_not_understood", SOMETHING_NEAR)
    assert offer.kind is ReplyKind.SUGGESTIONS
    assert offer.buttons[0].command == "faq:lost_invoice"


async def test_what_the_page_says_nothing_about_is_said_once_and_then_in_other_words(desk: Desk) -> None:
    (first,) = await desk.says("utter_out_of_scope", STRANGE)
    (second,) = await desk.says("utter_out_of_scope", STRANGE, said(first), STRANGE)
    (third,) = await desk.says("utter_out_of_scope", STRANGE, said(first), STRANGE, said(second), STRANGE)
    assert len({first.text, second.text, third.text}) == 3
    assert first.links == second.links == third.links == (FORM,)


@pytest.mark.parametrize("utterance", sorted(PLAIN))
async def test_small_talk_is_one_sentence_of_the_desk(desk: Desk, utterance: str) -> None:
    (sentence,) = await desk.says(utterance, asked("greet"))
    assert sentence.text == desk.generator._content.wording.say(PLAIN[utterance])


async def test_the_note_on_dates_stands_on_the_desks_day(desk: Desk) -> None:
    message = asked("faq", Turn("faq", 0.9, ("when_can_i_claim",)))
    assert desk.generator._content.clock.today() == date(2023, 11, 15)
    assert "15 November 2023" in (await desk.says("utter_answers", message))[-1].text


def test_every_utterance_of_the_rules_exists_and_no_other() -> None:
    called = {
        step["action"]
        for file in STORIES.glob("*.yml")
        for rule in YAML(typ="safe").load(file.read_text(encoding="utf-8"))["rules"]
        for step in rule["steps"]
        if step.get("action", "").startswith("utter_")
    }
    assert called == set(UTTERANCES)


def test_a_conversation_without_a_message_is_not_understood() -> None:
    assert turn_of(conversation()).intent == "nlu_fallback"
