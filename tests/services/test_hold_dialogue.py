"""What the desk says where it does not understand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.faq_files import read_faq
from bot.adapters.replies_file import read_wording
from bot.core.ranking import Band
from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.core.turns import Turn
from bot.services.hold_dialogue import admit_failure, admit_not_understood, beside_answers, hand_over, say

FOLDER = Path(__file__).parents[2] / "faq"
FAQ = read_faq(FOLDER)
WORDING = read_wording(FOLDER / "replies")
FORM = Link("Contact form", "/contact")
SAID = (
    "greet", "thanks", "goodbye", "bot_challenge", "not_understood", "not_understood_again", "not_understood_once_more",
    "out_of_scope", "did_you_mean", "did_you_mean_again", "did_you_mean_beside", "did_you_mean_beside_first", "left_open", "left_open_first", "did_not_help", "hand_off", "hand_off_again", "complain",
    "cancelled", "restarted", "denied", "affirmed", "desk_failed",
)  # fmt: skip
NOTHING_NEAR = Turn("nlu_fallback", 0.1, band=Band.NONE)
SOMETHING_NEAR = Turn("nlu_fallback", 0.3, suggestions=("lost_invoice", "claim_status"), band=Band.SUGGEST)


def missed(turn: Turn, misses: int) -> Reply:
    return admit_not_understood(turn, misses, FAQ, WORDING)


def test_the_first_miss_says_what_can_be_asked() -> None:
    reply = missed(NOTHING_NEAR, 1)
    assert reply.kind is ReplyKind.NOTICE
    assert [button.command for button in reply.buttons] == [
        "intent:claim_status",
        "intent:payment_timing_lookup",
        "intent:product_eligibility",
    ]
    assert reply.links == ()


def test_what_comes_near_is_offered_in_the_pages_words_with_a_way_out() -> None:
    reply = missed(SOMETHING_NEAR, 1)
    assert reply.kind is ReplyKind.SUGGESTIONS
    assert reply.buttons == (
        Button(FAQ["lost_invoice"].question, "faq:lost_invoice"),
        Button("Where does my claim stand?", "intent:claim_status"),
        Button("None of these", "intent:deny"),
    )


def test_a_suggestion_that_is_neither_an_entry_nor_a_topic_is_not_offered() -> None:
    reply = missed(Turn("nlu_fallback", 0.3, suggestions=("renamed_entry", "lost_invoice")), 1)
    assert [button.command for button in reply.buttons] == ["faq:lost_invoice", "intent:deny"]


@pytest.mark.parametrize("misses", [2, 3, 4, 9])
@pytest.mark.parametrize("turn", [NOTHING_NEAR, SOMETHING_NEAR])
def test_from_the_second_miss_on_the_contact_form_is_there(turn: Turn, misses: int) -> None:
    assert missed(turn, misses).links == (FORM,)


@pytest.mark.parametrize("first", [NOTHING_NEAR, SOMETHING_NEAR])
@pytest.mark.parametrize("second", [NOTHING_NEAR, SOMETHING_NEAR])
def test_no_two_replies_in_a_row_are_alike(first: Turn, second: Turn) -> None:
    texts = [missed(first if misses % 2 else second, misses).text for misses in range(1, 9)]
    assert all(before != after for before, after in zip(texts, texts[1:]))


def test_after_something_else_the_first_miss_is_put_in_the_words_of_a_first_miss() -> None:
    assert missed(NOTHING_NEAR, 1).text == WORDING.say("not_understood")
    assert missed(SOMETHING_NEAR, 1).text == WORDING.say("did_you_mean")


def test_the_way_to_a_person_is_the_form_and_asked_for_again_in_other_words() -> None:
    first, again = hand_over(WORDING, before=False), hand_over(WORDING, before=True)
    for reply in (first, again):
        assert (reply.kind, reply.links) == (ReplyKind.HANDOFF, (FORM,))
    assert first.text != again.text


@pytest.mark.parametrize("key", SAID)
def test_a_sentence_that_names_the_form_comes_with_it_and_no_other_does(key: str) -> None:
    reply = say(key, WORDING)
    assert (FORM in reply.links) == ("contact form" in reply.text)


@pytest.mark.parametrize("key", ["complain", "did_not_help"])
def test_who_is_not_helped_is_shown_the_way_to_a_person(key: str) -> None:
    assert say(key, WORDING).kind is ReplyKind.HANDOFF


def test_the_desk_never_passes_itself_off_as_a_person() -> None:
    assert "not a person" in say("bot_challenge", WORDING).text


def test_a_failure_leaves_the_customer_a_way_on() -> None:
    reply = admit_failure(WORDING)
    assert (reply.kind, reply.links) == (ReplyKind.NOTICE, (FORM,))


def test_beside_an_answer_what_may_be_meant_is_offered_without_a_no() -> None:
    turn = Turn("claim_status", 0.9, suggestions=("lost_invoice", "renamed_entry"), leaves_open=True)
    offered, left = beside_answers(turn, FAQ, WORDING)
    assert offered.kind is ReplyKind.SUGGESTIONS and offered.links == (FORM,)
    assert [button.command for button in offered.buttons] == ["faq:lost_invoice"]
    assert left == say("left_open_first", WORDING)
    assert beside_answers(replace(turn, answers=("cash_or_cheque",)), FAQ, WORDING)[1] == say("left_open", WORDING)


def test_where_all_is_answered_nothing_is_said_beside_it() -> None:
    assert beside_answers(Turn("faq", 0.9, ("lost_invoice",)), FAQ, WORDING) == []
