"""The port to look-ups and their failures, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.services.ports import FailureCounts, LookupDetails, Unavailable


@dataclass(frozen=True)
class FakeAttempt:
    conversation: str
    reference: str
    email: str
    succeeded: bool
    at: datetime
    turn: str | None = None

    def is_of(self, conversation: str, turn: str | None, reference: str, email: str) -> bool:
        of = (self.conversation, self.turn, self.reference, self.email)
        return turn is not None and of == (conversation, turn, reference, email)


class FakeLookups:
    """The ``Lookups`` port in memory; ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self._details: dict[str, LookupDetails] = {}
        self.attempts: list[FakeAttempt] = []
        self.is_down = is_down

    def details(self, conversation: str) -> LookupDetails:
        self._check()
        return self._details.get(conversation, LookupDetails())

    def keep(self, conversation: str, details: LookupDetails) -> None:
        self._check()
        self._details[conversation] = details

    def forget(self, conversation: str) -> None:
        self._check()
        self._details.pop(conversation, None)

    def record_attempt(
        self, conversation: str, *, reference: str, email: str, succeeded: bool, at: datetime, turn: str | None = None
    ) -> None:
        self._check()
        if not any(attempt.is_of(conversation, turn, reference, email) for attempt in self.attempts):
            self.attempts.append(FakeAttempt(conversation, reference, email, succeeded, at, turn))

    def failures_since(
        self, since: datetime, *, conversation: str, reference: str, email: str, turn: str | None = None
    ) -> FailureCounts:
        self._check()
        failed = [
            attempt
            for attempt in self.attempts
            if not attempt.succeeded and attempt.at >= since and not attempt.is_of(conversation, turn, reference, email)
        ]
        return FailureCounts(
            conversation=sum(attempt.conversation == conversation for attempt in failed),
            reference=sum(attempt.reference == reference for attempt in failed),
            email=sum(attempt.email == email for attempt in failed),
        )

    def _check(self) -> None:
        if self.is_down:
            raise Unavailable("the desk database is down")
