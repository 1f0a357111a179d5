"""The questions of whole messages, as the trained model reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapters.faq_files import read_faq
from bot.bootstrap_understanding import development_questions
from bot.config import read_settings
from bot.core.faq import FaqEntry
from bot.core.ranking import Band
from bot.matching.matcher import Matcher
from bot.matching.questions import ASIDE, read_questions
from bot.matching.several import WRONGLY_SPLIT

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
            "1) when can I claim 2) I have lost my invoice, what now?",
            ["when_can_i_claim", "lost_invoice"],
        ),
    ],
)
def test_two_questions_in_one_message_are_two(trained_matcher: Matcher, text: str, labels: list[str]) -> None:
    assert answered(text, trained_matcher) == labels


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("do i get vat back and where do i upload the invoice", "include_invoice_copy"),
        ("where do i upload the invoice and do i get vat back", "include_invoice_copy"),
        ("how long does the payment take and what is the delivery time", "how_long_for_discount"),
        ("do you deliver to norway and can i get a cheque", "cash_or_cheque"),
        ("what about the warranty of my monitor and how many products can i claim", "max_products_per_claim"),
        ("Do you repair broken laptops? Also, where do I find the serial number?", "serial_number_location"),
        ("does it count for HP printers and until when can i claim", "when_can_i_claim"),
        ("is there a student discount and can i claim twice", "more_than_one_claim"),
        ("how do i return the mouse, and can the cashback go to my brother", "pay_to_someone_else"),
        ("where do i find the serial number and can you send me a new charger", "serial_number_location"),
        ("Which of your monitors is best for gaming, and where is the invoice number?", "what_is_invoice_number"),
        ("får jag tillbaka momsen och var laddar jag upp fakturan", "include_invoice_copy"),
    ],
)
def test_what_the_page_says_nothing_about_is_left_open_beside_what_it_answers(
    trained_matcher: Matcher, text: str, entry: str
) -> None:
    questions = read_questions(text, trained_matcher)
    assert [question.best.label for question in questions if question.band is Band.ANSWER] == [entry]
    assert [question.is_strange for question in questions if question.band is not Band.ANSWER] == [True]


def test_what_is_too_unsure_among_several_questions_is_not_passed_over(trained_matcher: Matcher) -> None:
    text = "which invoice do you need? until when can i claim? is amazon ok?"
    questions = read_questions(text, trained_matcher)
    assert {question.best.label for question in questions if question.band is Band.ANSWER} == {
        "when_can_i_claim",
        "what_is_reseller",
    }
    assert [(question.text, question.band) for question in questions if question.band is not Band.ANSWER] == [
        ("which invoice do you need?", Band.SUGGEST)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "we bought it in a shop in Bergen and where do i upload the invoice",
        "my colleague is on holiday, where do I find the serial number?",
        "I lost my invoice. The weather is fine here in Bergen by the way",
        "where do i upload the invoice? can you tell me? thanks",
        "Kan du hjælpe mig? hvor finder jeg serienummeret",
    ],
)
def test_what_is_only_told_beside_a_question_is_not_left_open(trained_matcher: Matcher, text: str) -> None:
    assert not any(question.is_strange for question in read_questions(text, trained_matcher))


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


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("thanx a lot!", "thanks"),
        ("thanx for the help", "thanks"),
        ("Davs!", "greet"),
        ("morn", "greet"),
        ("abort", "cancel"),
        ("forgett it", "cancel"),
    ],
)
def test_a_short_word_written_its_own_way_is_not_taken_for_another(
    trained_matcher: Matcher, text: str, label: str
) -> None:
    assert answered(text, trained_matcher) == [label]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("ugh. forget it, do docks count", "product_eligibility"),
        ("nvm, how long does the payment take", "how_long_for_discount"),
        ("leave it - where do I find the serial number?", "serial_number_location"),
        ("glem det, hvor lang tid tager udbetalingen?", "how_long_for_discount"),
    ],
)
def test_what_is_asked_after_dropping_what_was_begun_is_heard(trained_matcher: Matcher, text: str, entry: str) -> None:
    assert set(answered(text, trained_matcher)) == {entry, "cancel"}


@pytest.mark.parametrize("text", ["forget it, I do not need that anymore", "never mind, can you stop asking please"])
def test_the_words_around_dropping_it_are_no_question(trained_matcher: Matcher, text: str) -> None:
    assert answered(text, trained_matcher) == ["cancel"]


def test_development_questions_that_ask_one_thing_are_seldom_split(trained_matcher: Matcher) -> None:
    asked = [question.text for question in development_questions(read_settings({})) if not question.is_multiple]
    split = [text for text in asked if len(set(answered(text, trained_matcher)) - ASIDE) > 1]
    assert len(split) <= WRONGLY_SPLIT * len(asked), split


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
