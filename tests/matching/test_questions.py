"""The questions of whole messages, as the trained model reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.faq_files import read_faq
from bot.core.faq import FaqEntry
from bot.core.ranking import Band
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions

FAQ = read_faq(Path(__file__).parents[2] / "faq")


def answered(text: str, matcher: Matcher, topic: str | None = None) -> list[str]:
    """The labels that are answered, in the order asked."""
    questions = read_questions(text, matcher, topic)
    return [question.best.label for question in questions if question.band is Band.ANSWER]


@pytest.mark.parametrize("entry", FAQ, ids=lambda entry: entry.id)
def test_every_published_question_leads_to_its_own_entry(trained_matcher: Matcher, entry: FaqEntry) -> None:
    assert answered(entry.question, trained_matcher) == [entry.id]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "Where do I find the serial number? And can I hand in more than one claim?",
            ["serial_number_location", "more_than_one_claim"],
        ),
        (
            "How do I send you a copy of my invoice, and how many products can I put in one claim?",
            ["include_invoice_copy", "max_products_per_claim"],
        ),
        (
            "1) when can I claim 2) I have lost my invoice, what now?".replace(" 2)", "\n2)"),
            ["when_can_i_claim", "lost_invoice"],
        ),
    ],
)
def test_two_questions_in_one_message_are_two(trained_matcher: Matcher, text: str, labels: list[str]) -> None:
    assert answered(text, trained_matcher) == labels


@pytest.mark.parametrize(
    "text",
    [
        "Hello! Where do I find the serial number? Thank you very much in advance",
        "Where do I find the serial number? I mean, where on the device is the serial number?",
        "I bought a monitor for our office. It stands here. Where do I find the serial number?",
    ],
)
def test_one_question_with_words_around_it_is_one(trained_matcher: Matcher, text: str) -> None:
    labels = answered(text, trained_matcher)
    assert [label for label in labels if label not in ("greet", "thanks")] == ["serial_number_location"]


def test_a_short_follow_up_is_read_as_going_on_from_the_topic(trained_matcher: Matcher) -> None:
    topic = FAQ["how_long_for_discount"].question
    follow_up = "and if nothing has come by then?"
    assert "discount_not_received_50_days" in answered(follow_up, trained_matcher, topic)


def test_a_clear_question_means_the_same_whatever_was_talked_of_before(trained_matcher: Matcher) -> None:
    clear = "Where do I find the serial number?"
    for topic in (None, FAQ["how_long_for_discount"].question, FAQ["lost_invoice"].question):
        assert answered(clear, trained_matcher, topic) == ["serial_number_location"]


def test_thanks_after_an_answer_is_no_question(trained_matcher: Matcher) -> None:
    assert answered("thanks!", trained_matcher, FAQ["lost_invoice"].question) == ["thanks"]


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00\x07", "👋", "\u200b", ">" * 50, "word " * 2_000, "a? " * 400])
@pytest.mark.parametrize("topic", [None, "When can I claim my cashback?"])
def test_odd_messages_are_read_too(trained_matcher: Matcher, text: str, topic: str | None) -> None:
    questions = read_questions(text, trained_matcher, topic)
    assert questions
    assert all(question.candidates for question in questions)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_message_holds_at_least_one_reading(trained_matcher: Matcher, text: str) -> None:
    assert read_questions(text, trained_matcher)
