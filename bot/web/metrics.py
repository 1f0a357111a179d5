"""Counts of what the gateway does, in Prometheus' text form; no label ever holds a session or a customer's words."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BUCKETS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
Labels = tuple[tuple[str, str], ...]


class Metrics:
    """The counters of one gateway process."""

    def __init__(self) -> None:
        self._requests: Counter[Labels] = Counter()
        self._replies: Counter[Labels] = Counter()
        self._buckets: Counter[float] = Counter()
        self._seconds = 0.0
        self._measured = 0

    def count_request(self, method: str, route: str, status: int) -> None:
        self._requests[(("method", method), ("route", route), ("status", str(status)))] += 1

    def count_replies(self, kinds: Iterable[str]) -> None:
        self._replies.update((("kind", kind),) for kind in kinds)

    def measure_turn(self, seconds: float) -> None:
        """Note how long a customer waited for a reply."""
        self._measured += 1
        self._seconds += seconds
        self._buckets.update(limit for limit in BUCKETS if seconds <= limit)

    def as_text(self) -> str:
        """Everything counted so far."""
        name = "desk_turn_seconds"
        buckets = [(f'{name}_bucket{{le="{limit}"}}', self._buckets[limit]) for limit in BUCKETS]
        lines = [
            "# TYPE desk_requests_total counter",
            *_samples("desk_requests_total", self._requests),
            "# TYPE desk_replies_total counter",
            *_samples("desk_replies_total", self._replies),
            f"# TYPE {name} histogram",
            *(f"{bucket} {count}" for bucket, count in buckets),
            f'{name}_bucket{{le="+Inf"}} {self._measured}',
            f"{name}_sum {self._seconds:.6f}",
            f"{name}_count {self._measured}",
        ]
        return "\n".join(lines) + "\n"


def mails_as_text(counts: Mapping[str, int]) -> str:
    """How many mails wait, were sent, and were given up: the last ones need somebody to look."""
    samples = [f'desk_mails{{state="{state}"}} {count}' for state, count in sorted(counts.items())]
    return "\n".join(("# TYPE desk_mails gauge", *samples)) + "\n"


class CountRequests:
    """Counts every request by its route: a path that nobody serves is one of the ``other``."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        finally:
            self._metrics.count_request(_method(scope), getattr(scope.get("route"), "path", "other"), status)


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "other"


def _samples(name: str, counts: Counter[Labels]) -> Iterable[str]:
    for labels, count in sorted(counts.items()):
        listed = ",".join(f'{key}="{value}"' for key, value in labels)
        yield f"{name}{{{listed}}} {count}"
