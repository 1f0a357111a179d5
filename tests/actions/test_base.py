"""What holds for every action: a reply whatever happens, and nothing personal in the log."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from rasa_sdk.events import EventType
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Tracker
from ruamel.yaml import YAML

from actions import base
from actions.base import DeskAction, entity, intent
from actions.change_of_mind import ActionCancel, ActionStartAfresh
from actions.judge_purchase import ActionJudgePurchase
from actions.look_up_claim import ActionLookUpAnotherClaim, ActionLookUpClaim
from actions.resume import ActionResume
from actions.yes_or_no import ActionConfirm, ActionDeny
from bot.core.replies import Link, Reply, ReplyKind
from bot.services.ports import LookupDetails
from tests.actions.running import CONVERSATION, WORDING, Fakes, run, tracker
from tests.claims import PAID
from tests.fakes import FakeClaims, FakeLookups

DOMAIN = Path(__file__).parents[2] / "domain.yml"
EVERY_ACTION = (
    ActionLookUpClaim, ActionLookUpAnotherClaim, ActionJudgePurchase, ActionResume, ActionCancel, ActionStartAfresh,
    ActionConfirm, ActionDeny,
)  # fmt: skip
UNAVAILABLE = Reply(
    ReplyKind.NOTICE, WORDING.say("claim_lookup_unavailable"), links=(Link("Contact form", "/contact"),)
)


class Breaking(DeskAction):
    """An action that fails with the customer's own words in its message."""

    def name(self) -> str:
        return "action_breaking"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        raise RuntimeError(f"no row for {PAID.reference} of {PAID.email}")


class Dawdling(DeskAction):
    """An action that takes its time."""

    seconds = 0.3

    def name(self) -> str:
        return "action_dawdling"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        time.sleep(self.seconds)
        return [Reply(ReplyKind.LOOKUP, "Here it is.")], []


def test_the_action_server_finds_exactly_the_actions_of_the_domain() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    named = YAML(typ="safe").load(DOMAIN.read_text(encoding="utf-8"))["actions"]
    # The server takes every subclass it can see, those of the tests too.
    found = {name for name, run_it in executor.actions.items() if not run_it.__self__.__module__.startswith("tests.")}
    assert found == set(named)
    assert len(named) == len(set(named)) == len(EVERY_ACTION)


def test_an_action_that_fails_tells_the_customer_and_raises_nothing() -> None:
    outcome = run(Breaking(Fakes().desk()), tracker(open_task="claim"))
    assert outcome.replies == [UNAVAILABLE]
    assert outcome.slots == {"open_task": None}


def test_an_action_that_takes_too_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "SECONDS", 0.05)
    dawdling = Dawdling(Fakes().desk())
    dawdling.seconds = 1.5
    outcome = run(dawdling, tracker(open_task="purchase"))
    assert outcome.replies == [UNAVAILABLE]
    assert outcome.slots == {"open_task": None}


def test_an_action_that_is_quick_enough_is_waited_for() -> None:
    assert run(Dawdling(Fakes().desk()), tracker()).text == "Here it is."


@pytest.mark.parametrize("action", EVERY_ACTION, ids=lambda action: action.__name__)
@pytest.mark.parametrize("open_task", [None, "claim", "purchase"])
def test_with_every_database_down_there_is_still_one_useful_reply(
    action: type[DeskAction], open_task: str | None
) -> None:
    fakes = Fakes(claims=FakeClaims(is_down=True), lookups=FakeLookups(is_down=True))
    outcome = run(action(fakes.desk()), tracker("claim_status", open_task=open_task))
    assert outcome.replies
    assert all(reply.text for reply in outcome.replies)


@pytest.mark.parametrize("action", [ActionLookUpClaim, ActionLookUpAnotherClaim, ActionCancel, ActionStartAfresh])
def test_an_action_that_needs_the_database_says_that_it_cannot_be_reached(action: type[DeskAction]) -> None:
    outcome = run(action(Fakes(lookups=FakeLookups(is_down=True)).desk()), tracker("claim_status"))
    assert outcome.replies == [UNAVAILABLE]


@pytest.mark.parametrize("action", EVERY_ACTION, ids=lambda action: action.__name__)
def test_slots_that_cannot_be_read_are_a_failure_like_any_other(action: type[DeskAction]) -> None:
    spoilt = tracker(open_task="purchase", purchase={"bought_on": "a Tuesday", "seller": "nobody"})
    assert run(action(Fakes().desk()), spoilt).replies


def test_nothing_personal_reaches_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    fakes = Fakes(claims=FakeClaims([PAID]))
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    run(ActionLookUpClaim(fakes.desk()), tracker("claim_status"))
    run(Breaking(fakes.desk()), tracker())
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "action_breaking failed: RuntimeError" in logged
    for personal in (PAID.reference, PAID.email, PAID.company, CONVERSATION):
        assert personal not in logged


def test_intent_and_entities_are_read_from_the_latest_message() -> None:
    message = tracker("claim_status", entities={"product": "Halden Dock 7"})
    assert intent(message) == "claim_status"
    assert entity(message, "product") == "Halden Dock 7"
    assert entity(message, "date") is None


def test_a_conversation_without_a_message_has_neither() -> None:
    silent = Tracker(CONVERSATION, {}, {}, [], False, None, {}, None)
    assert intent(silent) == ""
    assert entity(silent, "product") is None
