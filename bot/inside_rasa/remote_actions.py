"""Rasa's calls of the action servers: with a time limit that suits a chat, measured, to another one where one is dead or hangs."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import lru_cache
from typing import Any, Dict, Optional, Sequence

import aiohttp
from jsonschema import Draft202012Validator
from rasa.core.actions import action
from rasa.utils.endpoints import EndpointConfig

from bot.adapters.traces import pass_on
from bot.inside_rasa.action_server import LOOK_SECONDS, ActionServer
from bot.inside_rasa.stages import ACTION, metrics_of_this_process

TRIES = 2


class ActionServers(EndpointConfig):  # type: ignore[misc]
    """Several action servers as the one endpoint that Rasa knows. An action that comes twice does no harm: attempts to look
    a claim up are counted once for each message."""

    def __init__(self, urls: Sequence[str], seconds: float) -> None:
        super().__init__(url=urls[0])
        self._seconds = seconds
        self._servers = [ActionServer(url) for url in urls]

    async def request(self, *_: Any, **given: Any) -> Optional[Any]:
        """The first answer; the next server is asked only where one is dead or hangs. Raises what Rasa's own endpoint raises."""
        until = time.monotonic() + self._seconds + 2 * LOOK_SECONDS
        self._servers.append(self._servers.pop(0))
        order = sorted(self._servers, key=lambda server: not server.breaker.lets_through())[:TRIES]
        for server in order[:-1]:
            with suppress(aiohttp.ClientConnectionError):
                return await self._answer_of(server, given, until)
        return await self._answer_of(order[-1], given, until)

    async def _answer_of(self, server: ActionServer, given: Dict[str, Any], until: float) -> Any:
        headers: Dict[str, str] = {}
        pass_on(headers)
        seconds = min(self._seconds, until - time.monotonic())
        answer = asyncio.ensure_future(server.answer(given["json"], headers, seconds))
        try:
            with metrics_of_this_process().measure(ACTION):
                while not (await asyncio.wait({answer}, timeout=LOOK_SECONDS))[0]:
                    await server.make_sure_it_lives()
                result = await answer
        except aiohttp.ClientConnectionError:
            server.breaker.note_failure()
            raise
        finally:
            answer.cancel()
        server.breaker.note_success()
        return result


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
