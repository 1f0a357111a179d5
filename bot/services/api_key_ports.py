"""What API keys need of the outside world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.api_keys import ApiKey


class ApiKeys(Protocol):
    """The keys of the API; of the key itself only a keyed hash is kept."""

    def add(self, key: str, known: ApiKey) -> None:
        """Keep a new key. Raises ``Unavailable``."""

    def all(self) -> Sequence[ApiKey]:
        """Every key, the oldest first, revoked ones too. Raises ``Unavailable``."""

    def find(self, key: str) -> ApiKey | None:
        """The key, revoked or not; None for one that was never given. Raises ``Unavailable``."""

    def use(self, id: str, on: date) -> None:
        """Note the day on which a key was used last. Raises ``Unavailable``."""

    def revoke(self, id: str, at: datetime) -> bool:
        """End a key for good; False if there is no such key, or it has ended before. Raises ``Unavailable``."""
