"""What was begun is taken up where it was left."""

from __future__ import annotations

import pytest

from actions.resume import ActionResume
from bot.core.purchase import Purchase
from bot.core.replies import ReplyKind
from bot.services.ports import LookupDetails
from tests.actions.running import CONVERSATION, WORDING, Fakes, run, tracker
from tests.claims import PAID
from tests.fakes import FakeClaims


def test_a_look_up_is_taken_up_where_it_was_left() -> None:
    fakes = Fakes()
    fakes.lookups.keep(CONVERSATION, LookupDetails(reference=PAID.reference))
    outcome = run(ActionResume(fakes.desk()), tracker("faq", open_task="claim"))
    assert [reply.kind for reply in outcome.replies] == [ReplyKind.QUESTION]
    assert "still need the e-mail address" in outcome.text
    assert outcome.slots == {}, "what is open stays open"


def test_coming_back_looks_nothing_up() -> None:
    fakes = Fakes(claims=FakeClaims([PAID]))
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    run(ActionResume(fakes.desk()), tracker("faq", open_task="claim"))
    assert fakes.claims.asked_for == []
    assert fakes.lookups.attempts == []


def test_a_check_is_taken_up_with_what_was_told_for_it() -> None:
    known = Purchase(product="Halden Dock 7", listed=True)
    outcome = run(ActionResume(Fakes().desk()), tracker("faq", open_task="purchase", purchase=known.as_dict()))
    assert "on which day it was bought" in outcome.text
    assert "which product" not in outcome.text
    assert outcome.purchase == known
    assert "open_task" not in outcome.slots, "what is open stays open"


LOOKED_UP, MISSED, ANSWERED = "claim_status action_look_up_claim", "nlu_fallback action_resume", "faq action_resume"


@pytest.mark.parametrize("open_task", ["claim", "purchase"])
def test_after_a_second_answer_nothing_is_asked_again(open_task: str) -> None:
    conversation = tracker("faq", open_task=open_task, before=[LOOKED_UP, ANSWERED])
    outcome = run(ActionResume(Fakes().desk()), conversation)
    assert outcome.replies == []
    assert outcome.slots == {}, "what is open stays open"


def test_after_something_new_was_given_an_answer_leads_back_once_more() -> None:
    conversation = tracker(
        "faq", open_task="claim", before=[LOOKED_UP, ANSWERED, "give_claim_details action_look_up_claim"]
    )
    assert run(ActionResume(Fakes().desk()), conversation).replies


@pytest.mark.parametrize("before", [[MISSED, MISSED], [ANSWERED, MISSED], [MISSED, "affirm action_confirm"]])
def test_a_look_up_is_put_aside_when_leading_back_twice_has_not_helped(before: list[str]) -> None:
    conversation = tracker(open_task="claim", before=[LOOKED_UP, *before])
    outcome = run(ActionResume(Fakes().desk()), conversation)
    assert outcome.text == WORDING.say("claim_put_aside")
    assert outcome.slots == {"open_task": None}


def test_a_failed_look_up_is_put_aside_in_other_words() -> None:
    fakes = Fakes()
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    outcome = run(ActionResume(fakes.desk()), tracker(open_task="claim", before=[LOOKED_UP, MISSED, MISSED]))
    assert outcome.text == WORDING.say("claim_still_open")


@pytest.mark.parametrize(
    "before", [[], [MISSED], [MISSED, MISSED, LOOKED_UP], [MISSED, "cancel action_cancel", MISSED]]
)
def test_before_that_a_look_up_is_led_back_to(before: list[str]) -> None:
    conversation = tracker(open_task="claim", before=[LOOKED_UP, *before])
    outcome = run(ActionResume(Fakes().desk()), conversation)
    assert "I need two things" in outcome.text
    assert outcome.slots == {}
