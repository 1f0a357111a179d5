"""Ports for what all gateways have in common: how much somebody has done lately, and whose turn it is."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.services.ports import DeskError


class TurnNeverCame(DeskError):
    """Those before took longer than one was ready to wait."""


class Windows(Protocol):
    """Counts events per key; only those of the last so many seconds matter."""

    async def count(self, key: str, limit: int, seconds: float) -> float:
        """Count one event, unless there were ``limit`` already: then it is not counted, and this says in how many seconds
        there is room again. Nothing (0) if it was counted. Raises ``Unavailable``."""

    async def check(self, key: str, limit: int) -> float:
        """What ``count`` would say; counts nothing. Raises ``Unavailable``."""

    async def note(self, key: str, seconds: float) -> None:
        """Count one event that has happened already, whatever the limit is. Raises ``Unavailable``."""


class Turns(Protocol):
    """Lets those who want the same thing in one after the other, in the order they came."""

    def turn(self, key: str, wait_seconds: float) -> AbstractAsyncContextManager[None]:
        """Holds the turn for as long as it is entered. Raises ``TurnNeverCame`` or ``Unavailable``, and only while entering."""
