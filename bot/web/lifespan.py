"""What a gateway does from its start to its end beside answering requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from bot.services.gateway import Gateway
from bot.web.chatwoot import handing_over


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Hand over what was left in another help desk; at the end, let go of all connections."""
    gateway: Gateway = app.state.gateway
    async with AsyncExitStack() as until_the_end:
        for close in gateway.closes:
            until_the_end.push_async_callback(close)
        if gateway.console and gateway.console.help_desk:
            await until_the_end.enter_async_context(handing_over(gateway.console.help_desk))
        yield
