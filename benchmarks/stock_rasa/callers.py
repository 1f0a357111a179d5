"""Somebody who talks to a system over HTTP: to the stock bot, to the desk's Rasa, or to the desk's gateway."""

from __future__ import annotations

import random
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from bot.core.keys import RASA_CHANNEL, derive_key

ANSWER_SECONDS = 60.0


class Caller(ABC):
    """One connection; talks in one conversation at a time."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url, headers=headers, timeout=ANSWER_SECONDS, trust_env=False, verify=False
        )
        self._conversation = ""
        self.begin()

    def begin(self) -> None:
        """Begin a new conversation."""
        self._conversation = uuid.uuid4().hex

    async def say(self, text: str) -> bool:
        """Say something; whether the system had an answer to it."""
        try:
            response = await self._send(self._client, text)
            return response.status_code == httpx.codes.OK and self._is_answer(response.json())
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return False

    async def close(self) -> None:
        await self._client.aclose()

    @abstractmethod
    async def _send(self, client: httpx.AsyncClient, text: str) -> httpx.Response: ...

    @abstractmethod
    def _is_answer(self, body: Any) -> bool: ...


Connect = Callable[[], Caller]


class StockCaller(Caller):
    """Over Rasa's REST channel, which answers with an empty list where it has failed."""

    async def _send(self, client: httpx.AsyncClient, text: str) -> httpx.Response:
        body = {"sender": self._conversation, "message": text}
        return await client.post("/webhooks/rest/webhook", json=body)

    def _is_answer(self, body: Any) -> bool:
        return bool(body)


class DeskCaller(Caller):
    """Over the desk's own channel in Rasa; an apology for a failure is no answer."""

    def __init__(self, url: str, secret: str, apologies: frozenset[str]) -> None:
        self._apologies = apologies
        super().__init__(url, {"X-Desk-Key": derive_key(secret, RASA_CHANNEL)})

    async def _send(self, client: httpx.AsyncClient, text: str) -> httpx.Response:
        body = {"conversation": self._conversation, "text": text}
        return await client.post("/webhooks/desk/turn", json=body)

    def _is_answer(self, body: Any) -> bool:
        said = {reply["text"] for reply in body["replies"]}
        return bool(said) and self._apologies.isdisjoint(said)


class GatewayCaller(Caller):
    """As a browser behind a proxy: every conversation has a session and a network address of its own."""

    def __init__(self, url: str, apologies: frozenset[str]) -> None:
        self._apologies = apologies
        self._address = ""
        super().__init__(url)

    def begin(self) -> None:
        self._client.cookies.clear()
        self._address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"

    async def _send(self, client: httpx.AsyncClient, text: str) -> httpx.Response:
        return await client.post("/api/chat", json={"text": text}, headers={"X-Forwarded-For": self._address})

    def _is_answer(self, body: Any) -> bool:
        said = {message["text"] for message in body["messages"]}
        return bool(said) and self._apologies.isdisjoint(said)
