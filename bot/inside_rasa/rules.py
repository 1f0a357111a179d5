"""What Rasa's rules say next, read from the last states of a conversation and remembered."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker

_by_rasa = RulePolicy.predict_action_probabilities


def hasten_rules() -> None:
    """Rasa's rule policy predicts by ``predict`` from now on.

    Rasa's own way looks at every state since the conversation began, twice after each message (for rules that are written
    with the customer's text, too, of which the desk has none), and copies them for a log line that nobody sees.
    """
    RulePolicy.predict_action_probabilities = predict


def predict(
    policy: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    rule_only_data: Optional[Dict[str, Any]] = None,
    **kwargs: Any,
) -> PolicyPrediction:
    """What ``RulePolicy`` predicts; it does so itself for loops and for Rasa's own commands, such as ``/restart``."""
    has_own_action, _ = policy._find_action_from_default_actions(tracker)
    if has_own_action or tracker.active_loop_name:
        return _by_rasa(policy, tracker, domain, rule_only_data, **kwargs)
    states = last_states(tracker, domain, _longest_rule(policy))
    policy.featurizer._choose_last_user_input([states], use_text_for_last_user_input=False)
    rule = _rule_for(policy, states)
    if rule is None:
        return policy._rule_prediction(policy._default_predictions(domain), policy._create_feature_key(states))
    return policy._rule_prediction(policy._prediction_result(policy.lookup[RULES][rule], tracker, domain), rule)


def last_states(tracker: DialogueStateTracker, domain: Domain, most: int) -> List[State]:
    """How the conversation stood before each of its last actions, and how it stands; so many states at most."""
    actions = sum(isinstance(event, ActionExecuted) for event in tracker.applied_events())
    before_actions = enumerate(tracker.generate_all_prior_trackers())
    return [domain.get_active_state(earlier) for place, (earlier, _) in before_actions if place > actions - most]


def _longest_rule(policy: RulePolicy) -> int:
    return max((len(policy._rule_key_to_state(rule)) for rule in policy.lookup[RULES]), default=1)


def _rule_for(policy: RulePolicy, states: List[State]) -> Optional[str]:
    """The longest rule that these states fulfil. A domain knows few states: each is looked up once."""
    found: Dict[Optional[str], Optional[str]] = policy.__dict__.setdefault("_found_rules", {})
    key = policy._create_feature_key(states)
    if key not in found:
        found[key] = max(policy._get_possible_keys(policy.lookup[RULES], states), key=len, default=None)
    return found[key]
