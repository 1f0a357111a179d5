"""Rasa's reading of a message, as a prediction like the desk's own."""

from __future__ import annotations

from typing import Any

from benchmarks.stock_rasa.accuracy import measure_accuracy, stock_prediction
from benchmarks.stock_rasa.measured import Section
from bot.core.evaluation import LabelledQuestion
from bot.core.ranking import Band

ENTRIES = [
    {"intent_response_key": "faq/cash_or_cheque", "confidence": 0.5},
    {"intent_response_key": "faq/lost_invoice", "confidence": 0.25},
]


def parsed(*intents: tuple[str, float]) -> dict[str, Any]:
    ranking = [{"name": name, "confidence": confidence} for name, confidence in intents]
    return {
        "intent": ranking[0],
        "intent_ranking": ranking,
        "response_selector": {"all_retrieval_intents": ["faq"], "faq": {"ranking": ENTRIES}},
    }


def test_the_faq_intent_stands_for_the_selectors_entries() -> None:
    prediction = stock_prediction(parsed(("faq", 0.8), ("greet", 0.2)))

    assert prediction.predicted == ("cash_or_cheque",)
    assert prediction.band is Band.ANSWER
    assert prediction.ranking == (("cash_or_cheque", 0.4), ("lost_invoice", 0.2), ("greet", 0.2))


def test_another_intent_comes_before_the_entries() -> None:
    prediction = stock_prediction(parsed(("claim_status", 0.6), ("faq", 0.4)))

    assert prediction.predicted == ("claim_status",)
    assert [label for label, _ in prediction.ranking] == ["claim_status", "cash_or_cheque", "lost_invoice"]


def test_a_fallback_answers_nothing_but_keeps_its_ranking() -> None:
    prediction = stock_prediction(parsed(("nlu_fallback", 0.3), ("faq", 0.2)))

    assert prediction.predicted == ("out_of_scope",)
    assert prediction.band is Band.NONE
    assert prediction.ranking[0][0] == "cash_or_cheque"


def test_a_stranger_and_a_move_of_a_conversation_are_no_answer() -> None:
    for name in ("out_of_scope", "deny"):
        prediction = stock_prediction(parsed((name, 0.9), ("greet", 0.1)))
        assert prediction.band is Band.NONE
        assert prediction.ranking == (("greet", 0.1),)


def test_a_message_without_any_reading_is_no_answer() -> None:
    prediction = stock_prediction({"intent": {"name": None, "confidence": 0.0}, "intent_ranking": []})
    assert prediction.band is Band.NONE and prediction.ranking == ()


def test_the_figures_are_those_of_the_evaluation() -> None:
    questions = [LabelledQuestion("in cash?", ("cash_or_cheque",), kind="plain")]
    measured = measure_accuracy(questions, [stock_prediction(parsed(("faq", 0.8)))])

    assert (measured[0].name, measured[0].value, measured[0].note) == ("first choice right", 100.0, "1 of 1")
    assert [(one.name, one.value) for one in measured if one.section is Section.KINDS] == [("plain", 100.0)]
