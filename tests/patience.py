"""Waiting for what has to come, on a machine however slow: it is looked for again and again, and missed after half a minute."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Union

PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 0.02


async def comes_true(reached: Callable[[], Union[bool, Awaitable[bool]]], what: str) -> None:
    """Returns as soon as it is so; fails if it never is."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = reached()
        if await found if inspect.isawaitable(found) else found:
            return
        assert time.monotonic() < deadline, f"waited {PATIENCE_SECONDS:.0f} s in vain for {what}"
        await asyncio.sleep(LOOK_SECONDS)
