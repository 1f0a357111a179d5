"""How the desk stands when Prometheus asks: which of its parts are up, which mails and tickets wait, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone

from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.services.backlog import Backlog
from bot.services.gateway import Check, Gateway
from bot.services.ports import Unavailable

CHECK_SECONDS = 4.0
KEPT_SECONDS = 10.0
"""So long what was read is told again: asking more often must not cost the databases more."""


async def states_of(checks: Mapping[str, Check]) -> dict[str, str]:
    """``ok`` or ``unavailable`` for each, by name."""
    states = await asyncio.gather(*map(_state, checks.values()))
    return dict(zip(checks, states, strict=True))


async def _state(check: Check) -> str:
    try:
        await asyncio.wait_for(check(), CHECK_SECONDS)
    except (Unavailable, asyncio.TimeoutError):
        return "unavailable"
    return "ok"


class Standing(Collector):
    """Gauges by way of the ports. What cannot be read is left out, and ``promodesk_scrape_problem`` says so."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._one_at_a_time = asyncio.Lock()
        self._read_at = float("-inf")
        self._states: Mapping[str, str] = {}
        self._backlog: Backlog | None = None

    async def read(self) -> None:
        """Look again, unless that was done a moment ago."""
        async with self._one_at_a_time:
            if time.monotonic() - self._read_at < KEPT_SECONDS:
                return
            checks = {**self._gateway.checks, **self._gateway.useful_checks}
            self._states, self._backlog = await asyncio.gather(states_of(checks), self._current_backlog())
            self._read_at = time.monotonic()

    def collect(self) -> Iterable[Metric]:
        yield _gauge("part_up", "Whether a part of the desk is there: 1 or 0.", "part", self._parts())
        problem = {"desk_database": int(self._backlog is None)}
        yield _gauge("scrape_problem", "Whether figures are missing here because a source is away.", "source", problem)
        if self._backlog is not None:
            yield from _waiting(self._backlog, self._gateway.clock.now())

    def _parts(self) -> dict[str, int]:
        return {part: int(state == "ok") for part, state in self._states.items()}

    async def _current_backlog(self) -> Backlog | None:
        try:
            return await asyncio.wait_for(asyncio.to_thread(self._gateway.backlogs.read), CHECK_SECONDS)
        except (Unavailable, asyncio.TimeoutError):
            return None


def _waiting(backlog: Backlog, now: datetime) -> Iterator[Metric]:
    """Mails age by the real time, tickets by the day that the desk acts on: as they were kept."""
    yield _gauge("mails", "Mails of the outbox by state.", "state", backlog.mails)
    yield GaugeMetricFamily(
        "promodesk_failing_mails", "Mails that wait and were tried in vain.", value=backlog.failing_mails
    )
    yield GaugeMetricFamily(
        "promodesk_oldest_mail_seconds",
        "Age of the oldest mail that waits.",
        value=_age(backlog.oldest_mail, datetime.now(timezone.utc)),
    )
    yield _gauge("tickets", "The promotion's tickets by state.", "state", backlog.tickets)
    yield GaugeMetricFamily(
        "promodesk_oldest_unanswered_ticket_seconds",
        "How long the customer has waited who has waited longest for customer service.",
        value=_age(backlog.oldest_unanswered, now),
    )


def _gauge(name: str, meaning: str, label: str, values: Mapping[str, int]) -> Metric:
    gauge = GaugeMetricFamily(f"promodesk_{name}", meaning, labels=[label])
    for value, number in values.items():
        gauge.add_metric([value], number)
    return gauge


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
