"""So many customers at once, each sending the next message when there is a reply to the last one."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from benchmarks.load.customers import Customer, Outcome, Turn
from benchmarks.stock_rasa.measured import percentile

LONGEST_SECONDS = 10.0
"""Nobody is to wait longer for a reply."""


@dataclass(frozen=True)
class Load:
    """What so many customers got in so many seconds."""

    customers: int
    seconds: float
    turns: Sequence[Turn]

    @property
    def per_second(self) -> float:
        """Messages answered by the assistant, a second."""
        return self.count(Outcome.ANSWERED) / self.seconds

    def latency(self, percent: float) -> float:
        """Seconds until the answers were there."""
        return percentile([turn.seconds for turn in self.turns if turn.outcome is Outcome.ANSWERED], percent)

    def count(self, outcome: Outcome) -> int:
        return Counter(turn.outcome for turn in self.turns)[outcome]

    @property
    def slowest(self) -> float:
        """Of all messages, whatever became of them; seconds."""
        return max((turn.seconds for turn in self.turns), default=0.0)


def put_under_load(url: str, apologies: frozenset[str], texts: Sequence[str], customers: int, seconds: float) -> Load:
    """Talk for so many seconds; the texts go round among the customers."""
    return asyncio.run(_everybody(url, apologies, texts, customers, seconds))


async def _everybody(url: str, apologies: frozenset[str], texts: Sequence[str], customers: int, seconds: float) -> Load:
    waiting = cycle(texts)
    everybody = [Customer(url, apologies) for _ in range(customers)]
    began = time.monotonic()
    said = await asyncio.gather(*(customer.talk(waiting, began + seconds) for customer in everybody))
    return Load(customers, time.monotonic() - began, [turn for turns in said for turn in turns])
