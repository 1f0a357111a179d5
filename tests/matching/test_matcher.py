"""A small matcher over a library's questions, with the real encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.ranking import Band, Ranking
from bot.matching.calibration import Calibration
from bot.matching.encoder import Encoder
from bot.matching.matcher import STRANGER, Matcher

PHRASES = {
    "opening_hours": (
        "when are you open", "what time do you open on Monday", "are you open on Sundays", "opening hours please",
        "until when are you open today", "when do you close in the evening", "is the library open at Easter",
        "what are your opening times", "how late are you open on Friday",
    ),
    "join": (
        "how do I become a member", "can I join the library", "what does a library card cost", "where do I get a card",
        "I want to become a member", "how can my daughter join", "do I need a card to borrow", "getting a new card",
        "sign up for a library card",
    ),
    "late_fee": (
        "what is the fine for a late book", "I brought the book back late", "how much is the late fee",
        "do I have to pay a fine", "my book is overdue, what do I pay", "the fee for overdue books",
        "is there a fine if a book is late", "I forgot to return a book in time", "late return of a book",
    ),
    STRANGER: (
        "what is the weather tomorrow", "who won the match", "do you sell bicycles", "book me a flight to Rome",
        "tell me a joke", "how do I bake bread", "what is the capital of Peru", "my car does not start",
        "which phone should I buy",
    ),
}  # fmt: skip
EXAMPLES = [(text, label) for label, texts in PHRASES.items() for text in texts]
ODD = (
    "", " ", "…", "?", "\n\n", "\x00\x01\x1f", "\u200b\u202e", "👋🏽🤷‍♀️", "Ωμέγα", "图书馆", "a" * 10_000,
    "word " * 2_000, "\ud83d", "e\u0301" * 50, "1234567890" * 20, "<script>alert(1)</script>", "‹e-mail address›",
)  # fmt: skip


@pytest.fixture(scope="module")
def matcher(encoder: Encoder) -> Matcher:
    return Matcher.fit(EXAMPLES, encoder)


def rank(matcher: Matcher, text: str) -> Ranking:
    (ranking,) = matcher.rank([text])
    return ranking


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("at what time do you open tomorrow?", "opening_hours"),
        ("HOW DO I BECOME A MEMBER", "join"),
        ("how much is the fine, my book was late", "late_fee"),
        ("opning houers", "opening_hours"),
    ],
)
def test_a_question_in_other_words_gets_its_label(matcher: Matcher, text: str, label: str) -> None:
    assert rank(matcher, text).best.label == label


def test_a_ranking_names_every_label_but_the_strangers_best_first(matcher: Matcher) -> None:
    ranking = rank(matcher, "when do you open")
    scores = [candidate.score for candidate in ranking.candidates]
    assert {candidate.label for candidate in ranking.candidates} == set(PHRASES) - {STRANGER}
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) + ranking.stranger_score == pytest.approx(1, abs=1e-6)


def test_the_best_are_shown_with_the_phrase_they_are_like(matcher: Matcher) -> None:
    best = rank(matcher, "when are you open on a Sunday").best
    assert best.matched in {phrase.lower() for phrase in PHRASES["opening_hours"]}


def test_texts_are_ranked_in_their_order_and_each_for_itself(matcher: Matcher) -> None:
    texts = ["late fee", "become a member", "opening hours, " * 30, "fine"]
    together = matcher.rank(texts)
    assert [ranking.text for ranking in together] == texts
    for text, ranking in zip(texts, together):
        assert [candidate.label for candidate in rank(matcher, text).candidates] == [
            candidate.label for candidate in ranking.candidates
        ]


def test_a_stranger_is_not_answered(matcher: Matcher) -> None:
    ranking = rank(matcher, "who won the football match yesterday")
    assert ranking.stranger_score > ranking.best.score
    assert ranking.band is not Band.ANSWER


def with_thresholds(matcher: Matcher, answer: float, suggest: float, margin: float) -> Matcher:
    temperature = matcher.calibration.temperature
    return Matcher(
        matcher._features,
        matcher.labels,
        matcher._weights,
        matcher._bias,
        Calibration(temperature, answer, suggest, margin),
        matcher._phrases,
        matcher._phrase_vectors,
    )


def test_the_bands_follow_the_thresholds(matcher: Matcher) -> None:
    text = "when are you open"
    score, margin = rank(matcher, text).best.score, rank(matcher, text).margin
    assert rank(with_thresholds(matcher, score, 0.0, 0.0), text).band is Band.ANSWER
    assert rank(with_thresholds(matcher, score + 0.001, 0.0, 0.0), text).band is Band.SUGGEST
    assert rank(with_thresholds(matcher, score + 0.002, score + 0.001, 0.0), text).band is Band.NONE
    assert rank(with_thresholds(matcher, 0.0, 0.0, margin + 0.001), text).band is Band.SUGGEST


def test_what_is_most_likely_strange_is_never_answered_however_low_the_threshold(matcher: Matcher) -> None:
    assert rank(with_thresholds(matcher, 0.0, 0.0, 0.0), "tell me a joke").band is not Band.ANSWER


def test_a_saved_matcher_ranks_as_before(matcher: Matcher, encoder: Encoder, tmp_path: Path) -> None:
    matcher.save(tmp_path)
    loaded = Matcher.load(tmp_path, encoder)
    texts = [*(text for text, _ in EXAMPLES), "opning houers", "", "👋"]
    for before, after in zip(matcher.rank(texts), loaded.rank(texts)):
        assert [candidate.label for candidate in after.candidates] == [
            candidate.label for candidate in before.candidates
        ]
        assert np.allclose(
            [candidate.score for candidate in after.candidates],
            [candidate.score for candidate in before.candidates],
            atol=1e-4,
        )
        assert (after.band, after.best.matched) == (before.band, before.best.matched)
    assert loaded.summary() == matcher.summary()


def test_nothing_in_a_saved_matcher_is_executable(matcher: Matcher, tmp_path: Path) -> None:
    matcher.save(tmp_path)
    assert {file.suffix for file in tmp_path.iterdir()} == {".json", ".npz"}
    for file in tmp_path.glob("*.npz"):
        with np.load(file, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype == np.float32 for name in arrays.files)


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_ranked_too(matcher: Matcher, text: str) -> None:
    ranking = rank(matcher, text)
    assert len(ranking.candidates) == 3
    assert all(np.isfinite(candidate.score) for candidate in ranking.candidates)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_is_ranked(matcher: Matcher, text: str) -> None:
    assert 0 <= rank(matcher, text).best.score <= 1


def test_two_labels_are_enough(encoder: Encoder) -> None:
    two = Matcher.fit([pair for pair in EXAMPLES if pair[1] in ("join", "late_fee")], encoder)
    assert rank(two, "how do I become a member of the library").best.label == "join"
    assert rank(two, "the fine for my late book").best.label == "late_fee"


def test_the_strangers_label_may_be_missing(encoder: Encoder) -> None:
    without = Matcher.fit([pair for pair in EXAMPLES if pair[1] != STRANGER], encoder)
    ranking = rank(without, "when do you open")
    assert ranking.stranger_score == 0.0
    assert len(ranking.candidates) == 3


def test_one_label_beside_the_strangers_leads_by_its_score(encoder: Encoder) -> None:
    alone = Matcher.fit([pair for pair in EXAMPLES if pair[1] in ("join", STRANGER)], encoder)
    ranking = rank(alone, "I want to become a member")
    assert [candidate.label for candidate in ranking.candidates] == ["join"]
    assert ranking.margin == ranking.best.score


def test_a_phrase_that_stands_there_twice_counts_once(encoder: Encoder, matcher: Matcher) -> None:
    doubled = Matcher.fit([*EXAMPLES, *((text.upper(), label) for text, label in EXAMPLES)], encoder)
    assert doubled.summary() == matcher.summary()
