"""What a message means: questions, moves of the conversation and courtesies weighed against each other."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from bot.core import intents
from bot.core.ranking import Band
from bot.core.turn_context import Context, Given
from bot.core.turns import Turn
from tests.core.asking import (
    A_CLAIM,
    ASKED_FOR_CLAIM,
    ASKED_FOR_PURCHASE,
    asks,
    intent,
    turn,
)


@pytest.mark.parametrize("label", ["talk_to_human", "contact_support"])
@pytest.mark.parametrize("also", ["claim_status", "product_eligibility", "lost_invoice", "greet", "complain"])
def test_who_asks_for_a_person_gets_one_whatever_else_is_said(label: str, also: str) -> None:
    everything = Given(claim=True, purchase=True, purchase_aside=True)
    assert intent(asks(also), asks(label, 0.5), given=everything, context=ASKED_FOR_PURCHASE) == label


def test_a_question_beside_the_wish_for_a_person_is_answered_too() -> None:
    taken = turn(asks("lost_invoice"), asks("talk_to_human"))
    assert taken.answers == ("lost_invoice",)


def test_the_money_comes_before_the_state_of_a_claim() -> None:
    assert intent(asks("claim_status"), asks("payment_timing_lookup")) == "payment_timing_lookup"


@pytest.mark.parametrize("context", [Context(), ASKED_FOR_CLAIM, ASKED_FOR_PURCHASE])
def test_a_reference_or_an_address_is_for_a_look_up_at_any_time(context: Context) -> None:
    assert intent(asks("lost_invoice", 0.1, Band.NONE), given=A_CLAIM, context=context) == "give_claim_details"


def test_a_question_asked_with_the_details_is_answered_before_the_look_up() -> None:
    taken = turn(asks("bank_details"), text="where do I give the account?", given=A_CLAIM)
    assert (taken.intent, taken.answers) == ("give_claim_details", ("bank_details",))


def test_a_plain_question_is_answered() -> None:
    taken = turn(asks("lost_invoice", 0.83))
    assert taken == Turn("faq", 0.83, ("lost_invoice",))


def test_several_questions_are_answered_in_their_order_and_none_twice() -> None:
    taken = turn(asks("lost_invoice", 0.6), asks("more_than_one_claim", 0.8), asks("lost_invoice", 0.7))
    assert (taken.intent, taken.answers) == ("faq", ("lost_invoice", "more_than_one_claim"))
    assert taken.confidence == 0.8


def test_a_question_counts_for_more_than_the_greeting_before_it() -> None:
    assert intent(asks("greet"), asks("lost_invoice")) == "faq"


@pytest.mark.parametrize("move", ["affirm", "deny"])
def test_yes_and_no_mean_nothing_where_nothing_was_offered(move: str) -> None:
    assert intent(asks(move)) == "nlu_fallback"


@pytest.mark.parametrize("move", ["affirm", "deny"])
@pytest.mark.parametrize("context", [Context(offered=True), ASKED_FOR_CLAIM, ASKED_FOR_PURCHASE])
def test_yes_and_no_answer_what_was_offered_or_asked(move: str, context: Context) -> None:
    assert intent(asks(move), context=context) == move


@pytest.mark.parametrize("label", ["give_claim_details", "give_purchase_details"])
def test_words_around_details_are_no_details(label: str) -> None:
    assert intent(asks(label)) == "nlu_fallback"


@pytest.mark.parametrize("move", ["cancel", "start_afresh", "did_not_help", "complain"])
def test_a_change_of_mind_makes_sense_at_any_time(move: str) -> None:
    assert intent(asks(move)) == move


@pytest.mark.parametrize("move", ["cancel", "start_afresh"])
def test_who_drops_what_was_begun_and_asks_something_is_heard_in_both(move: str) -> None:
    taken = turn(asks("lost_invoice"), asks(move), context=ASKED_FOR_CLAIM)
    assert (taken.intent, taken.answers) == (move, ("lost_invoice",))
    taken = turn(asks("lost_invoice"), asks(move))
    assert (taken.intent, taken.answers) == ("faq", ("lost_invoice",))
    assert intent(asks("product_eligibility"), asks(move), context=ASKED_FOR_CLAIM) == "product_eligibility"


def test_who_drops_what_was_begun_is_told_if_the_question_beside_it_stays_open() -> None:
    strange = asks("lost_invoice", 0.1, Band.NONE, stranger=0.8)
    assert turn(strange, asks("cancel"), context=ASKED_FOR_CLAIM).leaves_open
    assert not turn(asks("cancel"), context=ASKED_FOR_CLAIM).leaves_open


def test_what_is_too_unsure_beside_an_answer_is_offered() -> None:
    taken = turn(asks("lost_invoice"), asks("more_than_one_claim", 0.3, Band.SUGGEST))
    assert (taken.intent, taken.answers, taken.suggestions) == ("faq", ("lost_invoice",), ("more_than_one_claim",))
    taken = turn(asks("claim_status"), asks("more_than_one_claim", 0.3, Band.SUGGEST))
    assert (taken.intent, taken.answers, taken.suggestions) == ("claim_status", (), ("more_than_one_claim",))


def test_who_asks_for_a_look_up_is_told_if_the_question_beside_it_stays_open() -> None:
    strange = asks("lost_invoice", 0.1, Band.NONE, stranger=0.8)
    assert turn(asks("product_eligibility"), strange).leaves_open
    assert not turn(strange, given=A_CLAIM).leaves_open, "words around a reference are hardly a question of their own"


def test_a_mark_alone_means_nothing_that_could_be_offered() -> None:
    mark = replace(asks("more_than_one_claim", 0.3, Band.SUGGEST), text="?")
    assert turn(mark).suggestions == ()


def test_of_several_courtesies_the_last_is_returned() -> None:
    assert intent(asks("greet"), asks("thanks")) == "thanks"


@for_all(
    st.builds(
        Turn,
        st.sampled_from(sorted(intents.NOT_FAQ | {intents.FAQ})),
        st.floats(0, 1).map(lambda score: round(score, 4)),
        st.lists(st.text(max_size=8), max_size=3).map(tuple),
        st.lists(st.text(max_size=8), max_size=3).map(tuple),
        st.sampled_from(list(Band)),
        st.sampled_from(["en", "da", "nb", "sv"]),
    )
)
def test_a_turn_survives_its_way_through_rasas_tracker(taken: Turn) -> None:
    assert Turn.from_dict(json.loads(json.dumps(taken.as_dict()))) == taken


def test_a_turn_kept_without_its_language_is_english() -> None:
    kept = Turn("faq", 0.9, ("lost_invoice",), language="da").as_dict()
    del kept["language"]
    assert Turn.from_dict(kept) == Turn("faq", 0.9, ("lost_invoice",), language="en")


def test_another_claim_makes_sense_only_after_one() -> None:
    assert intent(asks("another_claim")) == "nlu_fallback"
    assert intent(asks("another_claim"), context=Context(has_claim=True)) == "another_claim"
