"""Rasa's calls of the action servers: with a time limit that suits a chat, measured, to another one where one is dead or hangs."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Any, Dict, Optional, Sequence

import aiohttp
from jsonschema import Draft202012Validator
from rasa.core.actions import action
from rasa.utils.endpoints import EndpointConfig

from bot.adapters.circuit_breaker import CircuitBreaker
from bot.adapters.traces import pass_on
from bot.inside_rasa.stages import ACTION, metrics_of_this_process

PAUSE_SECONDS = 2.0
"""So often one that failed is tried again."""
TRIES = 2


class ActionServers(EndpointConfig):  # type: ignore[misc]
    """Several action servers as the one endpoint that Rasa knows. An action that comes twice does no harm."""

    def __init__(self, urls: Sequence[str], seconds: float) -> None:
        super().__init__(url=urls[0])
        self._seconds = seconds / min(TRIES, len(urls))
        self._servers = [(EndpointConfig(url=url), CircuitBreaker(PAUSE_SECONDS)) for url in urls]

    async def request(self, *_: Any, **given: Any) -> Optional[Any]:
        """The first answer. Raises what Rasa's own endpoint raises."""
        self._servers.append(self._servers.pop(0))
        order = sorted(self._servers, key=lambda server: not server[1].lets_through())[:TRIES]
        for server in order[:-1]:
            try:
                return await self._answer_of(*server, given)
            except (aiohttp.ClientConnectionError, asyncio.TimeoutError):
                continue
        return await self._answer_of(*order[-1], given)

    async def _answer_of(self, endpoint: EndpointConfig, breaker: CircuitBreaker, given: Dict[str, Any]) -> Any:
        headers: Dict[str, str] = {}
        try:
            with metrics_of_this_process().measure(ACTION):
                pass_on(headers)
                answer = await endpoint.request(**{**given, "timeout": self._seconds, "headers": headers})
        except (aiohttp.ClientConnectionError, asyncio.TimeoutError):
            breaker.note_failure()
            raise
        breaker.note_success()
        return answer


def hasten_remote_actions(urls: Sequence[str], seconds: float) -> None:
    """Set which action servers Rasa calls and how long it waits, and keep it from checking its own schema on every reply.

    Rasa knows one address only, has no setting for the time (it would wait five minutes), and the check took an eighth of
    its time under load.
    """
    servers = ActionServers(urls, seconds)

    def know_all(self: action.RemoteAction, name: str, _: Optional[EndpointConfig]) -> None:
        self._name, self.action_endpoint = name, servers

    action.RemoteAction.__init__ = know_all
    action.DEFAULT_REQUEST_TIMEOUT = seconds
    action.RemoteAction._validate_action_result = _is_action_reply


def _is_action_reply(_action: action.RemoteAction, result: Dict[str, Any]) -> bool:
    """Raises ``jsonschema.ValidationError`` for a reply that is none, as Rasa expects of the method this stands for."""
    _reply_validator().validate(result)
    return True


@lru_cache(maxsize=1)
def _reply_validator() -> Draft202012Validator:
    return Draft202012Validator(action.RemoteAction.action_response_format_spec())
