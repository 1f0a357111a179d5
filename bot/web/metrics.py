"""What one gateway counts; no label ever holds a session, an address or a customer's words, and each has few values."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from prometheus_client import Counter, Gauge

from bot.adapters.exposition import exposed, new_registry
from bot.adapters.stages import Stages
from bot.core.replies import Reply, ReplyKind
from bot.web.errors import STATUS

TURN, WAIT, RASA = "turn", "wait", "rasa"
"""The stages that the gateway sees: the whole turn, the wait for the messages before it, and the call of Rasa."""
SIGN_INS = ("signed_in", "password_right", "refused", "too_many")
OTHER = "other"


class Metrics:
    """The counters of one gateway process; whatever can be counted is there from the start, with nothing."""

    def __init__(self, answers: Iterable[str] = ()) -> None:
        self.registry = new_registry()
        self.stages = Stages(self.registry, (TURN, WAIT, RASA))
        self._answers = frozenset(answers)
        self._requests = self._counter("requests", "Requests by route.", "method", "route", "status")
        self._replies = self._counter("replies", "Replies to customers by kind.", "kind")
        self._given = self._counter("answers", "Answers given, by the id of the entry.", "answer")
        self._refusals = self._counter("refusals", "Requests that were not accepted, by the code of the error.", "code")
        self._calls = self._counter("rasa_calls", "Turns that Rasa was asked for, by what came of them.", "outcome")
        self._sign_ins = self._counter("sign_ins", "Agents' tries to sign in, by what came of them.", "outcome")
        self._begin_with_nothing()

    def count_request(self, method: str, route: str, status: int) -> None:
        self._requests.labels(method, route, str(status)).inc()

    def count_replies(self, replies: Iterable[Reply]) -> None:
        for reply in replies:
            self._replies.labels(reply.kind.value).inc()
            if reply.faq_id:
                self._given.labels(reply.faq_id if reply.faq_id in self._answers else OTHER).inc()

    def count_refusal(self, code: str) -> None:
        self._refusals.labels(code if code in STATUS else OTHER).inc()

    def count_call(self, *, answered: bool) -> None:
        """Rasa was asked for a turn."""
        self._calls.labels("answered" if answered else "unavailable").inc()

    def count_sign_in(self, outcome: str) -> None:
        """An agent tried to sign in; the outcome is one of ``SIGN_INS``."""
        self._sign_ins.labels(outcome).inc()

    def tell_under_way(self, turns: Callable[[], float]) -> None:
        """How many turns are being answered is asked of this whenever somebody wants to know."""
        gauge = Gauge("promodesk_turns_under_way", "Messages that are being answered now.", registry=self.registry)
        gauge.set_function(turns)

    def as_text(self) -> bytes:
        """Everything counted so far."""
        return exposed(self.registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"promodesk_{name}", meaning, labels, registry=self.registry)

    def _begin_with_nothing(self) -> None:
        """A rate can be told from the first event on only if the series was there before it."""
        for counter, values in (
            (self._replies, [kind.value for kind in ReplyKind]),
            (self._given, [*self._answers, OTHER]),
            (self._refusals, STATUS),
            (self._calls, ("answered", "unavailable")),
            (self._sign_ins, SIGN_INS),
        ):
            for value in values:
                counter.labels(value)


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start
