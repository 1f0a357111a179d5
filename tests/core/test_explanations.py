"""Why something was answered, in words that hold at the thresholds."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.explanations import SHOWN, Thresholds, explain, why
from bot.core.ranking import Band, Candidate, Ranking

THRESHOLDS = Thresholds(answer=0.6, familiar=0.5)
CANDIDATES = (
    Candidate("lost_invoice", 0.70004, "i lost my invoice"),
    Candidate("cash_or_cheque", 0.1, "do you pay by cheque"),
    Candidate("thanks", 0.05, "thank you"),
    Candidate("greet", 0.04, "hello"),
)
ANSWERED = Ranking("I lost it – æøå", CANDIDATES, Band.ANSWER, 0.10996)


def scored(band: Band, score: float, strange: float) -> Ranking:
    return Ranking("I lost it", (Candidate("lost_invoice", score),), band, strange)


def test_what_is_sure_enough_is_answered_for_its_score() -> None:
    assert why(ANSWERED, THRESHOLDS) == "answers lost_invoice with 0.70, at least 0.60"


def test_a_score_on_the_threshold_is_enough() -> None:
    assert why(scored(Band.ANSWER, 0.6, 0.1), THRESHOLDS) == "answers lost_invoice with 0.60, at least 0.60"


def test_what_is_answered_below_the_threshold_is_answered_for_what_stands_around_it() -> None:
    unsure = scored(Band.SUGGEST, 0.4, 0.1)
    assert why(unsure.answered(), THRESHOLDS) == (
        "answers lost_invoice with 0.40: below 0.60, but what was said around it speaks for it"
    )


def test_what_is_suggested_is_too_unsure_to_answer() -> None:
    assert why(scored(Band.SUGGEST, 0.4, 0.1), THRESHOLDS) == (
        "suggests lost_invoice with 0.40: too unsure to answer, which takes 0.60"
    )


def test_what_is_turned_away_is_too_unlikely_beside_no_answer() -> None:
    assert why(scored(Band.NONE, 0.2, 0.7), THRESHOLDS) == (
        "turns it away: no answer with 0.70, so lost_invoice with 0.20 is less than 0.50 times as likely"
    )


def test_what_reaches_the_threshold_but_looks_stranger_still_is_not_called_too_unsure() -> None:
    stranger_still = scored(Band.SUGGEST, 0.45, 0.5)
    assert "which takes 0.40" not in why(stranger_still, Thresholds(answer=0.4, familiar=0.5))


def test_a_small_threshold_of_the_familiar_is_told_as_more_than_nothing() -> None:
    turned_away = scored(Band.NONE, 0.01, 0.9)
    assert "less than 0.0 times" not in why(turned_away, Thresholds(answer=0.6, familiar=0.04))


def test_an_explanation_has_every_figure_that_decided() -> None:
    assert explain(ANSWERED, THRESHOLDS) == {
        "text": "I lost it – æøå",
        "band": "answer",
        "label": "lost_invoice",
        "score": 0.7,
        "margin": 0.6,
        "no_answer_score": 0.11,
        "answer_threshold": 0.6,
        "familiar_threshold": 0.5,
        "why": "answers lost_invoice with 0.70, at least 0.60",
        "candidates": [
            {"label": "lost_invoice", "score": 0.7, "matched": "i lost my invoice"},
            {"label": "cash_or_cheque", "score": 0.1, "matched": "do you pay by cheque"},
            {"label": "thanks", "score": 0.05, "matched": "thank you"},
        ],
    }


@pytest.mark.parametrize("band", Band)
def test_an_explanation_survives_as_json(band: Band) -> None:
    explained = explain(replace(ANSWERED, band=band), THRESHOLDS)
    assert json.loads(json.dumps(explained)) == explained
    assert explained["band"] == band.value


@pytest.mark.parametrize("known", [1, 2, 3, 4])
def test_no_more_runner_ups_are_told_than_are_shown(known: int) -> None:
    explained = explain(replace(ANSWERED, candidates=CANDIDATES[:known]), THRESHOLDS)
    assert [candidate["label"] for candidate in explained["candidates"]] == [
        candidate.label for candidate in CANDIDATES[: min(known, SHOWN)]
    ]
