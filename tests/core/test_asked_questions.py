"""The questions of a mail are explained and read again."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.asked_questions import AskedQuestion, ReadMail
from bot.core.explanations import Thresholds, explain
from bot.core.ranking import Band, Candidate, Ranking

RANKING = Ranking(
    "how long?",
    (Candidate("a", 0.8, "phrase a"), Candidate("b", 0.1, "phrase b"), Candidate("c", 0.05), Candidate("d", 0.01)),
    Band.ANSWER,
    0.02,
)


def told(**changes: Any) -> dict[str, Any]:
    return {**explain(RANKING, Thresholds(0.59, 0.04), 4), **changes}


def test_what_is_explained_is_read_again() -> None:
    read = ReadMail.from_dict({"language": "sv", "questions": [told()]})
    (question,) = read.questions
    assert read.language == "sv"
    assert question.best == Candidate("a", 0.8, "phrase a")
    assert question.candidates == RANKING.candidates
    assert (question.text, question.band, question.margin) == ("how long?", Band.ANSWER, 0.7)
    assert (question.answer_threshold, question.familiar_threshold, question.no_answer_score) == (0.59, 0.04, 0.02)
    assert question.why.startswith("answers a")


def test_as_many_labels_are_explained_as_are_asked_for() -> None:
    assert [len(explain(RANKING, Thresholds(0.5, 0.1), shown)["candidates"]) for shown in (1, 3, 9)] == [1, 3, 4]
    assert len(explain(RANKING, Thresholds(0.5, 0.1))["candidates"]) == 3


@pytest.mark.parametrize(
    "data",
    [
        {}, {"band": "maybe"}, {"candidates": []}, {"candidates": [{"label": "a"}]}, {"candidates": 3}, {"margin": "x"},
        {"margin": None}, {"candidates": [3]},
    ],
)  # fmt: skip
def test_anything_else_is_an_error_of_the_three_kinds(data: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        AskedQuestion.from_dict({**told(), **data} if data else {})
