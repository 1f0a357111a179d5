"""Counts what came of look-ups: who guesses shows here first."""

from __future__ import annotations

import logging
from functools import lru_cache

from prometheus_client import Counter

from bot.adapters.exposition import exposed, new_registry
from bot.adapters.logs import log_event
from bot.services.find_claim import LookupResult

UNAVAILABLE = "unavailable"
logger = logging.getLogger(__name__)


class LookupCounts:
    """The counters of one action server."""

    def __init__(self) -> None:
        self._registry = new_registry()
        self._lookups = Counter(
            "promodesk_lookups", "Look-ups of claims by what came of them.", ["outcome"], registry=self._registry
        )
        for outcome in (*(result.value for result in LookupResult), UNAVAILABLE):
            self._lookups.labels(outcome)

    def count(self, result: LookupResult | None) -> None:
        """Count one look-up; None if the databases could not be reached."""
        outcome = UNAVAILABLE if result is None else result.value
        self._lookups.labels(outcome).inc()
        log_event(logger, "look-up", outcome=outcome)

    def as_text(self) -> bytes:
        """Everything counted so far."""
        return exposed(self._registry)


@lru_cache(maxsize=1)
def lookup_counts() -> LookupCounts:
    """Those of this process: what looks up and what is asked for the counts meet here."""
    return LookupCounts()
