"""Dropping something and starting afresh, as actions."""

from __future__ import annotations

import pytest

from actions.base import DeskAction
from actions.change_of_mind import ActionCancel, ActionStartAfresh
from bot.core.purchase import Purchase
from bot.services.ports import LookupDetails
from tests.actions.running import CONVERSATION, WORDING, Fakes, run, tracker
from tests.claims import PAID

BOTH = pytest.mark.parametrize("action", [ActionCancel, ActionStartAfresh])


@pytest.fixture
def fakes() -> Fakes:
    filled = Fakes()
    for conversation in (CONVERSATION, "another"):
        filled.lookups.keep(conversation, LookupDetails(PAID.reference, PAID.email, PAID.reference))
    return filled


@BOTH
def test_what_was_given_is_forgotten_in_this_conversation_and_in_no_other(
    fakes: Fakes, action: type[DeskAction]
) -> None:
    run(action(fakes.desk()), tracker("cancel", open_task="claim"))
    assert fakes.lookups.details(CONVERSATION) == LookupDetails()
    assert fakes.lookups.details("another").reference == PAID.reference


@BOTH
def test_nothing_stays_open_and_no_purchase_is_remembered(fakes: Fakes, action: type[DeskAction]) -> None:
    open_check = tracker("cancel", open_task="purchase", topic="claim_status", purchase=Purchase(quantity=2).as_dict())
    assert run(action(fakes.desk()), open_check).slots == {"open_task": None, "topic": None, "purchase": None}


def test_dropping_something_and_starting_afresh_are_told_apart(fakes: Fakes) -> None:
    assert run(ActionCancel(fakes.desk()), tracker("cancel")).text == WORDING.say("cancelled")
    assert run(ActionStartAfresh(fakes.desk()), tracker("start_afresh")).text == WORDING.say("restarted")
