"""A small matcher over a library's questions, with the real encoder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.explanations import Thresholds
from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Band
from bot.matching.calibration import REFUSED_SHARE, Calibration
from bot.matching.encoder import Encoder, Vectors
from bot.matching.matcher import Matcher
from tests.matching.library import EXAMPLES, PHRASES, UNSEEN, WAITS, rank

ODD = (
    "", " ", "…", "?", "\n\n", "\x00\x01\x1f", "\u200b\u202e", "👋🏽🤷‍♀️", "Ωμέγα", "图书馆", "a" * 10_000,
    "word " * 2_000, "\ud83d", "e\u0301" * 50, "1234567890" * 20, "<script>alert(1)</script>", "‹e-mail address›",
)  # fmt: skip


@pytest.fixture(scope="module")
def matcher(encoder: Encoder) -> Matcher:
    return Matcher.fit(EXAMPLES, encoder)


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
    assert {candidate.label for candidate in ranking.candidates} == set(PHRASES) - {OUT_OF_SCOPE}
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


def test_no_texts_have_no_rankings(matcher: Matcher) -> None:
    assert matcher.rank([]) == []


def test_a_stranger_is_not_answered(matcher: Matcher) -> None:
    ranking = rank(matcher, "who won the football match yesterday")
    assert ranking.stranger_score > ranking.best.score
    assert ranking.band is not Band.ANSWER


def with_thresholds(matcher: Matcher, answer: float, familiar: float) -> Matcher:
    return Matcher(
        matcher.encoder,
        matcher._features,
        matcher._spelling,
        matcher.labels,
        matcher._ridge,
        Calibration(matcher.calibration.temperature, answer, familiar),
        matcher.phrases,
        matcher.phrase_vectors,
    )


def test_the_bands_follow_the_thresholds(matcher: Matcher) -> None:
    text = "when are you open"
    score, strange = rank(matcher, text).best.score, rank(matcher, text).stranger_score
    familiarity = score / strange
    assert rank(with_thresholds(matcher, score, 0.0), text).band is Band.ANSWER
    assert rank(with_thresholds(matcher, score + 0.001, 0.0), text).band is Band.SUGGEST
    assert rank(with_thresholds(matcher, score + 0.001, familiarity * 0.999), text).band is Band.SUGGEST
    assert rank(with_thresholds(matcher, score + 0.001, familiarity * 1.001), text).band is Band.NONE


def test_what_is_most_likely_strange_is_never_answered_however_low_the_threshold(matcher: Matcher) -> None:
    assert rank(with_thresholds(matcher, 0.0, 0.0), "tell me a joke").band is Band.SUGGEST
    assert rank(with_thresholds(matcher, 0.0, 1.0), "tell me a joke").band is Band.NONE


def test_the_thresholds_told_are_those_that_decide(matcher: Matcher) -> None:
    assert with_thresholds(matcher, 0.4, 0.2).thresholds == Thresholds(answer=0.4, familiar=0.2)


def test_labelled_questions_set_the_thresholds_anew_and_nothing_else(encoder: Encoder) -> None:
    fitted = Matcher.fit(EXAMPLES, encoder)
    asked = [(text, label) for label, texts in UNSEEN.items() for text in texts]
    before = fitted.rank([text for text, _ in asked])
    earlier = fitted.calibration
    right = np.array([[label == own for label in fitted.labels] for _, own in asked])
    fitted.calibrate_on([text for text, _ in asked], right)
    after = fitted.rank([text for text, _ in asked])
    assert fitted.calibration != earlier
    assert [ranking.verdict.label for ranking in after] == [ranking.verdict.label for ranking in before]
    refused = [ranking.band is Band.NONE for ranking, (_, label) in zip(after, asked) if label != OUT_OF_SCOPE]
    assert sum(refused) <= REFUSED_SHARE * len(refused)


def test_a_matcher_learnt_again_from_the_same_phrases_is_the_same(matcher: Matcher, encoder: Encoder) -> None:
    texts = ["when do you open", "opning houers", "who won", ""]
    again = Matcher.fit(EXAMPLES, encoder)
    assert again.rank(texts) == matcher.rank(texts)
    assert again.calibration == matcher.calibration


def test_the_same_text_is_ranked_the_same_every_time(matcher: Matcher) -> None:
    assert rank(matcher, "how late are you open") == rank(matcher, "how late are you open")


def test_a_misspelt_word_of_many_phrases_is_repaired(encoder: Encoder) -> None:
    fitted = Matcher.fit([*EXAMPLES, *WAITS], encoder)
    assert fitted.spoken("Where is my PARCELL, please, I am waiting") == "where is my parcel, please, i am waiting"


@pytest.mark.parametrize(
    ("wait", "label"), [("6 days", "short_wait"), ("two weeks", "short_wait"), ("30 days", "long_wait"), ("five weeks", "long_wait")]
)  # fmt: skip
def test_a_long_wait_is_told_from_a_short_one(encoder: Encoder, wait: str, label: str) -> None:
    fitted = Matcher.fit([*EXAMPLES, *WAITS], encoder, long_wait=28)
    assert rank(fitted, f"my parcel has not come for {wait}").best.label == label


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_ranked_too(matcher: Matcher, text: str) -> None:
    ranking = rank(matcher, text)
    assert len(ranking.candidates) == 3
    assert all(np.isfinite(candidate.score) for candidate in ranking.candidates)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_any_text_is_ranked(matcher: Matcher, text: str) -> None:
    assert 0 <= rank(matcher, text).best.score <= 1


def test_over_another_encoder_it_ranks_as_before_and_the_first_one_stays(encoder: Encoder, matcher: Matcher) -> None:
    class Counting(Encoder):
        def __init__(self) -> None:
            self.texts: list[str] = []

        def encode(self, texts: Sequence[str]) -> Vectors:
            self.texts += texts
            return encoder.encode(texts)

    counting = Counting()
    other = matcher.with_encoder(counting)
    assert rank(other, "how do I join") == rank(matcher, "how do I join")
    assert (len(counting.texts), other.encoder, matcher.encoder) == (1, counting, encoder)


def test_two_labels_are_enough(encoder: Encoder) -> None:
    two = Matcher.fit([pair for pair in EXAMPLES if pair[1] in ("join", "late_fee")], encoder)
    assert rank(two, "how do I become a member of the library").best.label == "join"
    assert rank(two, "the fine for my late book").best.label == "late_fee"


def test_the_strangers_label_may_be_missing(encoder: Encoder) -> None:
    without = Matcher.fit([pair for pair in EXAMPLES if pair[1] != OUT_OF_SCOPE], encoder)
    ranking = rank(without, "when do you open")
    assert ranking.stranger_score == 0.0
    assert len(ranking.candidates) == 3


def test_one_label_beside_the_strangers_leads_by_its_score(encoder: Encoder) -> None:
    alone = Matcher.fit([pair for pair in EXAMPLES if pair[1] in ("join", OUT_OF_SCOPE)], encoder)
    ranking = rank(alone, "I want to become a member")
    assert [candidate.label for candidate in ranking.candidates] == ["join"]
    assert ranking.margin == ranking.best.score


def test_a_phrase_that_stands_there_twice_counts_once(encoder: Encoder, matcher: Matcher) -> None:
    doubled = Matcher.fit([*EXAMPLES, *((text.upper(), label) for text, label in EXAMPLES)], encoder)
    assert doubled.summary() == matcher.summary()
