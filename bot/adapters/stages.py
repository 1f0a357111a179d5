"""How long each stage of a turn takes: a histogram for Prometheus, and a span where traces are wanted."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Histogram

from bot.adapters.traces import span

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""In seconds. An ordinary turn takes some hundredths; the gateway gives up after eight."""


class Stages:
    """The stages of a turn in one process, each known by its name from the start."""

    def __init__(self, registry: CollectorRegistry, names: Sequence[str]) -> None:
        self._seconds = Histogram(
            "promodesk_stage_seconds",
            "How long the stages of a customer's turn take.",
            ["stage"],
            buckets=BUCKETS,
            registry=registry,
        )
        for name in names:
            self._seconds.labels(name)

    @contextmanager
    def measure(self, stage: str) -> Iterator[None]:
        """Measure what happens inside, also if it fails."""
        began = time.monotonic()
        try:
            with span(stage):
                yield
        finally:
            self.note(stage, time.monotonic() - began)

    def note(self, stage: str, seconds: float) -> None:
        """Note what was measured elsewhere."""
        self._seconds.labels(stage).observe(seconds)
