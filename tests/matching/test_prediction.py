"""Rankings as predictions, over matchers that rank as they are told to."""

from __future__ import annotations

import pytest

from bot.core.ranking import Band, Ranking
from bot.matching.matcher import Matcher
from bot.matching.prediction import SHOWN, predict_message, predict_plain
from tests.matching.fake_matcher import ranking, ranking_as_told


def matcher(**rankings: Ranking) -> Matcher:
    return ranking_as_told(rankings)


def test_an_answer_is_predicted_with_its_ranking() -> None:
    (prediction,) = predict_plain(["a"], matcher(a=ranking("lost_invoice", 0.8, greet=0.1)))
    assert prediction.predicted == ("lost_invoice",)
    assert prediction.band is Band.ANSWER
    assert prediction.ranking == (("lost_invoice", 0.8), ("greet", 0.1))


def test_a_suggestion_is_predicted_as_one() -> None:
    (prediction,) = predict_plain(["a"], matcher(a=ranking("lost_invoice", 0.3, Band.SUGGEST)))
    assert (prediction.predicted, prediction.band) == (("lost_invoice",), Band.SUGGEST)


def test_what_is_refused_is_predicted_as_out_of_scope_and_keeps_its_ranking() -> None:
    (prediction,) = predict_plain(["a"], matcher(a=ranking("lost_invoice", 0.1, Band.NONE)))
    assert (prediction.predicted, prediction.band) == (("out_of_scope",), Band.NONE)
    assert prediction.ranking[0] == ("lost_invoice", 0.1)


def test_texts_are_predicted_in_their_order() -> None:
    own = matcher(a=ranking("join", 0.8), b=ranking("late_fee", 0.9))
    assert [prediction.predicted for prediction in predict_plain(["b", "a", "b"], own)] == [
        ("late_fee",),
        ("join",),
        ("late_fee",),
    ]


def test_moves_of_a_conversation_are_no_prediction() -> None:
    yes = matcher(a=ranking("affirm", 0.9, lost_invoice=0.05), yes=ranking("affirm", 0.9, lost_invoice=0.05))
    prediction = predict_message("yes", yes)
    assert (prediction.predicted, prediction.band) == (("out_of_scope",), Band.NONE)
    assert all(label != "affirm" for label, _ in prediction.ranking)


def test_a_long_ranking_is_cut_short() -> None:
    others = {f"entry_{number}": 0.01 for number in range(30)}
    (prediction,) = predict_plain(["a"], matcher(a=ranking("lost_invoice", 0.5, Band.ANSWER, text="", **others)))
    assert len(prediction.ranking) == SHOWN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How do I send you my invoice, and how many products can I put in one claim?", {"include_invoice_copy", "max_products_per_claim"}),
        ("where do I find the serial number", {"serial_number_location"}),
    ],
)  # fmt: skip
def test_a_message_is_predicted_with_all_its_questions(trained_matcher: Matcher, text: str, expected: set[str]) -> None:
    prediction = predict_message(text, trained_matcher)
    assert set(prediction.predicted) == expected
    assert {label for label, _ in prediction.ranking[: len(expected)]} == expected
