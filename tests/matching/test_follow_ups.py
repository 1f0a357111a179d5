"""A short message after an answer goes on from there only where both readings speak for the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.faq_files import read_faq
from bot.core.ranking import Band, Candidate, Ranking
from bot.matching.follow_ups import CLEAR_SCORE, FOLLOW_UP_SCORE, FOLLOW_UP_SHARE, FOLLOW_UP_WORDS, going_on
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions
from tests.matching.fake_matcher import ranking, ranking_as_told

FAQ = read_faq(Path(__file__).parents[2] / "faq")
TOPIC = "When do you open?"
ASIDES = frozenset({"thanks"})
LABELS = ("hours", "fee", "join", "thanks")
ABOUT_HOURS = ranking("hours", 0.9, fee=0.05, join=0.03, thanks=0.02)


def goes_on(alone: Ranking, together: Ranking, before: Ranking = ABOUT_HOURS) -> Ranking | None:
    """What the message is taken for after ``TOPIC``, if it is read so by itself and so with the topic before it."""
    found = going_on(TOPIC, alone, ranking_as_told({TOPIC: before, f"{TOPIC} {alone.text}": together}), ASIDES)
    return found[0] if found else None


def alone(label: str, score: float, **others: float) -> Ranking:
    return ranking(label, score, Band.NONE, text="and on Sunday?", **others)


def test_what_is_still_about_the_topic_gets_its_answer() -> None:
    found = goes_on(alone("hours", 0.3, fee=0.2, join=0.1), ABOUT_HOURS)
    assert found is not None
    assert (found.best, found.band) == (Candidate("hours", 0.3), Band.ANSWER)


def test_what_is_nearly_as_likely_still_about_the_topic_is_taken_for_it() -> None:
    going = goes_on(alone("fee", 0.34, hours=0.31), ranking("hours", 0.9))
    assert going is not None
    assert (going.best.label, going.band) == ("hours", Band.ANSWER)


def test_what_both_readings_speak_for_is_answered_as_surely_as_they_agree() -> None:
    found = goes_on(alone("join", 0.25, fee=0.2, hours=0.2), ranking("hours", 0.5, fee=0.4, join=0.02))
    assert found is not None
    assert (found.best.label, found.band) == ("fee", Band.ANSWER)
    assert found.best.score == pytest.approx(0.08 / 0.085)
    assert found.best.score >= FOLLOW_UP_SHARE
    assert {candidate.label for candidate in found.candidates} == {"join", "fee", "hours"}


def test_readings_that_do_not_agree_lead_nowhere() -> None:
    assert goes_on(alone("join", 0.3, fee=0.2), ranking("hours", 0.5, fee=0.3, join=0.15)) is None


@pytest.mark.parametrize(("by_itself", "with_topic"), [(0.05, 0.9), (0.45, 0.05), (0.0, 0.0)])
def test_what_one_reading_hardly_speaks_for_is_not_answered(by_itself: float, with_topic: float) -> None:
    assert min(by_itself, with_topic) < FOLLOW_UP_SCORE
    assert goes_on(alone("fee", by_itself), ranking("fee", with_topic)) is None


def test_a_message_that_is_clear_enough_by_itself_needs_no_topic_to_agree() -> None:
    going = goes_on(alone("fee", CLEAR_SCORE), ranking("fee", 0.0))
    assert going is not None
    assert (going.best.label, going.band) == ("fee", Band.ANSWER)


def test_the_topic_is_not_what_a_message_goes_on_to() -> None:
    assert goes_on(alone("fee", 0.15, hours=0.1), ABOUT_HOURS) is None


def test_thanks_do_not_go_on_from_anything() -> None:
    assert goes_on(alone("thanks", 0.4, fee=0.3), ranking("fee", 0.9)) is None
    assert goes_on(alone("join", 0.2, thanks=0.2), ranking("thanks", 0.9, join=0.05)) is None


scores = st.lists(st.floats(0, 1), min_size=len(LABELS), max_size=len(LABELS)).map(
    lambda drawn: Ranking(
        "and on Sunday?",
        tuple(sorted((Candidate(*pair) for pair in zip(LABELS, drawn)), key=lambda candidate: -candidate.score)),
        Band.NONE,
        0.0,
    )
)


def test_a_topic_that_is_itself_an_aside_is_not_gone_on_about() -> None:
    assert goes_on(alone("join", 0.2, thanks=0.19), ranking("hours", 0.5), before=ranking("thanks", 0.9)) is None


@given(scores, scores, scores)
def test_whatever_the_readings_say_no_aside_is_answered_and_no_score_leaves_its_bounds(
    by_itself: Ranking, with_topic: Ranking, before: Ranking
) -> None:
    found = goes_on(by_itself, with_topic, before)
    if found is not None:
        assert found.band is Band.ANSWER
        assert found.text == by_itself.text
        assert found.best.label not in ASIDES
        assert FOLLOW_UP_SCORE <= found.best.score <= 1 + 1e-9
        assert {candidate.label for candidate in found.candidates} == set(LABELS)


@given(scores, scores, scores)
def test_the_same_readings_lead_to_the_same(by_itself: Ranking, with_topic: Ranking, before: Ranking) -> None:
    assert goes_on(by_itself, with_topic, before) == goes_on(by_itself, with_topic, before)


SHORT = "and what would it be if my neighbour only brings it back on Sunday"


@pytest.mark.parametrize(("text", "labels"), [(SHORT, ["fee"]), (f"{SHORT} evening", [])])
def test_only_a_short_message_goes_on_from_what_came_before(text: str, labels: list[str]) -> None:
    assert len(SHORT.split()) == FOLLOW_UP_WORDS
    unsure = ranking("fee", 0.3, Band.SUGGEST, text=text)
    matcher = ranking_as_told({TOPIC: ABOUT_HOURS, text: unsure, f"{TOPIC} {text}": ranking("fee", 0.6, hours=0.3)})
    found = read_questions(text, matcher, TOPIC)
    assert [question.best.label for question in found if question.band is Band.ANSWER] == labels


def test_without_an_answer_before_it_a_message_goes_on_from_nothing() -> None:
    matcher = ranking_as_told({"so late": ranking("fee", 0.3, Band.SUGGEST, text="so late")})
    assert [question.band for question in read_questions("so late", matcher)] == [Band.SUGGEST]


def test_what_is_clear_by_itself_is_not_read_again_with_the_topic() -> None:
    clear = ranking("fee", 0.9, text="what is the fine")
    matcher = ranking_as_told({"what is the fine": clear, f"{TOPIC} what is the fine": ranking("hours", 0.9)})
    assert read_questions("what is the fine", matcher, TOPIC) == [clear]


@pytest.mark.parametrize(
    ("topic", "text", "label"),
    [
        ("lost_invoice", "would a bank statement do?", "lost_invoice"),
        ("who_can_use_promotion", "and a school?", "who_can_use_promotion"),
        ("when_can_i_claim", "what if I forgot?", "forgot_to_claim_in_period"),
        ("include_invoice_copy", "and without a scanner?", "no_scanner_for_invoice"),
        ("max_products_per_claim", "can I send another one then?", "more_than_one_claim"),
    ],
)
def test_a_customer_asks_on(trained_matcher: Matcher, topic: str, text: str, label: str) -> None:
    questions = read_questions(text, trained_matcher, FAQ[topic].question)
    assert [(question.best.label, question.band) for question in questions] == [(label, Band.ANSWER)]


@pytest.mark.parametrize("text", ["👋🏽", "1234567890", "æøå?", "så?", "x" * 10_000, "…"])
def test_odd_messages_after_an_answer_are_read_too(trained_matcher: Matcher, text: str) -> None:
    assert read_questions(text, trained_matcher, FAQ["lost_invoice"].question)
