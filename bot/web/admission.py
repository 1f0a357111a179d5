"""Turns messages away at once while too many others are being answered: a reply that takes too long helps nobody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.web.errors import Refused

TURNS_AT_ONCE = 100
"""So many messages a gateway answers at once: two cores get through them in about two seconds."""
RETRY_SECONDS = 2


class Admission:
    """Counts the turns under way in one gateway."""

    def __init__(self, most: int = TURNS_AT_ONCE) -> None:
        self._most = most
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
