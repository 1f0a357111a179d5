"""A customer who talks to the gateway as a browser does, and notes what became of each message."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

import httpx

ANSWER_SECONDS = 30.0
TURNS_EACH = 5
"""How long a conversation is before the next customer comes."""


class Outcome(str, Enum):
    """What became of a message."""

    ANSWERED = "answered"
    WITHOUT_BRAIN = "answered without the assistant"
    TURNED_AWAY = "turned away with a time to come again"
    FAILED = "failed"


@dataclass(frozen=True)
class Turn:
    """One message, how long the customer waited, and what came of it."""

    seconds: float
    outcome: Outcome


class Customer:
    """One browser after the other, each with a session and, as behind a proxy, a network address of its own."""

    def __init__(self, url: str, apologies: frozenset[str]) -> None:
        self._client = httpx.AsyncClient(base_url=url, timeout=ANSWER_SECONDS, trust_env=False, verify=False)
        self._apologies = apologies
        self._address = ""

    async def talk(self, texts: Iterator[str], until: float) -> list[Turn]:
        """Say the texts one after the other, each when there is a reply to the one before, until that time has come."""
        turns: list[Turn] = []
        for number, text in enumerate(texts):
            if time.monotonic() >= until:
                break
            if number % TURNS_EACH == 0:
                self._begin()
            turns.append(await self._say(text))
        await self._client.aclose()
        return turns

    def _begin(self) -> None:
        self._client.cookies.clear()
        self._address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"

    async def _say(self, text: str) -> Turn:
        began = time.perf_counter()
        try:
            answer = await self._client.post(
                "/api/chat", json={"text": text}, headers={"X-Forwarded-For": self._address}
            )
            outcome = self._outcome(answer)
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return Turn(time.perf_counter() - began, Outcome.FAILED)
        turn = Turn(time.perf_counter() - began, outcome)
        if outcome is Outcome.TURNED_AWAY:
            await asyncio.sleep(int(answer.headers["Retry-After"]))
        return turn

    def _outcome(self, answer: httpx.Response) -> Outcome:
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS and answer.headers["Retry-After"].isdecimal():
            return Outcome.TURNED_AWAY
        if answer.status_code != httpx.codes.OK or not (messages := answer.json()["messages"]):
            return Outcome.FAILED
        said = {message["text"] for message in messages}
        return Outcome.ANSWERED if self._apologies.isdisjoint(said) else Outcome.WITHOUT_BRAIN
