"""What a conversation was about, read from Rasa's slots."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import ActionExecuted, BotUttered

from bot.bootstrap_content import Content, content
from bot.config import read_settings
from bot.core.purchase import Purchase
from bot.core.replies import ReplyKind
from bot.core.turn_context import Context
from bot.inside_rasa.conversation_state import context_of, has_been_handed_over, misses_in_a_row, topic_of
from tests.inside_rasa.trackers import asked, conversation, reply, said

ANSWER = reply(ReplyKind.ANSWER, "lost_invoice")


@pytest.fixture(scope="module")
def own() -> Content:
    return content(read_settings({}))


def test_without_a_conversation_nothing_is_open() -> None:
    assert context_of(None) == Context()
    assert context_of(conversation()) == Context()


def test_the_slots_tell_what_is_open() -> None:
    open_check = conversation(open_task="purchase", purchase=Purchase(quantity=2).as_dict())
    assert context_of(open_check) == Context(open_task="purchase", has_purchase=True)


def test_suggestions_are_offered_until_something_else_is_said() -> None:
    offered = [asked("nlu_fallback"), said(reply(ReplyKind.SUGGESTIONS))]
    assert context_of(conversation(*offered)).offered
    assert context_of(conversation(*offered, asked("affirm"), ActionExecuted("action_listen"))).offered
    assert not context_of(conversation(*offered, asked("faq"), said(ANSWER))).offered


def test_an_utterance_without_replies_says_nothing() -> None:
    offered = said(reply(ReplyKind.SUGGESTIONS))
    assert context_of(conversation(offered, said(), BotUttered("plain", None))).offered


def test_the_topic_is_the_last_question_answered_in_the_pages_words(own: Content) -> None:
    first = reply(ReplyKind.ANSWER, "how_to_qualify")
    talk = conversation(asked("faq"), said(first), asked("faq"), said(ANSWER, reply()), asked("greet"), said(reply()))
    assert topic_of(talk, own) == own.faq["lost_invoice"].question


def test_without_an_answer_there_is_no_topic(own: Content) -> None:
    assert topic_of(None, own) is None
    assert topic_of(conversation(asked("greet"), said(reply())), own) is None


def test_an_entry_that_is_gone_is_no_topic(own: Content) -> None:
    assert topic_of(conversation(said(reply(ReplyKind.ANSWER, "renamed_entry"))), own) is None


def test_misses_are_counted_back_to_the_last_message_that_was_understood() -> None:
    missed, strange, understood = asked("nlu_fallback"), asked("out_of_scope"), asked("faq")
    assert misses_in_a_row(conversation()) == 0
    assert misses_in_a_row(conversation(missed)) == 1
    assert misses_in_a_row(conversation(missed, said(reply()), strange, said(reply()), missed)) == 3
    assert misses_in_a_row(conversation(missed, missed, understood, said(ANSWER), missed)) == 1
    assert misses_in_a_row(conversation(missed, understood)) == 0


def test_a_hand_over_is_remembered_as_long_as_the_conversation() -> None:
    handed = said(ANSWER, reply(ReplyKind.HANDOFF))
    assert not has_been_handed_over(conversation(asked("faq"), said(ANSWER)))
    assert has_been_handed_over(conversation(handed, asked("faq"), said(ANSWER), asked("thanks"), said(reply())))
