"""Turns messages away at once while too many others are being answered: a reply that takes too long helps nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.web.errors import Refused

TURNS_AT_ONCE = 100
"""So many messages a gateway answers at once: two cores get through them in about two seconds."""
WAITING_AT_ONCE = 10
"""So many more of one session may wait for their turn. They take no place: nobody can fill all of them alone."""
RETRY_SECONDS = 2


class Admission:
    """Counts the messages that one gateway is answering, and those that wait for the ones before them in their session."""

    def __init__(self, most: int = TURNS_AT_ONCE, most_waiting: int = WAITING_AT_ONCE) -> None:
        self._most = most
        self._most_waiting = most_waiting
        self._waiting: Counter[str] = Counter()
        self.under_way = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Holds a place; raises ``Refused`` as too busy, saying when to come again, if there is none."""
        if self.under_way >= self._most:
            raise Refused("too_busy", retry_after=RETRY_SECONDS)
        self.under_way += 1
        try:
            yield
        finally:
            self.under_way -= 1

    @contextmanager
    def wait(self, session: str) -> Iterator[None]:
        """Counts a message that waits for its turn; raises ``Refused`` as too fast if enough of its session do."""
        if self._waiting[session] >= self._most_waiting:
            raise Refused("too_fast", retry_after=RETRY_SECONDS)
        self._waiting[session] += 1
        try:
            yield
        finally:
            self._waiting -= Counter([session])  # what has come down to nothing is dropped
