"""Training on a small library's questions: what development questions set, and that it comes out the same twice."""

from __future__ import annotations

import pytest

from bot.core.evaluation import LabelledQuestion
from bot.core.intents import OUT_OF_SCOPE, THANKS
from bot.matching.encoder import Encoder
from bot.matching.learning import learn
from bot.matching.matcher import Matcher
from bot.matching.questions import pairs_in, read_questions
from bot.matching.several import NEVER_SEVERAL, WRONGLY_SPLIT

PHRASES = {
    "hours": (
        "when are you open", "what time do you open on Monday", "are you open on Sundays", "opening hours please",
        "when do you close in the evening", "how late are you open on Friday", "is the library open at Easter",
    ),
    "join": (
        "how do I become a member", "can I join the library", "what does a library card cost", "where do I get a card",
        "how can my daughter join", "do I need a card to borrow", "sign up for a library card",
    ),
    "fee": (
        "what is the fine for a late book", "I brought the book back late", "how much is the late fee",
        "do I have to pay a fine", "my book is overdue, what do I pay", "I forgot to return a book in time",
        "the book has been at home for nine weeks",
    ),
    THANKS: ("thanks", "thank you", "many thanks", "thanks a lot", "great, thank you", "cheers"),
    OUT_OF_SCOPE: (
        "what is the weather tomorrow", "who won the match", "do you sell bicycles", "book me a flight to Rome",
        "tell me a joke", "how do I bake bread", "my car does not start",
    ),
}  # fmt: skip
EXAMPLES = [(text, label) for label, texts in PHRASES.items() for text in texts]
ASKED = {
    "hours": (
        "Are you there on Saturday? I mean, is the library open then?", "Until when can I come in tonight",
        "I work late, and I wonder how late you are open", "At what hour do the doors open, and when do they close?",
        "I pass by on Sunday morning. Is somebody there?", "opening times for Whit Monday",
    ),
    "join": (
        "I have just moved here. How do I become a member?", "My son is six, and he would like a card of his own",
        "Can anybody join? Do I need a card?", "what do you charge for a library card", "I want to sign up, how do I?",
        "Is it possible to become a member, and where do I get the card?",
    ),
    "fee": (
        "I was ill. My book is late, do I pay a fine?", "What do I owe you for the overdue book",
        "The book is two weeks late, and I want to know the fee", "how high is the fine when a book comes back late?",
        "I forgot the book at home. Is there a fine for that?", "late fees?",
    ),
    OUT_OF_SCOPE: ("Is it going to rain tomorrow, and is it cold?", "which car should I buy", "Who is the king of Peru?"),
}  # fmt: skip
SINGLE = [LabelledQuestion(text, (label,)) for label, texts in ASKED.items() for text in texts]
SEVERAL = [
    LabelledQuestion("When do you open tomorrow? And what is the fine for a late book?", ("hours", "fee")),
    LabelledQuestion("how do I become a member and when are you open", ("join", "hours")),
]


@pytest.fixture(scope="module")
def matcher(encoder: Encoder) -> Matcher:
    return learn(EXAMPLES, encoder, [*SINGLE, *SEVERAL], long_wait=42)


def subjects(matcher: Matcher, text: str) -> set[str]:
    return {ranking.verdict.label for ranking in read_questions(text, matcher)} - {THANKS}


def test_without_development_questions_no_message_is_taken_for_two(encoder: Encoder) -> None:
    for development in ([], SEVERAL):
        plain = learn(EXAMPLES, encoder, development)
        assert plain.several == NEVER_SEVERAL
        assert plain.calibration == Matcher.fit(EXAMPLES, encoder).calibration


def test_one_development_question_is_enough_to_learn(encoder: Encoder) -> None:
    learnt = learn(EXAMPLES, encoder, SINGLE[:1])
    assert learnt.several == NEVER_SEVERAL
    assert learnt.rank(["how late are you open"])[0].best.label == "hours"


@pytest.mark.parametrize(
    "few",
    [
        SINGLE[:2],
        [LabelledQuestion("thanks!", (THANKS,)), LabelledQuestion("many thanks", (THANKS,))],
        [question for question in SINGLE if question.is_stranger],
        [LabelledQuestion("when do you open", ("hours",)), *SEVERAL],
    ],
    ids=["of one label", "thanks only", "strangers only", "one and several"],
)
def test_a_few_development_questions_of_any_kind_can_be_learnt_from(
    encoder: Encoder, few: list[LabelledQuestion]
) -> None:
    learnt = learn(EXAMPLES, encoder, few)
    assert learnt.rank(["how late are you open"])[0].best.label == "hours"
    assert subjects(learnt, "When are you open on Sundays?") == {"hours"}


def test_development_questions_set_the_bands_and_what_is_two_questions(matcher: Matcher, encoder: Encoder) -> None:
    assert matcher.calibration != Matcher.fit(EXAMPLES, encoder, long_wait=42).calibration
    assert matcher.several.weights
    assert 0 < matcher.several.threshold <= 1


def test_development_questions_that_ask_one_thing_are_seldom_split(matcher: Matcher) -> None:
    likely, threshold = matcher.several.likelihood, matcher.several.threshold
    found = pairs_in([question.text for question in SINGLE], matcher)
    assert sum(bool(pairs) for pairs in found) > WRONGLY_SPLIT * len(SINGLE)  # else nothing could go wrong
    assert sum(max(map(likely, pairs), default=0.0) >= threshold for pairs in found) <= WRONGLY_SPLIT * len(SINGLE)
    assert sum(len(subjects(matcher, question.text)) > 1 for question in SINGLE) <= WRONGLY_SPLIT * len(SINGLE)


def test_two_clear_questions_are_heard(matcher: Matcher) -> None:
    assert subjects(matcher, "When are you open on Sundays? How much is the late fee?") == {"hours", "fee"}


def test_the_same_is_learnt_twice(matcher: Matcher, encoder: Encoder) -> None:
    again = learn(EXAMPLES, encoder, [*SINGLE, *SEVERAL], long_wait=42)
    assert (again.several, again.foresight) == (matcher.several, matcher.foresight)
    assert again.calibration == matcher.calibration
    texts = [question.text for question in SINGLE]
    for first, second in zip(matcher.rank(texts), again.rank(texts)):
        assert first.candidates == second.candidates


@pytest.mark.parametrize(
    "text", ["", "👋🏽", "1234567890", "æøå?", "a" * 10_000, "when, and how, " * 700, "?" * 10_000]
)
def test_odd_messages_are_read_too(matcher: Matcher, text: str) -> None:
    assert read_questions(text, matcher)
