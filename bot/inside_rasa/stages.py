"""What Rasa's process counts: messages by band, and how long the stages of a turn take inside Rasa."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Optional

from prometheus_client import Counter

from bot.adapters.exposition import exposed, new_registry
from bot.adapters.stages import Stages
from bot.core.ranking import Band

UNDERSTANDING, ACTION, TRACKER, DIALOGUE = "understanding", "action_call", "tracker_store", "dialogue"
"""Dialogue is what remains of a turn in Rasa: rules, the words of the reply, and the wait for the conversation's lock."""
BUTTON = "button"

_inner: ContextVar[Optional[list[float]]] = ContextVar("seconds of the inner stages", default=None)


class RasaMetrics:
    """The counters of this process."""

    def __init__(self) -> None:
        self.registry = new_registry()
        self._stages = Stages(self.registry, (UNDERSTANDING, ACTION, TRACKER, DIALOGUE))
        self._messages = Counter(
            "promodesk_messages",
            "Customers' messages by how sure the answer was; a pressed button is sure of itself.",
            ["band"],
            registry=self.registry,
        )
        for band in (*(band.value for band in Band), BUTTON):
            self._messages.labels(band)

    def count_message(self, band: str) -> None:
        self._messages.labels(band).inc()

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Measure one stage inside Rasa."""
        began = time.monotonic()
        try:
            with self._stages.measure(stage):
                yield
        finally:
            inner = _inner.get()
            if inner is not None:
                inner.append(time.monotonic() - began)

    @contextmanager
    def measure_turn(self) -> Iterator[None]:
        """Measure a whole turn: what its inner stages did not take is the dialogue's."""
        inner: list[float] = []
        token, began = _inner.set(inner), time.monotonic()
        try:
            yield
        finally:
            _inner.reset(token)
            self._stages.note(DIALOGUE, max(0.0, time.monotonic() - began - sum(inner)))

    def as_text(self) -> bytes:
        """Everything counted so far."""
        return exposed(self.registry)


@lru_cache(maxsize=1)
def metrics_of_this_process() -> RasaMetrics:
    """Rasa makes channel, components and stores by their dotted paths: here they meet."""
    return RasaMetrics()
