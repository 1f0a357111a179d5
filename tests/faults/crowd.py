"""Customers who talk all the while something breaks: each in a conversation of their own, each sending again what got no reply."""

from __future__ import annotations

import asyncio
import secrets
import string
import threading
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

import httpx

from bot.adapters.replies_file import read_wording
from bot.config import ROOT
from tests.timing import slowness

LONGEST_SECONDS = 10.0
"""Nobody is to wait longer for a reply."""
PATIENCE_SECONDS = 60.0
WORDING = read_wording(ROOT / "faq" / "replies")
APOLOGIES = {WORDING.say(key) for key in ("desk_failed", "assistant_unavailable", "assistant_unavailable_with_entries")}
QUESTIONS = (
    "How long does the payment take?",
    "where is the invoice number on the invoice",
    "can i claim for two products at once",
    "Hvornår får jeg mine penge?",
    "Do you have a warranty on the mouse?",
    "until when do I have to send the claim",
)


@dataclass(frozen=True)
class Attempt:
    """One time a message was sent: how long it took, the status (0 for no answer at all), and what came back."""

    seconds: float
    status: int
    replies: tuple[str, ...] = ()
    is_useful: bool = False
    """No apology without a way to the contact form."""


@dataclass
class Talk:
    """One customer's conversation; every message holds ``token``, which nobody else says."""

    token: str
    said: list[str] = field(default_factory=list)
    """What got a reply, in order."""
    attempts: list[Attempt] = field(default_factory=list)
    history: list[dict[str, object]] = field(default_factory=list)
    """As the desk tells it in the end."""


class Crowd:
    """So many customers at once, from ``start`` to ``finish``, in a thread of their own."""

    def __init__(self, url: str, size: int, pause_seconds: float = 0.3) -> None:
        self._url = url
        self._pause = pause_seconds
        self._stop = threading.Event()
        self.talks = [Talk(_token()) for _ in range(size)]
        self._thread = threading.Thread(target=lambda: asyncio.run(self._everybody()))

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> Sequence[Talk]:
        """Let everybody get the reply to the last message, and read each history; fails if somebody never gets one."""
        self._stop.set()
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "a customer never got a reply"
        return self.talks

    async def _everybody(self) -> None:
        await asyncio.gather(*map(self._talk, self.talks))

    async def _talk(self, talk: Talk) -> None:
        # As behind a proxy that tells where each comes from.
        address = {"X-Forwarded-For": f"10.8.0.{self.talks.index(talk) + 1}"}
        async with httpx.AsyncClient(
            base_url=self._url, headers=address, timeout=30, trust_env=False, verify=False
        ) as browser:
            for question in cycle(QUESTIONS):
                if self._stop.is_set():
                    break
                await self._say(browser, talk, f"{question} ({talk.token} {len(talk.said)})")
                await asyncio.sleep(self._pause)
            talk.history = await self._history(browser)

    async def _say(self, browser: httpx.AsyncClient, talk: Talk, text: str) -> None:
        key, deadline = uuid.uuid4().hex, time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            attempt = await self._attempt(browser, {"text": text, "key": key})
            talk.attempts.append(attempt)
            if attempt.status == httpx.codes.OK:
                talk.said.append(text)
                return
            await asyncio.sleep(0.5)

    async def _attempt(self, browser: httpx.AsyncClient, body: dict[str, str]) -> Attempt:
        began = time.monotonic()
        try:
            answer = await browser.post("/api/chat", json=body)
        except httpx.HTTPError:
            return Attempt(time.monotonic() - began, 0)
        seconds = time.monotonic() - began
        messages = answer.json().get("messages", []) if answer.status_code == httpx.codes.OK else []
        return Attempt(
            seconds, answer.status_code, tuple(one["text"] for one in messages), any(map(is_useful, messages))
        )

    async def _history(self, browser: httpx.AsyncClient) -> list[dict[str, object]]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = await browser.get("/api/chat/history")
                if answer.status_code == httpx.codes.OK:
                    return list(answer.json()["messages"])
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.5)
        return []


def _token() -> str:
    """Letters only: digits might be hidden as a claim's number."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(12))


def is_useful(message: dict[str, object]) -> bool:
    """Anything but an apology that leads nowhere."""
    return message["text"] not in APOLOGIES or bool(message["links"])


def assert_nothing_was_lost_or_mixed(talks: Sequence[Talk]) -> None:
    """Each history holds what its customer said, once and in order, each with a reply, and nothing of anybody else."""
    for talk in talks:
        own = [str(one["text"]) for one in talk.history if one["from"] == "customer"]
        assert own == talk.said, f"{talk.token}: {len(own)} kept, {len(talk.said)} answered"
        senders = [one["from"] for one in talk.history]
        assert all(after == "desk" for before, after in zip(senders, senders[1:]) if before == "customer")
        others = {other.token for other in talks} - {talk.token}
        assert not any(token in str(talk.history) for token in others), "a conversation holds what somebody else said"


def assert_everybody_was_answered_soon(talks: Sequence[Talk]) -> None:
    """Whatever became of a message, its customer knew within ten seconds; and there was something to go on with."""
    attempts = [attempt for talk in talks for attempt in talk.attempts]
    longest = LONGEST_SECONDS * slowness()
    slow = [attempt for attempt in attempts if attempt.seconds > longest]
    assert not slow, f"{len(slow)} of {len(attempts)} took up to {max(one.seconds for one in slow):.1f} s"
    useless = [attempt for attempt in attempts if attempt.status == httpx.codes.OK and not attempt.is_useful]
    assert not useless, f"{len(useless)} of {len(attempts)} replies led nowhere: {useless[:3]}"
    unforeseen = {attempt.status for attempt in attempts} - {0, 200, 429, 502, 503}
    assert not unforeseen
