"""Whose turn it is within a conversation, for one Rasa process or for several.

Rasa's own store of this kind reads, changes and writes a lock in three steps, so that two processes can hold it at once,
and a message that has to wait looks every second.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Optional

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig

from bot.bootstrap_limits import shared_limits
from bot.config import read_settings
from bot.services.limit_ports import TurnNeverCame

WAIT_SECONDS = 8.0
"""The gateway waits for no longer either."""


class DeskLockStore(LockStore):  # type: ignore[misc]
    """One message at a time in each conversation, in the order they came."""

    def __init__(self, endpoint_config: Optional[EndpointConfig] = None) -> None:
        self._turns = shared_limits(read_settings(), "rasa").turns

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[TicketLock]:
        """Holds the conversation. Rasa calls it; how long a lock lives and how often one looks is not up to Rasa here."""
        try:
            async with self._turns.turn(conversation_id, WAIT_SECONDS):
                yield TicketLock(conversation_id)
        except TurnNeverCame as error:
            raise LockError(f"the messages before took too long: {error}") from error
