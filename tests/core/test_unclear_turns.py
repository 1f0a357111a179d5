"""What is not clear is suggested, asked about again, or turned away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.ranking import Band, Candidate, Ranking
from bot.core.turn_context import Context
from bot.core.turns import SUGGESTIONS
from tests.core.asking import (
    ASKED_FOR_CLAIM,
    ASKED_FOR_PURCHASE,
    asks,
    intent,
    turn,
)


def test_what_is_not_clear_is_suggested_nearest_first() -> None:
    unclear = Ranking(
        "the paper",
        (
            Candidate("lost_invoice", 0.3),
            Candidate("include_invoice_copy", 0.25),
            Candidate("affirm", 0.2),
            Candidate("greet", 0.1),
            Candidate("claim_status", 0.09),
            Candidate("more_than_one_claim", 0.07),
            Candidate("serial_number_location", 0.01),
        ),
        Band.SUGGEST,
        0.1,
    )
    taken = turn(unclear)
    assert (taken.intent, taken.band) == ("nlu_fallback", Band.SUGGEST)
    assert taken.suggestions == ("lost_invoice", "include_invoice_copy", "claim_status")
    assert len(taken.suggestions) == SUGGESTIONS
    assert taken.answers == ()


def test_what_hardly_scores_is_no_help_as_a_suggestion() -> None:
    taken = turn(asks("lost_invoice", 0.05, Band.SUGGEST))
    assert (taken.intent, taken.suggestions, taken.band) == ("nlu_fallback", (), Band.NONE)


def test_what_the_promotion_says_nothing_about_is_out_of_scope() -> None:
    taken = turn(asks("lost_invoice", 0.1, Band.NONE, stranger=0.8))
    assert (taken.intent, taken.confidence, taken.suggestions) == ("out_of_scope", 0.8, ())


def test_in_the_middle_of_a_look_up_a_strange_word_is_asked_about_again() -> None:
    strange = asks("lost_invoice", 0.1, Band.NONE, stranger=0.8)
    assert intent(strange, context=ASKED_FOR_CLAIM) == "nlu_fallback"


@pytest.mark.parametrize("context", [ASKED_FOR_CLAIM, ASKED_FOR_PURCHASE])
def test_in_the_middle_of_a_look_up_a_strange_question_is_turned_away(context: Context) -> None:
    strange = replace(asks("lost_invoice", 0.1, Band.NONE, stranger=0.8), text="is there warranty")
    assert intent(strange, context=context) == "out_of_scope"


def test_neither_near_nor_strange_is_not_understood() -> None:
    assert intent(asks("lost_invoice", 0.1, Band.NONE, stranger=0.4)) == "nlu_fallback"
