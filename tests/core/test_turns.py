from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from bot.core import intents
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.ranking import Band, Candidate, Ranking
from bot.core.turn_context import CLAIM, PURCHASE, Context, Given, given_by
from bot.core.turns import SUGGESTIONS, Turn, take_turn

ASKED_FOR_CLAIM, ASKED_FOR_PURCHASE = Context(open_task=CLAIM), Context(open_task=PURCHASE, has_purchase=True)
TALKED_OF_PURCHASE = Context(has_purchase=True)
NOTHING, ANYWHERE = Given(), Context()
A_CLAIM, A_PURCHASE, AN_ASIDE = Given(claim=True), Given(purchase=True), Given(purchase_aside=True)
A_KIND = Given(purchase_kind=True)


def asks(label: str, score: float = 0.9, band: Band = Band.ANSWER, *, stranger: float = 0.0) -> Ranking:
    """A question whose best label leads over two others that hardly score."""
    others = (Candidate("serial_number_location", 0.04), Candidate("lost_invoice", 0.01))
    return Ranking("", (Candidate(label, score), *others), band, stranger)


def turn(*questions: Ranking, text: str = "so it is", given: Given = NOTHING, context: Context = ANYWHERE) -> Turn:
    return take_turn(text, questions, given, context)


def intent(*questions: Ranking, text: str = "so it is", given: Given = NOTHING, context: Context = ANYWHERE) -> str:
    return turn(*questions, text=text, given=given, context=context).intent


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


def test_details_of_a_purchase_go_on_with_the_purchase_that_was_asked_about() -> None:
    for given in (A_PURCHASE, AN_ASIDE):
        assert intent(asks("greet", 0.1, Band.NONE), given=given, context=ASKED_FOR_PURCHASE) == "give_purchase_details"


def test_details_of_a_purchase_go_on_with_one_that_was_talked_about_before() -> None:
    unclear = asks("lost_invoice", 0.1, Band.NONE)
    assert intent(unclear, given=A_PURCHASE, context=TALKED_OF_PURCHASE) == "give_purchase_details"
    assert intent(unclear, given=AN_ASIDE, context=TALKED_OF_PURCHASE) != "give_purchase_details"


@pytest.mark.parametrize("context", [Context(), ASKED_FOR_CLAIM])
def test_without_a_purchase_in_the_conversation_its_details_continue_nothing(context: Context) -> None:
    taken = turn(asks("lost_invoice"), text="I lost the invoice of Monday", given=A_PURCHASE, context=context)
    assert (taken.intent, taken.answers) == ("faq", ("lost_invoice",))


def test_a_question_that_only_mentions_a_day_is_a_question_all_the_same() -> None:
    taken = turn(
        asks("when_can_i_claim"),
        text="can everybody at the office still claim until the end of November?",
        given=A_PURCHASE,
        context=ASKED_FOR_PURCHASE,
    )
    assert (taken.intent, taken.answers) == ("faq", ("when_can_i_claim",))


def test_a_short_answer_to_what_was_asked_is_no_question_whatever_it_resembles() -> None:
    taken = turn(asks("what_is_reseller"), text="from our usual reseller", given=A_PURCHASE, context=ASKED_FOR_PURCHASE)
    assert (taken.intent, taken.answers) == ("give_purchase_details", ())


@pytest.mark.parametrize("text", ["what if we got it in June?", "and in June?", "sorry, it was June"])
def test_a_follow_up_on_the_purchase_goes_on_with_it(text: str) -> None:
    taken = turn(asks("online_shop"), text=text, given=A_PURCHASE, context=TALKED_OF_PURCHASE)
    assert taken.intent == "give_purchase_details"


def test_a_new_question_that_begins_with_and_is_no_follow_up() -> None:
    taken = turn(
        asks("online_shop"), text="and can I buy it online in June?", given=A_PURCHASE, context=TALKED_OF_PURCHASE
    )
    assert (taken.intent, taken.answers) == ("faq", ("online_shop",))


def test_a_correction_goes_on_with_the_purchase_though_it_resembles_a_question_of_the_page() -> None:
    text = "the date is wrong. it was 12 November"
    taken = turn(asks("date_not_in_dropdown"), text=text, given=A_PURCHASE, context=TALKED_OF_PURCHASE)
    assert (taken.intent, taken.answers) == ("give_purchase_details", ())


@pytest.mark.parametrize("given", [AN_ASIDE, A_KIND])
def test_what_is_no_subject_of_its_own_can_be_corrected_after_a_verdict(given: Given) -> None:
    unclear = asks("lost_invoice", 0.1, Band.NONE)
    for question in (unclear, asks("who_can_use_promotion")):
        taken = turn(question, text="sorry, it was a private one", given=given, context=TALKED_OF_PURCHASE)
        assert (taken.intent, taken.answers) == ("give_purchase_details", ())
    assert intent(unclear, text="sorry, it was a private one", given=given) == "nlu_fallback"


def test_a_kind_of_product_answers_what_was_asked_and_no_question_of_the_page() -> None:
    unclear = asks("lost_invoice", 0.1, Band.NONE)
    assert intent(unclear, text="a webcam", given=A_KIND, context=ASKED_FOR_PURCHASE) == "give_purchase_details"
    asked = asks("serial_number_location")
    assert intent(asked, text="the webcam's number", given=A_KIND, context=ASKED_FOR_PURCHASE) == "faq"


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


def test_of_several_courtesies_the_last_is_returned() -> None:
    assert intent(asks("greet"), asks("thanks")) == "thanks"


def test_what_is_not_clear_is_suggested_nearest_first() -> None:
    unclear = Ranking(
        "",
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


@pytest.mark.parametrize(
    ("text", "purchase", "given"),
    [
        ("my number is ‹claim reference›", Purchase(), Given(claim=True)),
        ("write to ‹e-mail address›", Purchase(), Given(claim=True)),
        ("nothing of use", Purchase(), Given()),
        ("for the company", Purchase(buyer=Buyer.BUSINESS), Given(purchase_aside=True)),
        ("three", Purchase(quantity=3), Given(purchase_aside=True)),
        ("an invoice", Purchase(document=Document.INVOICE), Given(purchase_aside=True)),
        ("in a shop", Purchase(seller=Seller.SHOP), Given(purchase=True)),
    ],
)
def test_what_a_message_gives(text: str, purchase: Purchase, given: Given) -> None:
    assert given_by(text, purchase) == given


def test_another_claim_makes_sense_only_after_one() -> None:
    assert intent(asks("another_claim")) == "nlu_fallback"
    assert intent(asks("another_claim"), context=Context(has_claim=True)) == "another_claim"
