"""Rasa as the bot, over HTTP: one connection pool, one time limit, one error."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import httpx

from bot.adapters.traces import pass_on
from bot.core.asked_questions import ReadMail
from bot.core.gap_groups import GroupedTexts, Reading
from bot.core.keys import RASA_CHANNEL, derive_key
from bot.core.ranking import Band
from bot.core.replies import Reply
from bot.services.ports import Unavailable

ANSWER_SECONDS = 8.0
CONNECT_SECONDS = 1.0
HEALTH_SECONDS = 2.0
SEARCH_SECONDS = 3.0
"""A page waits for it; after that the words alone have to do."""
GROUP_SECONDS = 14.0
"""Two thousand texts that were never seen before have to be read one by one. Rasa gives up after 15 seconds."""
MAIL_SECONDS = 4.0
"""An agent waits for it: ten thousand characters take well under a second."""


class Unreachable(Unavailable):
    """Nothing came back at all, within the time there was."""


class RasaBot:
    """The ``Bot`` port over the desk's own channel in Rasa; ``transport`` stands in for the network in tests."""

    def __init__(
        self,
        url: str,
        secret: str,
        transport: httpx.AsyncBaseTransport | None = None,
        *,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._answer_seconds = answer_seconds
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"X-Desk-Key": derive_key(secret, RASA_CHANNEL)},
            timeout=httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS),
            transport=transport,
            trust_env=False,
            event_hooks={"request": [_name_request]},
        )

    async def reply(
        self, conversation: str, turn: str, *, text: str | None = None, command: str | None = None
    ) -> list[Reply]:
        asked = {"text": text} if command is None else {"command": command}
        body = {"conversation": conversation, "turn": turn, **asked}
        data = await self._call("POST", "/webhooks/desk/turn", self._answer_seconds, body)
        try:
            replies = [Reply.from_dict(reply) for reply in data["replies"]]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Unavailable(
                "Rasa gave replies that cannot be read; gateway and Rasa must run the same version"
            ) from error
        if not replies:
            raise Unavailable("Rasa gave no reply at all; see its log")
        return replies

    async def search(self, text: str) -> list[str]:
        data = await self._call("POST", "/webhooks/desk/search", SEARCH_SECONDS, {"text": text})
        try:
            return [str(entry) for entry in data["entries"]]
        except (KeyError, TypeError) as error:
            raise Unavailable("Rasa found something that cannot be read; both must run the same version") from error

    async def group(self, texts: Sequence[str]) -> GroupedTexts:
        data = await self._call("POST", "/webhooks/desk/group", GROUP_SECONDS, {"texts": list(texts)})
        try:
            grouped = _grouped(data)
        except (KeyError, TypeError, ValueError) as error:
            raise Unavailable(
                "Rasa grouped texts in a way that cannot be read; both must run the same version"
            ) from error
        placed = sorted(number for group in grouped.groups for number in group)
        if placed != list(range(len(texts))) or len(grouped.readings) != len(texts):
            raise Unavailable("Rasa lost texts while it grouped them; both must run the same version")
        return grouped

    async def read_mail(self, text: str, shown: int) -> ReadMail:
        data = await self._call("POST", "/webhooks/desk/understand", MAIL_SECONDS, {"text": text, "shown": shown})
        try:
            return ReadMail.from_dict(data)
        except (KeyError, TypeError, ValueError) as error:
            raise Unavailable(
                "Rasa read a mail in a way that cannot be told; both must run the same version"
            ) from error

    async def check(self) -> None:
        """Raises ``Unavailable`` unless a model is loaded and answers."""
        data = await self._call("GET", "/webhooks/desk/health", HEALTH_SECONDS)
        if not (isinstance(data, dict) and data.get("ready") is True):
            raise Unavailable("Rasa runs, but has no model yet")

    async def close(self) -> None:
        await self._client.aclose()

    async def _call(self, method: str, path: str, seconds: float, body: dict[str, Any] | None = None) -> Any:
        """The answer's JSON. The time limit holds for the whole call: httpx alone would limit each read."""
        try:
            response = await asyncio.wait_for(self._client.request(method, path, json=body), seconds)
            response.raise_for_status()
            return response.json()
        except (httpx.TransportError, asyncio.TimeoutError) as error:
            raise Unreachable(f"Rasa did not answer {path} ({type(error).__name__})") from error
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(f"Rasa did not answer {path} ({type(error).__name__})") from error


async def _name_request(request: httpx.Request) -> None:
    pass_on(request.headers)


def _grouped(data: Any) -> GroupedTexts:
    readings = tuple(
        Reading(
            label=str(one["label"]),
            score=float(one["score"]),
            band=Band(one["band"]),
            matched=str(one["matched"]),
            language=str(one["language"]),
        )
        for one in data["readings"]
    )
    groups = tuple(tuple(int(number) for number in group) for group in data["groups"])
    return GroupedTexts(groups, readings)
