"""A claim is looked up in a conversation, and its details are asked for."""

from __future__ import annotations

import pytest

from actions.look_up_claim import ActionLookUpAnotherClaim, ActionLookUpClaim
from bot.core.replies import ReplyKind
from bot.services.ports import LookupDetails
from tests.actions.running import CONVERSATION, Fakes, Outcome, run, tracker
from tests.claims import PAID
from tests.fakes import FakeClaims


@pytest.fixture
def fakes() -> Fakes:
    return Fakes(claims=FakeClaims([PAID]))


def looked_up(fakes: Fakes, intent: str, **slots: object) -> Outcome:
    return run(ActionLookUpClaim(fakes.desk()), tracker(intent, **slots))


def test_without_details_both_are_asked_for_and_the_look_up_stays_open(fakes: Fakes) -> None:
    outcome = looked_up(fakes, "claim_status")
    assert [reply.kind for reply in outcome.replies] == [ReplyKind.QUESTION]
    assert outcome.slots == {"topic": "claim_status", "open_task": "claim"}


def test_with_both_details_the_state_is_told_and_nothing_stays_open(fakes: Fakes) -> None:
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    outcome = looked_up(fakes, "claim_status")
    assert "was submitted on 2 October 2023 and paid on 15 February 2024" in outcome.text
    assert outcome.slots == {"topic": "claim_status", "open_task": None}


def test_details_are_for_what_was_asked_before(fakes: Fakes) -> None:
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    outcome = looked_up(fakes, "give_claim_details", topic="payment_timing_lookup", open_task="claim")
    assert "submitted" not in outcome.text, "only the payment was asked for"
    assert "was paid on 15 February 2024" in outcome.text
    assert outcome.slots["topic"] == "payment_timing_lookup"


def test_another_question_about_the_claim_changes_the_topic(fakes: Fakes) -> None:
    outcome = looked_up(fakes, "claim_status", topic="payment_timing_lookup")
    assert outcome.slots["topic"] == "claim_status"


def test_details_out_of_the_blue_are_for_the_state(fakes: Fakes) -> None:
    assert looked_up(fakes, "give_claim_details").slots["topic"] == "claim_status"


def test_a_failed_look_up_waits_for_better_details(fakes: Fakes) -> None:
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, "noise@noise.example"))
    outcome = looked_up(fakes, "give_claim_details", open_task="claim")
    assert "cannot show a claim" in outcome.text
    assert outcome.slots["open_task"] == "claim"


def test_a_look_up_that_comes_twice_for_one_message_is_one_attempt(fakes: Fakes) -> None:
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, "noise@noise.example"))
    message = tracker("give_claim_details", open_task="claim")
    message.latest_message["message_id"] = "a turn"
    for _ in range(2):
        run(ActionLookUpClaim(fakes.desk()), message)
    assert [attempt.turn for attempt in fakes.lookups.attempts] == ["a turn"]


def test_nothing_of_the_claim_is_kept_in_the_conversation(fakes: Fakes) -> None:
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    assert set(looked_up(fakes, "claim_status").slots) == {"topic", "open_task"}


def test_while_the_claims_cannot_be_reached_nothing_is_asked_for(fakes: Fakes) -> None:
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    fakes.claims.is_down = True
    outcome = looked_up(fakes, "claim_status", open_task="claim")
    assert "cannot reach the claims just now" in outcome.text
    assert outcome.slots == {"open_task": None}


def test_for_another_claim_only_its_reference_is_asked_for_and_the_first_one_is_put_aside(fakes: Fakes) -> None:
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email, PAID.reference))
    outcome = run(ActionLookUpAnotherClaim(fakes.desk()), tracker("another_claim"))
    assert "still need its reference" in outcome.text
    assert outcome.slots == {"open_task": "claim"}
    assert fakes.lookups.details(CONVERSATION) == LookupDetails(email=PAID.email)
