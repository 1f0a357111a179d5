"""The rules say the same as Rasa's own policy finds, wherever a conversation stands."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine import loader
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.inside_rasa.graph_runner import StepByStep
from bot.inside_rasa.rules import last_states, predict

TURNS, MOST_ACTIONS = 6, 5
TASKS = (None, None, "claim", "purchase")


@pytest.fixture(scope="module")
def known(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[RulePolicy, Domain]:
    """The rules and the domain of the trained model."""
    folder = tmp_path_factory.mktemp("model")
    metadata, runner = loader.load_predict_graph_runner(folder, trained_model, LocalModelStorage, StepByStep)
    components = (node._component for node in runner.nodes.values())
    return next(one for one in components if isinstance(one, RulePolicy)), metadata.domain


@pytest.mark.parametrize("seed", range(12))
def test_every_prediction_is_the_one_of_rasas_own_policy(known: tuple[RulePolicy, Domain], seed: int) -> None:
    policy, domain = known
    acted: set[str] = set()
    for tracker in standing(policy, domain, random.Random(seed)):
        own, by_rasa = (
            predict(policy, tracker, domain),
            RulePolicy.predict_action_probabilities(policy, tracker, domain),
        )
        assert own == by_rasa, [str(event) for event in tracker.events][-8:]
        acted.add(domain.action_names_or_texts[own.max_confidence_index])
    assert len(acted) > 2, "nothing was put to the test"


def test_what_no_rule_covers_is_left_to_the_fallback(known: tuple[RulePolicy, Domain]) -> None:
    policy, domain = known
    tracker = DialogueStateTracker.from_events("nobody", [ActionExecuted("action_back")], slots=domain.slots)
    assert predict(policy, tracker, domain) == RulePolicy.predict_action_probabilities(policy, tracker, domain)


def test_the_last_states_are_the_end_of_all_states(known: tuple[RulePolicy, Domain]) -> None:
    policy, domain = known
    for tracker in standing(policy, domain, random.Random(0)):
        every = domain.states_for_tracker_history(tracker)
        assert last_states(tracker, domain, 3) == every[-3:]
        assert last_states(tracker, domain, len(every) + 1) == every


def standing(policy: RulePolicy, domain: Domain, draw: random.Random) -> Iterator[DialogueStateTracker]:
    """A conversation of drawn messages, before each prediction."""
    tracker = DialogueStateTracker("talker", domain.slots)
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    for _ in range(TURNS):
        name = draw.choice(sorted(domain.intents))
        tracker.update(UserUttered("…", {"name": name, "confidence": 1.0}))
        for _ in range(MOST_ACTIONS):
            yield tracker
            action = domain.action_names_or_texts[predict(policy, tracker, domain).max_confidence_index]
            tracker.update(ActionExecuted(action))
            if action == ACTION_LISTEN_NAME:
                break
            tracker.update(SlotSet("open_task", draw.choice(TASKS)))
        else:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
