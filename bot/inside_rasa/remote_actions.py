"""Rasa's calls of the action server: with a time limit that suits a chat, a reply check that is prepared once, and measured."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict

from jsonschema import Draft202012Validator
from rasa.core.actions import action
from rasa.utils.endpoints import EndpointConfig

from bot.adapters.traces import pass_on
from bot.inside_rasa.stages import ACTION, metrics_of_this_process


def hasten_remote_actions(seconds: float) -> None:
    """Set how long Rasa waits for the action server, and keep it from checking its own schema on every reply.

    Rasa has no setting for the first (it would wait five minutes), and the second took an eighth of its time under load.
    """
    action.DEFAULT_REQUEST_TIMEOUT = seconds
    action.RemoteAction._validate_action_result = _is_action_reply


def measure_remote_actions() -> None:
    """Measure each call, and tell the action server which request it belongs to; Rasa calls nobody else over HTTP."""
    call = EndpointConfig.request

    async def measured(endpoint: EndpointConfig, *given: Any, **named: Any) -> Any:
        headers = dict(named.pop("headers", None) or {})
        with metrics_of_this_process().measure(ACTION):
            pass_on(headers)
            return await call(endpoint, *given, headers=headers, **named)

    EndpointConfig.request = measured


def _is_action_reply(_action: action.RemoteAction, result: Dict[str, Any]) -> bool:
    """Raises ``jsonschema.ValidationError`` for a reply that is none, as Rasa expects of the method this stands for."""
    _reply_validator().validate(result)
    return True


@lru_cache(maxsize=1)
def _reply_validator() -> Draft202012Validator:
    return Draft202012Validator(action.RemoteAction.action_response_format_spec())
