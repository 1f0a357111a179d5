"""Holds conversations with a system, and times every turn."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice

from benchmarks.stock_rasa.callers import Caller, Connect
from benchmarks.stock_rasa.measured import Measured, Section, Unit, percentile

TURNS_EACH = 5
"""How long a conversation is before a fresh one begins."""
TURNS_PER_CALLER = 20
"""At least so many, so that the callers' first and last turns do not decide the figure."""
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True)
class Turn:
    """One message and its reply."""

    seconds: float
    answered: bool


@dataclass(frozen=True)
class Load:
    """What so many callers at the same time got, each sending its next message when it has its reply."""

    callers: int
    seconds: float
    turns: Sequence[Turn]

    def measured(self) -> list[Measured]:
        """Latency of the answered turns, answers a second, and turns without an answer."""
        who = "1 caller" if self.callers == 1 else f"{self.callers} callers"
        answered = [turn.seconds for turn in self.turns if turn.answered]
        latency = [
            Measured(Section.LOAD, f"{who}: turn, p{percent}", 1000 * percentile(answered, percent), Unit.MILLISECONDS)
            for percent in PERCENTILES
        ]
        errors = len(self.turns) - len(answered)
        return [
            *latency,
            Measured(Section.LOAD, f"{who}: messages", len(answered) / self.seconds, Unit.PER_SECOND),
            Measured(Section.LOAD, f"{who}: errors", errors, Unit.COUNT, f"of {len(self.turns)}"),
        ]


def turns_for(callers: int, least: int) -> int:
    """How many messages make a load."""
    return max(least, TURNS_PER_CALLER * callers)


async def put_under_load(connect: Connect, texts: Sequence[str], callers: int, turns: int) -> Load:
    """So many turns with these texts in turn, shared among the callers."""
    waiting = islice(cycle(texts), turns)
    everybody = [connect() for _ in range(callers)]
    try:
        began = time.perf_counter()
        done = await asyncio.gather(*(talk(caller, waiting) for caller in everybody))
        return Load(callers, time.perf_counter() - began, [turn for turns_of_one in done for turn in turns_of_one])
    finally:
        for caller in everybody:
            await caller.close()


async def talk(caller: Caller, texts: Iterable[str] | Iterator[str], turns_each: int = TURNS_EACH) -> list[Turn]:
    """Say the texts one after the other, beginning a fresh conversation every so many turns."""
    turns: list[Turn] = []
    for number, text in enumerate(texts):
        if number % turns_each == 0:
            caller.begin()
        began = time.perf_counter()
        answered = await caller.say(text)
        turns.append(Turn(time.perf_counter() - began, answered))
    return turns
